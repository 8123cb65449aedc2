import { createRequire as __createRequire } from 'node:module'; import { fileURLToPath as __toPath } from 'node:url'; import { dirname as __dirnameOf } from 'node:path'; const require = __createRequire(import.meta.url); const __filename = __toPath(import.meta.url); const __dirname = __dirnameOf(__filename);
import{d as w}from"./chunk-YE6RZSO6.js";import{a as g}from"./chunk-NDPZT7V7.js";import{a as b,b as l}from"./chunk-BBGYNY57.js";import"./chunk-3KG4BAFO.js";import"./chunk-BJITIJNF.js";import"./chunk-OXKA7LRT.js";import"./chunk-GDUMZJYE.js";import"./chunk-R2DRENKH.js";import"./chunk-STLMJSDR.js";import"./chunk-5X5TT635.js";import{a}from"./chunk-LS6RVSRU.js";import c from"node:fs";import f from"node:path";var h=300;async function C({repo:n,lessons:r},i,t,o=S()){let m=await w(n??".").then(s=>s.root,()=>{}),p=r??f.join(m??".",b),u=m===void 0?void 0:f.join(m,l);i.say(`
Waiting for changes; interrupt to stop.
`);let d=y(p,u);for(;!o.aborted;){await new Promise(e=>setTimeout(e,h));let s=y(p,u);s===d||o.aborted||(d=s,i.print(`
${"\u2500".repeat(40)}

`),await t().catch(e=>i.say(`${e instanceof Error?e.message:String(e)}
`)))}return g.fine}a(C,"onChange");function S(){let n=new AbortController;return process.once("SIGINT",()=>n.abort()),n.signal}a(S,"interrupted");function y(n,r){return[...c.existsSync(n)?c.readdirSync(n).sort().map(t=>f.join(n,t)):[],...r===void 0?[]:[r]].map(t=>{let o=c.statSync(t,{throwIfNoEntry:!1});return o?`${t} ${o.size} ${o.mtimeMs}`:t}).join(`
`)}a(y,"stateOf");export{C as onChange};
