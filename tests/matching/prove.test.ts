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

/** What the first fault advises: what the author should do, or why. */
async function reasonOf(text: string): Promise<string> {
  const { lesson } = readLesson(text, 'card.yml', { knownWords });
  const [fault] = await prove(lesson!);
  return fault?.hint ?? 'no fault';
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
    ['text that only says it', parseFloatCard, '// parseFloat(price)\nlog("parseFloat(price)")', 'it holds no `parseFloat($X)`'],
    ['no word', 'detect: { is: db-call }', 'store.load(id)', 'it holds no `db-call`\n(once-bitten words tells what `db-call` sees; vocabulary.yml teaches it the functions of your code)'],
    ['another attribute', 'detect: { is: { db-call: { verb: write } } }', 'await prisma.user.findMany()', 'line 1 comes nearest: `prisma.user.findMany()`, but its `verb` is `read-many`, not `write`\n(clause by clause: `db-call` holds at 1 place; verb `write` at none of them)'],
    ['surroundings', 'detect: { code: save($X), inside: { is: iteration } }', 'a();\nif (b) save(one)', 'line 2 comes nearest: `save(one)`, but it does not stand inside `iteration`: around it stands `if (b) save(one)` (line 2)\n(clause by clause: `save($X)` holds at 1 place; inside `iteration` at none of them)'],
    ['surroundings of another kind', 'detect: { code: save($X), inside: { is: { iteration: { over: data } } } }', "save(other);\nfor (const role of ['a', 'b']) save(role)", "line 2 comes nearest: `save(role)`, but it stands in `for (const role of ['a', 'b']) save(role)` (line 2), which is no `iteration` with over `data`: its `over` is `constant`, not `data`\n(clause by clause: `save($X)` holds at 2 places; inside `iteration` at 1 of them; inside `iteration` with over `data` at none of them)"],
    ['the head of what is around it', 'detect: { code: load($$$), inside: { is: iteration } }', 'for (const one of load()) show(one)', 'line 1 comes nearest: `load()`, but it stands in `for (const one of load()) show(one)` (line 1), in a part of it that does not count as inside: its head, or a branch that leaves it\n(clause by clause: `load($$$)` holds at 1 place; inside `iteration` at none of them)'],
    ['surroundings of its function', 'detect: { code: save($X), inside: { is: iteration } }', 'for (const one of all) {\n  function later() { save(one); }\n}', 'line 2 comes nearest: `save(one)`, but it does not stand inside `iteration`: the search ends at its function, `function later()` (line 2), and `for (const one of all)` (line 1) is further out\n(clause by clause: `save($X)` holds at 1 place; inside `iteration` at none of them)'],
    ['a variable', 'detect: { code: parseFloat($X), where: { $X: { text: price } } }', 'parseFloat(width)', 'line 1 comes nearest: `parseFloat(width)`, but `$X` is `width`, and the card wants one that matches `price`\n(clause by clause: `parseFloat($X)` holds at 1 place; where `$X` matches `price` at none of them)'],
    ['not', 'detect: { code: fetch($$$), not: { code: "fetch($URL, { signal: $S })" } }', 'fetch(url, { signal })', 'line 1 comes nearest: `fetch(url, { signal })`, but `not` rules it out: it is `fetch($URL, { signal: $S })`\n(clause by clause: `fetch($$$)` holds at 1 place; not `fetch($URL, { signal: $S })` at none of them)'],
    ['without', 'detect: { code: fetch($$$), without: { code: timeout } }', 'fetch(url, timeout)', 'line 1 comes nearest: `fetch(url, timeout)`, but its arguments hold `timeout`: `timeout` (line 1)\n(clause by clause: `fetch($$$)` holds at 1 place; without `timeout` inside it at none of them)'],
    ['without, of a constant', 'detect: { code: fetch($$$), without: { code: "{ timeout: $_ }" } }', 'const options = { timeout: 3 };\nfetch(url, options)', 'line 2 comes nearest: `fetch(url, options)`, but its arguments hold `{ timeout: $_ }`: `{ timeout: 3 }` (line 1)\n(clause by clause: `fetch($$$)` holds at 1 place; without `{ timeout: $_ }` inside it at none of them)'],
    ['without, of what cannot be seen', 'detect: { code: "fetch($URL, $$$)", without: { code: "{ timeout: $_ }" } }', 'fetch(url, { ...defaults })', 'line 1 comes nearest: `fetch(url, { ...defaults })`, but what `...defaults` holds cannot be seen, so nothing is known to be missing\n(clause by clause: `fetch($URL, $$$)` holds at 1 place; without `{ timeout: $_ }` inside it at none of them)'],
    ['without, of an argument that may be the options', 'detect: { code: fetch($$$), without: { code: "{ timeout: $_ }" } }', 'fetch(url)', 'line 1 comes nearest: `fetch(url)`, but what `url` holds cannot be seen, so nothing is known to be missing; where it is never what is looked for, give it a name of its own in the pattern before `$$$`, such as `f($URL, $$$)`\n(clause by clause: `fetch($$$)` holds at 1 place; without `{ timeout: $_ }` inside it at none of them)'],
    ['contains', 'detect: { code: run($$$), contains: { code: eval($X) } }', 'run(() => 1)', 'line 1 comes nearest: `run(() => 1)`, but nothing inside it is `eval($X)`\n(clause by clause: `run($$$)` holds at 1 place; with `eval($X)` inside it at none of them)'],
    ['after, of other code', 'detect: { code: charge($ORDER), after: { code: sendReceipt($ORDER) } }', 'sendReceipt(other);\ncharge(order)', 'line 2 comes nearest: `charge(order)`, but nothing before it in its function is `sendReceipt($ORDER)`; nearest is `sendReceipt(other)` (line 1), but `$ORDER` would be `other` here, and stands for `order` already\n(clause by clause: `charge($ORDER)` holds at 1 place; after `sendReceipt($ORDER)` at none of them)'],
    ['after, the other way round', 'detect: { code: charge($ORDER), after: { code: sendReceipt($ORDER) } }', 'charge(order);\nsendReceipt(order)', 'line 1 comes nearest: `charge(order)`, but nothing before it in its function is `sendReceipt($ORDER)`; `sendReceipt(order)` (line 2) is, but does not stand there\n(clause by clause: `charge($ORDER)` holds at 1 place; after `sendReceipt($ORDER)` at none of them)'],
    ['a check', 'detect: { code: fetch($URL), guarded-by: { code: isPublic($URL) } }', 'fetch(url)', 'line 1 comes nearest: `fetch(url)`, but nothing among the checks on the way to it is `isPublic($URL)`\n(clause by clause: `fetch($URL)` holds at 1 place; guarded by `isPublic($URL)` at none of them)'],
    ['a flow', 'detect: { code: fetch($URL), reached-by: { is: untrusted-input, into: $URL } }', "app.get('/', (req, res) => {\n  log(req.query.a);\n  fetch('https://a');\n})", "line 3 comes nearest: `fetch('https://a')`, but `req.query.a` (line 2) is `untrusted-input`, and is not seen to flow into `$URL`\n(clause by clause: `fetch($URL)` holds at 1 place; reached by `untrusted-input` in `$URL` at none of them)"],
    ['the nearest of several ways', 'detect: { any: [ { code: alert($X) }, { code: save($X), inside: { is: iteration } } ] }', 'save(one)', 'line 1 comes nearest: `save(one)`, but it does not stand inside `iteration`: nothing stands around it\n(clause by clause: `save($X)` holds at 1 place; inside `iteration` at none of them)'],
    ['all', 'detect: { all: [ { code: save($X) }, { code: save(two) } ] }', 'save(one)', 'line 1 comes nearest: `save(one)`, but it does not match `save(two)`: its first argument is `one`, and not `two`\n(clause by clause: `save($X)` holds at 1 place; `save(two)` at none of them)'],
    ['a file beside code', 'detect: { code: save($X), file: "src/**" }', 'save(one)', 'line 1 comes nearest: `save(one)`, but its file is `example.ts`\n(clause by clause: `save($X)` holds at 1 place; in `src/**` at none of them)'],
    ['code that is none', parseFloatCard, 'parse float(', "it is not TypeScript: Unexpected keyword or identifier (line 1 of the example)"],
  ])('%s', async (_, detect, code, reason) => {
    expect(await reasonOf(card(detect, bad(code)))).toBe(reason);
  });

  test.each([
    ['an import of something else', '{ code: "new Queue($NAME, $$$)", from: bullmq }', "import { Queue } from './queues';\nnew Queue('mail')", "line 2 comes nearest: `new Queue('mail')`, but `Queue` comes from `./queues`, not from `bullmq`"],
    ['a class of its own', '{ code: "new Queue($NAME, $$$)", from: bullmq }', "class Queue {}\nnew Queue('mail')", "line 2 comes nearest: `new Queue('mail')`, but `Queue` is made on line 1, and not seen to come from `bullmq`"],
    ['no new', '{ code: new Queue($NAME) }', "Queue('mail')", "line 1 comes nearest: `Queue('mail')`, but it is called without `new`"],
    ['another object', '{ code: pool.query($SQL) }', "db.query('SELECT 1')", "line 1 comes nearest: `db.query('SELECT 1')`, but the pattern calls `pool.query`, and this is `db.query`"],
    ['more arguments', '{ code: parseFloat($X) }', 'parseFloat(a, 10)', 'line 1 comes nearest: `parseFloat(a, 10)`, but it has 2 arguments, and the pattern 1 (`$$$` stands for any number)'],
    ['fewer arguments', '{ code: "fetch($URL, $OPTIONS, $$$)" }', 'fetch(url)', 'line 1 comes nearest: `fetch(url)`, but it has one argument, and the pattern at least 2'],
    ['another argument', '{ code: "save($X, true)" }', 'save(order, false)', 'line 1 comes nearest: `save(order, false)`, but its second argument is `false`, and not `true`'],
    ['no such property', '{ code: "new Queue($NAME, { connection: $C })" }', "new Queue('mail', { prefix })", "line 1 comes nearest: `new Queue('mail', { prefix })`, but its second argument has no property `connection`"],
    ['another value of a property', '{ code: "new Queue($NAME, { limit: 5 })" }', "new Queue('mail', { limit: 6 })", "line 1 comes nearest: `new Queue('mail', { limit: 6 })`, but the `limit` of its second argument is `6`, and not `5`"],
    ['one name for two things', '{ code: "set($A, $A)" }', 'set(one, two)', 'line 1 comes nearest: `set(one, two)`, but a variable that the pattern names twice is different code there'],
    ['the first of two statements', '{ code: "const $ORDER = load($ID); $$$; charge($ORDER)" }', 'const order = load(id);\ncharge(other)', 'line 1 comes nearest: `const order = load(id);`, but no statement behind it in its block is `charge($ORDER)`'],
  ])('a pattern that nearly matches: %s', async (_, detect, code, reason) => {
    expect((await reasonOf(card(`detect: ${detect}`, bad(code)))).replace(/^it holds no [^;]+(?:; \$\$\$; [^;]+)?; /, '')).toBe(reason);
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
  test('the dots of other tools are told how they are written here', async () => {
    expect(await faultsOf(card('detect: { code: "parseFloat(...)" }', bad('parseFloat(a)')))).toContain('any number of things is written $$$, not ...');
    expect(await faultsOf(card('detect: { code: "parseFloat(" }', bad('parseFloat(a)')))).not.toContain('any number of things is written');
  });

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
