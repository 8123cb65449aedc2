import { createRequire as __createRequire } from 'node:module'; import { fileURLToPath as __toPath } from 'node:url'; import { dirname as __dirnameOf } from 'node:path'; const require = __createRequire(import.meta.url); const __filename = __toPath(import.meta.url); const __dirname = __dirnameOf(__filename);
import{d as g}from"./chunk-TXKMUUMN.js";import{a as d}from"./chunk-BRXN2VAK.js";import{a as w,b}from"./chunk-BVCHMCWV.js";import"./chunk-4VRHSELY.js";import"./chunk-EO6GSTNK.js";import"./chunk-HRMNLQVS.js";import"./chunk-XUGMLMKM.js";import"./chunk-G3MPZBOX.js";import"./chunk-UUZ5UQ32.js";import"./chunk-XCRHQPWO.js";import"./chunk-F5BJHLNW.js";import"./chunk-43P5R6B4.js";import m from"node:fs";import c from"node:path";var y=300;async function A({repo:n,lessons:r},i,t,o=h()){let a=await g(n??".").then(s=>s.root,()=>{}),f=r??c.join(a??".",w),p=a===void 0?void 0:c.join(a,b);i.say(`
Waiting for changes; interrupt to stop.
`);let u=l(f,p);for(;!o.aborted;){await new Promise(e=>setTimeout(e,y));let s=l(f,p);s===u||o.aborted||(u=s,i.print(`
${"\u2500".repeat(40)}

`),await t().catch(e=>i.say(`${e instanceof Error?e.message:String(e)}
`)))}return d.fine}function h(){let n=new AbortController;return process.once("SIGINT",()=>n.abort()),n.signal}function l(n,r){return[...m.existsSync(n)?m.readdirSync(n).sort().map(t=>c.join(n,t)):[],...r===void 0?[]:[r]].map(t=>{let o=m.statSync(t,{throwIfNoEntry:!1});return o?`${t} ${o.size} ${o.mtimeMs}`:t}).join(`
`)}export{A as onChange};
