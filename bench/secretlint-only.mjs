// What secretlint's recommended preset alone takes for the files of a folder, each read and looked at once. Usage: node bench/secretlint-only.mjs FOLDER
import fs from 'node:fs';
import path from 'node:path';
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';

const [folder] = process.argv.slice(2);
const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] };
let messages = 0;
for (const name of fs.readdirSync(folder, { recursive: true })) {
  const file = path.join(folder, name);
  if (!fs.statSync(file).isFile()) continue;
  const source = { filePath: file, content: fs.readFileSync(file, 'utf8'), ext: path.extname(file), contentType: 'text' };
  messages += (await lintSource({ source, options: { config, noPhysicFilePath: true } })).messages.length;
}
console.log(`${messages} messages`);
