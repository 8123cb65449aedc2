// The licences of the packages that a bundle holds. Their authors ask that these go wherever their code goes.
import fs from 'node:fs';
import path from 'node:path';

/** One text: name and version of every bundled package with its licence. `inputs` are the bundled files, relative to the root. */
export function licencesOf(inputs, root) {
  const folders = [...new Set(inputs.flatMap((file) => packageFolder(file) ?? []))].sort();
  const entries = folders.map((folder) => licenceOf(path.join(root, folder)));
  if (folders.includes('node_modules/@ts-morph/common')) entries.push(compilersLicence(root));
  return `${[...new Set(entries)].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** `node_modules/@a/b` of `node_modules/@a/b/lib/c.js`; the innermost one where packages lie within each other. */
function packageFolder(file) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0];
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const texts = fs.readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice|thirdpartynotice)/i.test(file)).sort();
  const body = texts.map((file) => fs.readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim()).join('\n\n');
  return `${name} ${version} (${typeof license === 'string' ? license : 'see below'})${body === '' ? '' : `\n\n${body}`}`;
}

/** The compiler stands inside @ts-morph/common, which brings its code and not its licence; the package `typescript` has it. */
function compilersLicence(root) {
  return `TypeScript, as carried by @ts-morph/common (Apache-2.0)\n\n${fs.readFileSync(path.join(root, 'node_modules/typescript/LICENSE'), 'utf8').replaceAll('\r\n', '\n').trim()}`;
}
