// Reads and proves the built-in cards, and writes them as the checked values that the bundle carries, so that no run parses
// their YAML. Run with Node 24, which reads TypeScript: node_modules/.bin/node scripts/compile-lessons.ts
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatFault } from '../src/fault.ts';
import { compileLessons } from '../src/matching/compile-lessons.ts';

const folder = fileURLToPath(new URL('../lessons/', import.meta.url));
const names = fs.readdirSync(folder).filter((name) => name.endsWith('.yml')).sort();
const cards = names.map((name) => ({ file: `lessons/${name}`, text: fs.readFileSync(`${folder}${name}`, 'utf8') }));
const { lessons, faults } = await compileLessons(cards);
for (const fault of faults) console.error(`${formatFault(fault)}\n`);
if (faults.length > 0) process.exit(1);
fs.writeFileSync(fileURLToPath(new URL('../src/lessons/built-in.json', import.meta.url)), `${JSON.stringify(lessons, null, 1)}\n`);
