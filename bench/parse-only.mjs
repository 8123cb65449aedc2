// What every analyser pays: loads the compiler, parses each file of the folders once, and visits every node. The compiler is the whole one,
// as ts-morph brings it. Usage: node bench/parse-only.mjs FOLDER…
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { wholeCompiler } from '../scripts/compiler.mjs';

const folders = process.argv.slice(2);
const ts = createRequire(import.meta.url)(wholeCompiler);

let nodes = 0;
const visit = (node) => {
  nodes += 1;
  ts.forEachChild(node, visit);
};
for (const folder of folders) {
  for (const name of fs.readdirSync(folder, { recursive: true })) {
    if (!name.endsWith('.ts')) continue;
    visit(ts.createSourceFile(name, fs.readFileSync(path.join(folder, name), 'utf8'), ts.ScriptTarget.Latest));
  }
}
console.log(`${nodes} nodes`);
