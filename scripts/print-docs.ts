// Prints into the documents what the code says: `npm run docs` writes, a test of the house proves that nothing is behind.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { commandNames, exitCodes, helpText } from '../src/arguments.ts';
import { run as demo } from '../src/commands/demo.ts';
import { firstCard, workflow } from '../src/commands/init-files.ts';
import { builtInLessons } from '../src/commands/lessons-in-force.ts';
import { faultCodes } from '../src/fault.ts';
import { jsonSchemas } from '../src/lessons/json-schemas.ts';
import type { Lesson } from '../src/lessons/lesson.ts';
import { lessonPage } from '../src/lessons/page.ts';
import { libraries } from '../src/libraries/index.ts';
import { vocabulary } from '../src/vocabulary/index.ts';
import type { AttributeGuide, Word } from '../src/vocabulary/word.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** What can be printed, by the name between the marks: `<!-- printed: words -->` … `<!-- /printed -->`. */
const sections: Readonly<Record<string, () => string | Promise<string>>> = {
  comment: commentOfTheDemo,
  workflow: () => fenced(workflow, 'yaml'),
  card: () => fenced(bareCard(firstCard), 'yaml'),
  commands: () => fenced(helpText(), 'text'),
  options: () => commandNames.map((name) => `## ${name}\n\n${fenced(helpText(name), 'text')}`).join('\n\n'),
  'exit-codes': () => table(['code', 'means'], Object.entries(exitCodes).map(([code, means]) => [code, means])),
  faults: () => table(['code', 'about'], Object.entries(faultCodes).map(([code, about]) => [`\`${code}\``, about])),
  lessons: () => table(['lesson', 'what we do', 'severity', 'status'], sorted(builtInLessons).map(({ id, title, severity, status }) => [`[\`${id}\`](lessons/README.md#${id})`, title, severity, status])),
  book: () => sorted(builtInLessons).map(chapter).join('\n\n'),
  words: () => [...vocabulary].sort((one, other) => (one.name < other.name ? -1 : 1)).map(wordSection).join('\n\n'),
  libraries: () => `${listed(libraries.map(({ title }) => title).sort((one, other) => one.localeCompare(other, 'en')))}.`,
  settings: settingsTable,
  inputs: () => table(['input', 'means', 'unless said'], Object.entries(action().inputs).map(([name, { description, default: usual }]) => [`\`${name}\``, description, usual ? `\`${usual}\`` : ''])),
  outputs: () => table(['output', 'means'], Object.entries(action().outputs).map(([name, { description }]) => [`\`${name}\``, description])),
};

/** The documents that may hold printed sections. */
function documents(): string[] {
  const inDocs = fs.readdirSync(path.join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`);
  return ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'lessons/README.md', ...inDocs.sort()];
}

const section = /(?<start><!-- printed: (?<name>[\w-]+) -->\n)(?<body>[\s\S]*?)(?<end><!-- \/printed -->)/g;

/** Every document with its sections as the code prints them now: path → text. Throws for a section that nobody prints. */
export async function printedDocuments(): Promise<Map<string, string>> {
  const printed = new Map<string, string>();
  for (const file of documents()) {
    const text = fs.readFileSync(path.join(root, file), 'utf8');
    const bodies = new Map<string, string>();
    for (const { groups } of text.matchAll(section)) {
      const name = groups!['name']!;
      const print = sections[name];
      if (!print) throw new Error(`${file}: nothing prints a section "${name}"; there are ${Object.keys(sections).join(', ')}`);
      bodies.set(name, await print());
    }
    printed.set(file, text.replace(section, (...match) => {
      const { start, name, end } = match.at(-1) as Record<'start' | 'name' | 'end', string>;
      return `${start}\n${bodies.get(name)!.trimEnd()}\n\n${end}`;
    }));
  }
  return printed;
}

/** The comment about a query per row, word for word as the example pull request would get it. */
async function commentOfTheDemo(): Promise<string> {
  let said = '';
  const terminal = { print: (text: string) => void (said += text), say: () => {}, colour: false, width: 100, isWatched: false, program: 'once-bitten' };
  await demo({ command: 'demo', options: {}, paths: [] }, terminal);
  const found = said.split('\n\n---\n\n').find((part) => part.startsWith('## ') && part.includes('lesson-ok n-plus-one'));
  if (!found) throw new Error('the example pull request has no comment about n-plus-one');
  const [place, ...rest] = found.replace(/\n<!--.*?-->\s*$/, '').split('\n\n');
  // A comment on GitHub breaks where its lines do, a document only where two spaces ask for it.
  const paragraphs = [`**${place!.replace('## ', '')}**`, ...rest.map((each) => (each.startsWith('```') ? each : each.replaceAll('\n', '  \n')))];
  return paragraphs.join('\n\n').split('\n').map((line) => (line === '' ? '>' : `> ${line}`)).join('\n');
}

/** The card that `init` writes, without what it explains: the keys speak for themselves. */
function bareCard(text: string): string {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).join('\n');
}

function sorted(lessons: readonly Lesson[]): Lesson[] {
  return [...lessons].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** A card's page under a heading that can be linked by its id, its own headings one step down. */
function chapter(lesson: Lesson): string {
  const page = lessonPage(lesson).trim().split('\n');
  let fence: string | undefined;
  const lines = page.map((line) => {
    const mark = /^(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark !== undefined) fence = fence === undefined ? mark : line.trim() === fence ? undefined : fence;
    return fence === undefined && /^#+ /.test(line) ? `#${line}` : line;
  });
  const [title, ...rest] = lines;
  return [`## ${lesson.id}`, `**${title!.replace(/^#+ /, '')}**`, rest.join('\n').trim()].join('\n\n');
}

function wordSection(word: Word): string {
  const reads = word.reads === 'text' ? ' (in the text of any file)' : '';
  const attributes = Object.entries(word.attributes);
  return [
    `## ${word.name}`,
    withStop(`Recognises ${word.summary}${reads}`),
    withStop(`**Sees:** ${word.sees}`),
    withStop(`**Blind to:** ${word.blindTo}`),
    ...(attributes.length > 0 ? [table(['attribute', 'means', 'values'], attributes.map(([name, guide]) => [`\`${name}\``, guide.means, valuesOf(guide)]))] : []),
  ].join('\n\n');
}

function withStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function valuesOf({ values }: AttributeGuide): string {
  return values?.map((value) => `\`${value}\``).join(', ') ?? 'any text';
}

type Described = { description?: string; properties?: Record<string, Described>; additionalProperties?: unknown };

function settingsTable(): string {
  const { properties = {} } = jsonSchemas()['settings.schema.json'] as Described;
  const rows = Object.entries(properties).flatMap(([key, { description = '', properties: inner }]) => [
    [`\`${key}\``, description],
    ...Object.entries(inner ?? {}).map(([name, each]) => [`\`${key}.${name}\``, each.description ?? '']),
  ]);
  return table(['key', 'means'], rows);
}

type Action = { inputs: Record<string, { description: string; default?: string }>; outputs: Record<string, { description: string }> };

function action(): Action {
  return load(fs.readFileSync(path.join(root, 'action.yml'), 'utf8')) as Action;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(heads), `|${heads.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

function fenced(text: string, language: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, text] of await printedDocuments()) {
    if (fs.readFileSync(path.join(root, file), 'utf8') === text) continue;
    fs.writeFileSync(path.join(root, file), text);
    console.log(`printed ${file}`);
  }
}
