/** Files of the kinds that a repository has beside its code, made up here: settings, manifests, documents, styles, scripts. The same every time. */
import { serviceCode, type Files } from './service-code.ts';

const words = 'account region service order queue worker session policy storage limit window retry schema cluster token secret user password owner label release channel'.split(' ');

/** So many files, half of them code. */
export function mixedFiles(count: number): Files {
  const others = Array.from({ length: Math.floor(count / 2) }, (_, index) => other(index));
  return { ...serviceCode(count - others.length, 'app'), ...Object.fromEntries(others) };
}

function other(index: number): [string, string] {
  const kinds = [manifest, data, document, settings, style, script, page, python, terraform, translations];
  return kinds[index % kinds.length]!(index);
}

const word = (at: number) => words[(at * 7) % words.length]!;
const lines = (count: number, line: (at: number) => string) => Array.from({ length: count }, (_, at) => line(at)).join('\n');
const digest = (at: number) => (BigInt(at + 1) * 0x9e3779b97f4a7c15f39cc0605cedc834n % 2n ** 128n).toString(16).padStart(32, '0');

const manifest = (index: number): [string, string] => [`deploy/part-${index}.yaml`, `services:\n${lines(40, (at) => `  ${word(at)}-${at}:\n    image: acme/${word(at + index)}:${at}\n    environment:\n      ${word(at).toUpperCase()}_PASSWORD: \${${word(at).toUpperCase()}_PASSWORD}\n      REGION: eu-${at}`)}\n`];
const data = (index: number): [string, string] => [`data/part-${index}.json`, `{\n${lines(120, (at) => `  "${word(at)}-${at}": { "id": "${digest(at + index)}", "name": "${word(at + 1)} ${word(at + 2)}", "key": "${word(at)}.${word(at + 3)}" },`)}\n  "end": true\n}\n`];
const document = (index: number): [string, string] => [`docs/part-${index}.md`, `# ${word(index)}\n\n${lines(90, (at) => `The ${word(at)} of a ${word(at + 1)} asks the ${word(at + 2)} for its ${word(at + 3)}; see \`${word(at)}.${word(at + 4)}\` and [the guide](https://docs.acme.test/${word(at)}).`)}\n`];
const settings = (index: number): [string, string] => [`config/part-${index}.properties`, `${lines(60, (at) => `${word(at)}.${word(at + 2)}.${at}=${at % 3 === 0 ? `\${${word(at).toUpperCase()}}` : word(at + 5)}`)}\n`];
const style = (index: number): [string, string] => [`styles/part-${index}.css`, `${lines(150, (at) => `.${word(at)}-${at} { color: #${digest(at).slice(0, 6)}; margin: ${at}px; content: "${word(at)}" }`)}\n`];
const script = (index: number): [string, string] => [`bin/part-${index}.sh`, `#!/bin/sh\n${lines(50, (at) => `export ${word(at).toUpperCase()}="$(read_${word(at)} ${word(at + 1)})" || exit ${at % 2}`)}\n`];
const page = (index: number): [string, string] => [`pages/part-${index}.html`, `<html><body>\n${lines(80, (at) => `  <label for="${word(at)}-${at}">Your ${word(at)}</label> <input type="password" name="${word(at)}" data-id="${digest(at)}">`)}\n</body></html>\n`];
const python = (index: number): [string, string] => [`jobs/part_${index}.py`, `import os\n\n${lines(50, (at) => `def ${word(at)}_${at}(${word(at + 1)}, password=None):\n    return os.environ["${word(at).toUpperCase()}"] + str(${word(at + 1)})\n`)}\n`];
const terraform = (index: number): [string, string] => [`infra/part-${index}.tf`, `${lines(40, (at) => `variable "${word(at)}_${at}" {\n  type = string\n  description = "The ${word(at)} of the ${word(at + 1)}"\n}`)}\n`];
const translations = (index: number): [string, string] => [`app/locales/part-${index}.json`, `{\n${lines(100, (at) => `  "${word(at)}.${at}": "Enter the ${word(at)} of your ${word(at + 1)}",`)}\n  "end": ""\n}\n`];
