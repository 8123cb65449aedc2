import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../src/fault.ts';
import { duplicateIds, readLesson } from '../../src/lessons/read-lesson.ts';
import { knownWith, readVocabulary } from '../../src/lessons/read-vocabulary.ts';
import { prove } from '../../src/matching/prove.ts';
import { vocabulary } from '../../src/vocabulary/index.ts';

// What people get wrong when they write a card. Each is made to every card that we ship, and must be told with file and line.
const builtIn = { words: new Map(vocabulary.map((word) => [word.name, word])) };
const own = readVocabulary(fs.readFileSync('examples/lessons/vocabulary.yml', 'utf8'), 'vocabulary.yml', builtIn).words;
const known = knownWith(builtIn, own);

/** A mistake: the text with it, or undefined where the card has nothing to make it with. */
type Mutation = (text: string) => string | undefined;

const replace = (what: RegExp, by: string): Mutation => (text) => (what.test(text) ? text.replace(what, by) : undefined);
const top = (key: string, value: string): Mutation => (text) => {
  const start = text.search(new RegExp(`^${key}:`, 'm'));
  if (start < 0) return undefined;
  const rest = text.slice(start + 1).search(/^(?=[a-z#])/m);
  return `${text.slice(0, start)}${value}${rest < 0 ? '' : text.slice(start + 1 + rest)}`;
};
const added = (lines: string): Mutation => (text) => `${text.trimEnd()}\n${lines}\n`;

const mutations: Record<string, Mutation> = {
  'a misspelt key at the top': replace(/^lesson:/m, 'lession:'),
  'a misspelt key in the story': replace(/^(\s+)what:/m, '$1wat:'),
  'a misspelt key in detect': replace(/^detect:\n/m, 'detect:\n  insde: { is: iteration }\n'),
  'a misspelt key in examples': replace(/^(\s+)good:/m, '$1god:'),
  'a key of others': replace(/^severity:/m, 'level:'),
  'a key that does not exist': added('colour: red'),
  'a key twice': added('title: Twice'),
  'a missing id': top('id', ''),
  'a missing title': top('title', ''),
  'a missing story': top('story', ''),
  'a missing lesson': top('lesson', ''),
  'a missing message': top('message', ''),
  'missing examples': top('examples', ''),
  'no bad examples': top('examples', 'examples: { good: ["a()"] }\n'),
  'an empty list of bad examples': top('examples', 'examples: { bad: [], good: ["a()"] }\n'),
  'an empty list of good examples': top('examples', 'examples: { bad: ["a()"], good: [] }\n'),
  'an empty example': top('examples', 'examples: { bad: [""], good: ["a()"] }\n'),
  'an example that is a number': top('examples', 'examples: { bad: [1], good: ["a()"] }\n'),
  'a bad example that is good': top('examples', 'examples: { bad: ["somethingElse()"], good: ["a()"] }\n'),
  'examples as a list': top('examples', 'examples: ["a()"]\n'),
  'the severity of others': top('severity', 'severity: critical\n'),
  'a severity that is a list': top('severity', 'severity: [warn]\n'),
  'a status that does not exist': added('status: enabled'),
  'an id with capitals': top('id', 'id: My Lesson\n'),
  'an unquoted sha as the id': top('id', 'id: 1e45678\n'),
  'a title that is a map': top('title', 'title: { a: b }\n'),
  'a story that is a text': top('story', 'story: It happened.\n'),
  'a story without words': top('story', 'story: { what: "" }\n'),
  'a cost that is a text': top('story', 'story: { what: It happened., cost: { minutes: many } }\n'),
  'a link that is a comment': top('links', 'links: { fix: #812 }\n'),
  'whom to ask as a text': top('ask', 'ask: "@acme"\n'),
  'an unknown word': replace(/\bis: \{ ?[a-z-]+:/, 'is: { db-cal:'),
  'an unknown attribute': replace(/\bis: \{ ?([a-z-]+): \{/, 'is: { $1: { colour: red,'),
  'an unbound variable in the message': top('message', 'message: "This is $NOTHING."\n'),
  'a lower-case variable in the message': top('message', 'message: "This is $call."\n'),
  'an empty detect': top('detect', 'detect: {}\n'),
  'a detect that only narrows down': top('detect', 'detect: { inside: { is: iteration } }\nmessage2: a\n'),
  'a detect that is a list': top('detect', 'detect: [ { is: iteration } ]\n'),
  'a detect that is a text': top('detect', 'detect: db-call\n'),
  'a lower-case variable in code': top('detect', 'detect: { code: "f($x)" }\n'),
  'code that is unbalanced': top('detect', 'detect: { code: "f(" }\n'),
  'code that is nothing': top('detect', 'detect: { code: "" }\n'),
  'from without code': top('detect', 'detect: { is: iteration, from: bullmq }\n'),
  'a regular expression that cannot be': top('detect', 'detect: { code: "f($X)", where: { $X: { text: "(?=a)" } } }\n'),
  'a comparison that is none': top('detect', 'detect: { code: "f($X)", where: { $X: { number: about 5 } } }\n'),
  'a word in two': top('detect', 'detect: { is: { iteration: {}, db-call: {} } }\n'),
  'removed inside something': top('detect', 'detect: { code: "f()", inside: { removed: { code: "g()" } } }\n'),
  'a glob that leaves the repository': (text) => (/^scope:/m.test(text) ? top('scope', 'scope: { files: ["../**"] }\n')(text) : added('scope: { files: ["../**"] }')(text)),
  'scope as a list': (text) => (/^scope:/m.test(text) ? top('scope', 'scope: ["**/*.ts"]\n')(text) : added('scope: ["**/*.ts"]')(text)),
  'a tab as indentation': replace(/^story:\n {2}/m, 'story:\n\t'),
  'a line that fits nowhere': replace(/^title: .*$/m, '$&\n   more: a: b'),
  'an open quote': replace(/^title: .*$/m, 'title: "open'),
  'a second document': added('---\nid: second'),
  'no YAML at all': () => '%&$"}{',
  'nothing': () => '',
  'a list': (text) => text.replaceAll(/^(?=\S)/gm, '- '),
  'a date that is none': added('expires: { review: 2027-13-45 }'),
  'expiry as a text': added('expires: soon'),
  'fine-when without a reason': (text) => (/^fine-when:/m.test(text) ? undefined : added('fine-when: [ { code: "a()" } ]')(text)),
  'safe without replace': (text) => (/^fix:/m.test(text) ? undefined : added('fix: { safe: true }')(text)),
};

const cards = ['lessons', 'examples/lessons'].flatMap((folder) => fs.readdirSync(folder).filter((name) => /\.yml$/.test(name) && name !== 'vocabulary.yml').map((name) => `${folder}/${name}`));

async function faultsOf(text: string, file: string): Promise<Fault[]> {
  const { lesson, faults } = readLesson(text, file, { knownWords: known });
  return [...faults, ...(lesson ? await prove(lesson, own) : [])];
}

test('there are at least forty mistakes', () => expect(Object.keys(mutations).length).toBeGreaterThanOrEqual(40));

describe.for(cards)('%s', (file) => {
  const text = fs.readFileSync(file, 'utf8');

  test('tells every mistake with file and line', async () => {
    const silent: string[] = [];
    for (const [name, mutate] of Object.entries(mutations)) {
      const mutated = mutate(text);
      if (mutated === undefined) continue;
      expect(mutated, name).not.toBe(text);
      const faults = await faultsOf(mutated, file);
      if (faults.length === 0) silent.push(name);
      for (const { at, message } of faults) {
        expect(at?.file, name).toBe(file);
        expect(at?.line, name).toBeGreaterThan(0);
        expect(message, name).not.toBe('');
      }
    }
    expect(silent).toEqual([]);
  }, 60_000);

  test('and the id of another card', () => {
    const lesson = readLesson(text, file, { knownWords: known }).lesson!;
    const twin = readLesson(text, 'zz.yml', { knownWords: known }).lesson!;
    expect(duplicateIds([lesson, twin]).map(({ code, at }) => [code, at?.file, typeof at?.line])).toEqual([['lesson/duplicate-id', 'zz.yml', 'number']]);
  });
});
