import { describe, expect, test } from 'vitest';
import { linesOf } from './cards.ts';

describe('after and before', () => {
  const after = '{ code: "charge($X)", after: { code: "log($X)" } }';
  const before = '{ code: "charge($X)", before: { code: "log($X)" } }';

  test('an earlier statement of the enclosing blocks', async () => {
    expect(await linesOf(after, 'function f(a) {\n  log(a);\n  if (b) {\n    for (const c of d) charge(a);\n  }\n}')).toEqual([4]);
    expect(await linesOf(after, 'function f(a) {\n  charge(a);\n  log(a);\n}')).toEqual([]);
    expect(await linesOf(after, 'function f(a) {\n  log(b);\n  charge(a);\n}')).toEqual([]);
    expect(await linesOf(after, 'const f = (a) => {\n  const x = await log(a);\n  items.map((i) => charge(a));\n};')).toEqual([3]);
  });

  test('what a promise waits for before its callback', async () => {
    expect(await linesOf(after, 'log(a).then(() => charge(a));')).toEqual([1]);
    expect(await linesOf(after, 'charge(a).then(() => log(a));')).toEqual([]);
  });

  test('ends at the function, leaves out what runs at another time and branches that leave', async () => {
    expect(await linesOf(after, 'log(a);\nfunction f() { charge(a); }')).toEqual([]);
    expect(await linesOf(after, 'const g = () => log(a);\ncharge(a);')).toEqual([]);
    expect(await linesOf(after, 'function f() {\n  if (bad) { log(a); return; }\n  charge(a);\n}')).toEqual([]);
    expect(await linesOf(after, 'function f() {\n  if (bad) { log(a); }\n  charge(a);\n}')).toEqual([3]);
    expect(await linesOf(after, 'function f() {\n  if (log(a)) return;\n  charge(a);\n}')).toEqual([3]);
  });

  test('a later statement, unless the way leaves', async () => {
    expect(await linesOf(before, 'function f(a) {\n  if (x) { charge(a); }\n  log(a);\n}')).toEqual([2]);
    expect(await linesOf(before, 'function f(a) {\n  if (x) { charge(a); return; }\n  log(a);\n}')).toEqual([]);
    expect(await linesOf(before, 'function f(a) {\n  log(a);\n  charge(a);\n}')).toEqual([]);
    expect(await linesOf(before, 'function f(a) {\n  try { charge(a); } finally { log(a); }\n}')).toEqual([2]);
  });
});

describe('guarded-by', () => {
  const detect = '{ code: "fetch($URL)", not: { guarded-by: { code: "isPublic($URL)" } } }';
  const guarded: Record<string, string> = {
    'an if around it': 'if (await isPublic(url)) fetch(url);',
    'a part of the test': 'if (url && isPublic(url)) { go(() => fetch(url)); }'.replace('go(() => fetch(url));', 'fetch(url);'),
    'a ternary': 'const a = isPublic(url) ? fetch(url) : null;',
    'and': 'isPublic(url) && fetch(url);',
    'an earlier if that leaves': 'function f(url) { if (!isPublic(url)) return; fetch(url); }',
    'one that throws, in an outer block': 'function f(url) { if (!isPublic(url)) { log(url); throw new Error(); } for (const a of b) { fetch(url); } }',
    'a variable in the test': 'function f(url) { const ok = await isPublic(url); if (!ok) return; fetch(url); }',
    'an asserting call': 'function f(url) { assert(isPublic(url)); fetch(url); }',
    'a call alone': 'function f(url) { await isPublic(url); fetch(url); }',
    'a try that leaves': 'function f(url) { try { isPublic(url); } catch { return; } fetch(url); }',
    'a callback that runs where it stands': 'function f(url) { if (!isPublic(url)) return; items.forEach(() => fetch(url)); }',
  };
  for (const [name, code] of Object.entries(guarded)) test(name, async () => expect(await linesOf(detect, code)).toEqual([]));

  const open: Record<string, string> = {
    'another value': 'if (isPublic(other)) fetch(url);',
    'an if that goes on': 'function f(url) { if (!isPublic(url)) log(url); fetch(url); }',
    'a check behind it': 'function f(url) { fetch(url); if (!isPublic(url)) return; }',
    'a check whose answer nobody reads': 'function f(url) { const ok = isPublic(url); fetch(url); }',
    'a check of another function': 'if (!isPublic(url)) throw 1;\nfunction f() { fetch(url); }',
    'a check in a branch': 'function f(url) { if (a) { if (!isPublic(url)) return; } fetch(url); }',
  };
  for (const [name, code] of Object.entries(open)) test(`not by ${name}`, async () => expect(await linesOf(detect, code)).toHaveLength(1));
});

describe('without', () => {
  const detect = '{ code: "new Queue($NAME, $$$)", without: { code: "{ removeOnComplete: $_ }" } }';
  const found: Record<string, string> = {
    'no options': "new Queue('a');",
    'other options': "new Queue('a', { connection });",
    'a name that is a parameter': 'function f(name) { new Queue(name, { connection }); }',
    'a constant': "const options = { connection: 1 };\nnew Queue('a', options);",
    'a spread that can be seen': "const base = { connection: 1 };\nnew Queue('a', { ...base });",
    'a constant that is logged': "const options = { connection: 1 };\nlogger.info(options);\nnew Queue('a', options);",
    'a constant that two calls share': "const options = { connection: 1 };\nconnect(options);\nnew Queue('a', options);",
    'a constant whose namesake is filled': "const options = { connection: 1 };\nfunction f(options) { options.removeOnComplete = 1; }\nnew Queue('a', options);",
    'a computed key further in': "new Queue('a', { headers: { [name]: value } });",
  };
  for (const [name, code] of Object.entries(found)) test(`found with ${name}`, async () => expect(await linesOf(detect, code)).toHaveLength(1));
  const silent: Record<string, string> = {
    'nested': "new Queue('a', { defaultJobOptions: { removeOnComplete: 5 } });",
    'a constant': "const options = { removeOnComplete: 1 };\nnew Queue('a', options);",
    'a nested constant': "const jobs = { removeOnComplete: 1 };\nnew Queue('a', { defaultJobOptions: jobs });",
    'a parameter': "function f(options) { new Queue('a', options); }",
    'a call': "new Queue('a', optionsOf());",
    'a spread': "new Queue('a', { ...base });",
    'a spread argument': "new Queue('a', ...args);",
    'a spread that holds it': "const base = { removeOnComplete: 1 };\nnew Queue('a', { ...base });",
    'an object that is filled': "const options = {};\noptions.removeOnComplete = 1;\nnew Queue('a', options);",
    'an object that is filled further in': "const options = { jobs: {} };\noptions.jobs['removeOnComplete'] = 1;\nnew Queue('a', options);",
    'an object that is assigned to': "const options = {};\nObject.assign(options, defaults);\nnew Queue('a', options);",
    'an object that a function may fill': "const options = { connection: 1 };\nconfigure(options);\nnew Queue('a', options);",
    'a variable with two values': "let options = { connection: 1 };\nif (a) options = { removeOnComplete: 1 };\nnew Queue('a', options);",
    'a computed key': "new Queue('a', { [key]: 1 });",
    'all arguments from elsewhere': 'new Queue(...args);',
    'options from elsewhere': "function f(defaultJobOptions) { new Queue('a', { defaultJobOptions }); }",
  };
  for (const [name, code] of Object.entries(silent)) test(`silent with ${name}`, async () => expect(await linesOf(detect, code)).toEqual([]));
});

describe('hostile code', () => {
  test('a pattern with many gaps does not stall', async () => {
    const list = Array.from({ length: 3_000 }, (_, index) => `a${index}`).join(', ');
    const started = performance.now();
    expect(await linesOf('{ code: "f($$$A, $X, $$$B, $X, $$$C, $Y, $$$D, $Y)" }', `f(${list});`)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
