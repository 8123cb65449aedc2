import { describe, expect, test } from 'vitest';
import { formatFault } from '../../src/fault.ts';
import { readLesson } from '../../src/lessons/read-lesson.ts';
import { prove } from '../../src/matching/prove.ts';
import { knownWords } from '../../src/commands/team-cards.ts';

/** A card around what is to be proven. */
const card = (detect: string, examples: string, more = ''): string => `id: a-card
title: A card
story: { what: Something happened. }
lesson: Something is done now.
message: "This happens again."
${detect}
${more}examples:
${examples}`;

/** The faults of a card's proof, as their author reads them. */
async function faultsOf(text: string): Promise<string> {
  const { lesson, faults } = readLesson(text, 'card.yml', { knownWords });
  if (!lesson) throw new Error(faults.map(formatFault).join('\n'));
  return (await prove(lesson)).map(formatFault).join('\n');
}

/** The last line of the first fault: what the author should do, or why. */
async function reasonOf(text: string): Promise<string> {
  const [first = ''] = (await faultsOf(text)).split(/\n(?=card\.yml)/);
  return first.split('\n').at(-1)!.replace(/^[ |^]+/, '');
}

const bad = (...codes: string[]): string => `  bad:\n${codes.map((code) => `    - ${JSON.stringify(code)}`).join('\n')}\n  good: ["fine()"]\n`;
const good = (...codes: string[]): string => `  bad: ["parseFloat(price)"]\n  good:\n${codes.map((code) => `    - ${JSON.stringify(code)}`).join('\n')}\n`;
const parseFloatCard = 'detect: { code: parseFloat($X) }';

describe('a card that bites', () => {
  test.each([
    ['a pattern', parseFloatCard, bad('parseFloat(price)')],
    ['code at the top level that waits', 'detect: { is: { db-call: { verb: read-many } } }', bad('const all = await prisma.user.findMany();')],
    ['a name that only a dependency makes believable', 'detect: { is: { db-call: { client: Knex } } }', bad("const rows = await knex('users').select();")],
    ['what the example imports', 'detect: { code: $DB.query($$$), where: { $DB: { text: pool } } }', bad("import { pool } from 'some-database';\npool.query('SELECT 1');")],
    ['a function of the same example', 'detect: { is: db-call, inside: { is: iteration } }', bad('async function load(user) { return prisma.post.findMany({ where: { userId: user.id } }); }\nfor (const user of users) await load(user);')],
    ['JSX', 'detect: { code: track($X) }', bad('const Button = () => <button onClick={() => track(event)}>Buy</button>;')],
    ['types and decorators', 'detect: { code: track($X) }', bad('@Injectable() class A { constructor(private readonly a: Map<string, number>) {} run(): void { track(this.a); } }')],
    ['old JavaScript', 'detect: { code: track($X) }', bad('var a = <any>track(b)', 'with (a) { track(b); }')],
    ['an import of a file that is not there', 'detect: { code: track($X) }', bad("import { a } from './a.js';\ntrack(a());")],
  ])('%s', async (_, detect, examples) => {
    expect(await faultsOf(card(detect, examples))).toBe('');
  });

  test('a story alone has nothing to prove', async () => {
    const text = 'id: a\ntitle: A\nstory: { what: b }\nlesson: c\ntouches: { files: ["src/**"] }\n';
    expect(await prove(readLesson(text, 'card.yml', { knownWords }).lesson!)).toEqual([]);
  });

  test('the scope decides about an example that names its file', async () => {
    const scoped = (file: string) => card(parseFloatCard, `  bad: ["parseFloat(a)"]\n  good: [{ file: ${file}, code: "parseFloat(b)" }]\n`, 'scope: { except: ["**/*.test.ts"] }\n');
    expect(await faultsOf(scoped('src/a.test.ts'))).toBe('');
    expect(await faultsOf(scoped('src/a.ts'))).toContain('catches this good example');
    const outside = card(parseFloatCard, '  bad: [{ file: docs/a.ts, code: "parseFloat(a)" }]\n  good: ["b"]\n', 'scope: { files: ["src/**"] }\n');
    expect(await reasonOf(outside)).toBe('the card leaves docs/a.ts alone: see scope');
  });
});

describe('a bad example that is not caught says why', () => {
  test.each([
    ['nothing of the kind', parseFloatCard, 'parseInt(price)', 'it holds no `parseFloat($X)`'],
    ['another attribute', 'detect: { is: { db-call: { verb: write } } }', 'await prisma.user.findMany()', 'line 1 comes nearest: `prisma.user.findMany()`, but its `verb` is `read-many`, not `write`'],
    ['surroundings', 'detect: { code: save($X), inside: { is: iteration } }', 'a();\nsave(one)', 'line 2 comes nearest: `save(one)`, but it does not stand inside `iteration`'],
    ['surroundings of another kind', 'detect: { code: save($X), inside: { is: { iteration: { over: data } } } }', "for (const role of ['a', 'b']) save(role)", "line 1 comes nearest: `save(role)`, but it does not stand inside `iteration` with over `data`"],
    ['a variable', 'detect: { code: parseFloat($X), where: { $X: { text: price } } }', 'parseFloat(width)', 'line 1 comes nearest: `parseFloat(width)`, but `$X` is `width`, and the card wants one that matches `price`'],
    ['not', 'detect: { code: fetch($$$), not: { code: "fetch($URL, { signal: $S })" } }', 'fetch(url, { signal })', 'line 1 comes nearest: `fetch(url, { signal })`, but `not` rules it out: it is `fetch($URL, { signal: $S })`'],
    ['without', 'detect: { code: fetch($$$), without: { code: timeout } }', 'fetch(url, timeout)', 'line 1 comes nearest: `fetch(url, timeout)`, but its arguments hold `timeout`, or cannot be seen'],
    ['contains', 'detect: { code: run($$$), contains: { code: eval($X) } }', 'run(() => 1)', 'line 1 comes nearest: `run(() => 1)`, but there is no `eval($X)` inside it'],
    ['the nearest of several ways', 'detect: { any: [ { code: alert($X) }, { code: save($X), inside: { is: iteration } } ] }', 'save(one)', 'line 1 comes nearest: `save(one)`, but it does not stand inside `iteration`'],
    ['all', 'detect: { all: [ { code: save($X) }, { code: save(two) } ] }', 'save(one)', 'line 1 comes nearest: `save(one)`, but it does not match `save(two)`'],
    ['code that is none', parseFloatCard, 'parse float(', "it is not TypeScript: Unexpected keyword or identifier (line 1 of the example)"],
  ])('%s', async (_, detect, code, reason) => {
    expect(await reasonOf(card(detect, bad(code)))).toBe(reason);
  });

  test('fine-when', async () => {
    const fine = 'fine-when: [ { inside: { code: Math.round($$$) }, because: it is rounded } ]\n';
    expect(await reasonOf(card(parseFloatCard, bad('Math.round(parseFloat(a))'), fine))).toBe('line 1 is found: `parseFloat(a)`, and then let pass by fine-when: it is rounded');
  });

  test('files that are no code, and files that nobody wrote', async () => {
    const named = (file: string) => card(parseFloatCard, `  bad: [{ file: ${file}, code: "parseFloat(a)" }]\n  good: ["b"]\n`);
    expect(await reasonOf(named('a.py'))).toBe('a.py is no JavaScript or TypeScript, and this card looks at code');
    expect(await reasonOf(named('dist/a.js'))).toBe('dist/a.js counts as generated, and generated files are left alone');
  });
});

describe('a good example that is caught', () => {
  test('is shown at the line and column of what is caught, in a block', async () => {
    expect(await faultsOf(card(parseFloatCard, '  bad: ["parseFloat(a)"]\n  good:\n    - |\n      const a = 1;\n      if (a) {\n        show(parseFloat(a));\n      }\n'))).toMatchInlineSnapshot(`
      "card.yml:13:14  the card catches this good example: This happens again.
         12 |       if (a) {
         13 |         show(parseFloat(a));
            |              ^
         narrow \`detect\`, say under fine-when why it is fine, or move the example to bad"
    `);
  });

  test('is shown at its beginning where folding hides the lines', async () => {
    const faults = await faultsOf(card(parseFloatCard, '  bad: ["parseFloat(a)"]\n  good:\n    - >\n      const a = 1;\n\n      show(parseFloat(a));\n    - "b();\\nparseFloat(b);"\n'));
    expect(faults).toContain('card.yml:11:7  the card catches this good example');
    expect(faults).toContain('card.yml:14:8  the card catches this good example');
  });

  test('and one that is no code proves nothing', async () => {
    expect(await faultsOf(card(parseFloatCard, good('parse float')))).toContain('this good example proves nothing');
  });
});

describe('a card that cannot find anything', () => {
  test('every broken pattern is told, also in conditions, grades and fine-when', async () => {
    const more = 'grades: [ { when: { code: "if (" }, severity: note } ]\nfine-when: [ { inside: { code: "a b" }, because: it is fine } ]\n';
    const faults = await faultsOf(card('detect: { any: [ { code: "one(" }, { code: two($X), contains: { code: "const = 3" } } ] }', bad('two(x)'), more));
    expect(faults.match(/the pattern `[^`]+` is not TypeScript/g)).toEqual(['one(', 'const = 3', 'if (', 'a b'].map((text) => `the pattern \`${text}\` is not TypeScript`));
    expect(faults).not.toContain('example');
  });
});

test('hostile examples do not stall the proof', async () => {
  const examples = ['['.repeat(3_000), '('.repeat(3_000), 'a'.repeat(7_000), 'a?.'.repeat(2_000), '`${'.repeat(2_000), 'for(;;)'.repeat(1_000), '/*'.repeat(3_000), '<a>'.repeat(2_000)];
  const started = performance.now();
  await faultsOf(card('detect: { is: db-call, inside: { is: iteration } }', bad(...examples)));
  expect(performance.now() - started).toBeLessThan(20_000);
});

test('hostile conditions do not stall it either', async () => {
  const nested = (depth: number): string => (depth === 0 ? '{ code: zz }' : `{ contains: ${nested(depth - 1)} }`);
  const code = `f(${'[a, b, c, '.repeat(60)}1${']'.repeat(60)})`;
  const started = performance.now();
  const faults = await faultsOf(card(`detect: { code: f($$$), contains: ${nested(8)} }`, bad(code)));
  expect(faults).toContain('this example takes too long to look at');
  const gaps = await faultsOf(card('detect: { code: "f($$$A, $$$B, $$$C, $$$D, $$$E, zz, $$$F)" }', bad(`f(${'a, '.repeat(300)}1)`)));
  expect(gaps).toContain('it holds no');
  expect(performance.now() - started).toBeLessThan(15_000);
});
