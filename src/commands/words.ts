import type { OwnWord } from '../lessons/read-vocabulary.ts';
import { sayMatcher } from '../lessons/say-matcher.ts';
import { proseLines } from '../reports/prose.ts';
import { columnsOf } from '../reports/columns.ts';
import { vocabulary } from '../vocabulary/index.ts';
import type { AttributeGuide, Word } from '../vocabulary/word.ts';
import type { Command } from './command.ts';
import { exitCode } from './exit-code.ts';
import { wordsOf } from './find-lesson.ts';
import type { Terminal } from './terminal.ts';

/** `words`: the vocabulary that cards may use here. */
export const run: Command = async ({ options }, terminal) => {
  if (options.suggest) {
    const { suggestWords } = await import('./suggest-words.ts');
    terminal.print(await suggestWords(options.repo));
    return exitCode.fine;
  }
  const words = [...vocabulary].sort((one, other) => (one.name < other.name ? -1 : 1));
  const own = await wordsOf(options);
  const isBuiltIn = ({ name }: OwnWord): boolean => words.some((word) => word.name === name);
  const example = 'A card asks for a word with `is: word`, or `is: { word: { attribute: value, as: $X } }`. What cannot be known of a place satisfies no test.';
  terminal.print(`${[...wrapped(example, '', terminal), ...words.flatMap((word) => ['', ...wordLines(word, terminal), ...ownLines('here also', own.filter(({ name }) => name === word.name), terminal)]),
    ...own.filter((word) => !isBuiltIn(word)).flatMap((word) => ['', ...nameLines(word.name, word.means ?? '', terminal), ...ownLines('matches', [word], terminal)]),
  ].join('\n')}\n`);
  return exitCode.fine;
};

const labelWidth = 12;
/** Longer lines are hard to follow. In columns. */
const longestLine = 110;

function wordLines(word: Word, terminal: Terminal): string[] {
  const reads = word.reads === 'text' ? ' (in the text of any file)' : '';
  const attributes = Object.entries(word.attributes);
  const widest = Math.max(0, ...attributes.map(([name]) => name.length));
  return [
    ...nameLines(word.name, `${word.summary}${reads}`, terminal),
    ...labelled('sees', word.sees, terminal),
    ...labelled('blind to', word.blindTo, terminal),
    ...attributes.flatMap(([name, guide], index) => hanging(`  ${(index === 0 ? 'attributes' : '').padEnd(labelWidth)}${name.padEnd(widest)}  `, sayAttribute(guide), terminal)),
  ];
}

function nameLines(name: string, text: string, terminal: Terminal): string[] {
  return hanging(`${name}  `, text, terminal).map((line, index) => (index === 0 ? strong(name, terminal) + line.slice(name.length) : line));
}

/** The code that a team has added to a word, or that its own word stands for, with what is known of it. */
function ownLines(label: string, words: readonly OwnWord[], terminal: Terminal): string[] {
  return words.flatMap(({ entries }) => entries).flatMap(({ matcher, attributes }, index) => {
    const known = Object.entries(attributes).map(([name, value]) => `${name} \`${value}\``);
    return labelled(index === 0 ? label : '', `${sayMatcher(matcher)}${known.length > 0 ? `, with ${known.join(', ')}` : ''}`, terminal);
  });
}

function sayAttribute({ means, values }: AttributeGuide): string {
  return values === undefined ? means : `${means}: ${values.map((value) => `\`${value}\``).join(', ')}`;
}

function labelled(label: string, text: string, terminal: Terminal): string[] {
  return hanging(`  ${label.padEnd(labelWidth)}`, text, terminal);
}

/** Text behind a margin; its further lines are indented as far. */
function hanging(margin: string, text: string, terminal: Terminal): string[] {
  return wrapped(text, ' '.repeat(columnsOf(margin)), terminal).map((line, index) => (index === 0 ? margin + line.slice(margin.length) : line));
}

function wrapped(text: string, indent: string, terminal: Terminal): string[] {
  const width = Math.max(40, Math.min(terminal.width, longestLine)) - indent.length;
  return proseLines(text, width, terminal.colour ? (code) => `\u001b[36m${code}\u001b[39m` : undefined).map((line) => indent + line);
}

function strong(text: string, { colour }: Terminal): string {
  return colour ? `\u001b[1m${text}\u001b[22m` : text;
}
