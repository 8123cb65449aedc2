import { describe, expect, test } from 'vitest';
import { patternOf } from '../../src/matching/pattern.ts';
import { linesOf, messagesOf } from './cards.ts';

describe('a pattern is found in all its spellings', () => {
  const spellings: Record<string, string> = {
    'as it is written': "store.load(id, { deep: true });",
    'optional chaining': "store?.load?.(id, { deep: true });",
    parentheses: "(store).load((id), ({ deep: (true) }));",
    await: "async () => { await store.load(await id, { deep: true }); }",
    'as, satisfies and !': "store!.load(id as string, { deep: true } satisfies Options);",
    'quotes and brackets': "store['load'](id, { 'deep': true });",
    'a trailing comma': "store.load(\n  id,\n  { deep: true, },\n);".replace('store.load(\n', 'store.load(\n'),
    'comments inside': "store /* a */ . /* b */ load(id /* c */, { deep: /* d */ true });",
    'type arguments': "store.load<Row>(id, { deep: true });",
    'more properties': "store.load(id, { wide: 1, deep: true });",
  };
  for (const [name, code] of Object.entries(spellings)) {
    test(name, async () => expect(await linesOf('{ code: "store.load($ID, { deep: true })" }', code)).toEqual([1]));
  }

  const innocents: Record<string, string> = {
    'a string': "log('store.load(id, { deep: true })');",
    'a comment': '// store.load(id, { deep: true })\n/* store.load(id, { deep: true }) */',
    'another value': 'store.load(id, { deep: false });',
    'fewer arguments': 'store.load({ deep: true });',
    'another method': 'store.loadAll(id, { deep: true });',
    'another receiver': 'this.store.load(id, { deep: true });',
  };
  for (const [name, code] of Object.entries(innocents)) {
    test(`not in ${name}`, async () => expect(await linesOf('{ code: "store.load($ID, { deep: true })" }', code)).toEqual([]));
  }
});

describe('imports', () => {
  const detect = '{ code: "new Queue($NAME, $$$)", from: bullmq }';
  const found: Record<string, string> = {
    named: "import { Queue } from 'bullmq';\nnew Queue('a');",
    alias: "import { Queue as Q } from 'bullmq';\nnew Q('a');",
    namespace: "import * as bull from 'bullmq';\nnew bull.Queue('a');",
    'destructured require': "const { Queue } = require('bullmq');\nnew Queue('a', {});",
    'renamed in require': "const { Queue: Q } = require('bullmq');\nnew Q('a', {});",
    'a member of require': "const Q = require('bullmq').Queue;\nnew Q('a', {});",
    'the whole of require': "const bull = require('bullmq');\nnew bull.Queue('a', {});",
    'a part of the package': "import { Queue } from 'bullmq/pro';\nnew Queue('a');",
    'the default export by its name': "import { default as bull } from 'bullmq';\nnew bull.Queue('a');",
    'another name for it': "import { Queue } from 'bullmq'; const Q = Queue;\nnew Q('a');",
    'a required part of the package': "const { Queue: Q } = await import('bullmq');\nnew Q('a');",
    'no name at all': "\nnew (require('bullmq').Queue)('a');",
  };
  for (const [name, code] of Object.entries(found)) test(name, async () => expect(await linesOf(detect, code)).toEqual([2]));

  test('not from another package, a type or a class of ours', async () => {
    expect(await linesOf(detect, "import { Queue } from 'bull';\nnew Queue('a');")).toEqual([]);
    expect(await linesOf(detect, "class Queue {}\nnew Queue('a');")).toEqual([]);
    expect(await linesOf('{ code: "Queue", from: bullmq }', "import { Queue } from 'bullmq';\nlet queue: Queue;\ntype T = typeof Queue;\nexport { Queue };")).toEqual([]);
    expect(await linesOf('{ code: "Queue", from: bullmq }', "import { Queue } from 'bullmq';\nmake(Queue);\nconst a = { Queue };")).toEqual([2, 3]);
  });

  test('the default export under any name, where the package is named so', async () => {
    expect(await linesOf('{ code: "new Stripe($$$)", from: stripe }', "import S from 'stripe';\nnew S(key);")).toEqual([2]);
    expect(await linesOf('{ code: "fs.readFileSync($PATH)", from: fs }', "import { readFileSync } from 'node:fs';\nreadFileSync(p);")).toEqual([2]);
  });

  test.each([
    ['required', "const http = require('axios');\nhttp.get(u);"],
    ['required by its name', "const http = require('axios').default;\nhttp.get(u);"],
    ['imported by its name', "import { default as http } from 'axios';\nhttp.get(u);"],
    ['one function of it', "import { get } from 'axios';\nget(u);"],
  ])('the default export under any name: %s', async (_, code) => {
    expect(await linesOf('{ code: "axios.get($U)", from: axios }', code)).toEqual([2]);
  });

  test('a package is no file of its name', async () => {
    expect(await linesOf('{ code: "axios.get($U)", from: axios }', { 'a.ts': "import axios from './axios';\naxios.get(u);", 'axios.ts': 'export default { get(u: string) { return u; } };' })).toEqual([]);
    expect(await linesOf('{ code: "readFile($P)", from: fs }', "import { readFile } from './fs';\nreadFile(a);")).toEqual([]);
  });

  test.each([
    ['the whole under its name', "import * as billing from '../billing';\nbilling.charge(a);"],
    ['the whole under another name', "import * as pay from '../billing';\npay.charge(a);"],
    ['the default under another name', "import pay from '../billing.js';\npay.charge(a);"],
    ['an object', "import { billing } from '../billing';\nbilling.charge(a);"],
    ['an object under another name', "import { billing as b } from '../billing';\nb.charge(a);"],
    ['one function', "import { charge } from '../billing';\ncharge(a);"],
    ['required', "const billing = require('../billing');\nbilling.charge(a);"],
    ['required under another name', "const pay = require('../billing');\npay.charge(a);"],
  ])('a file of the repository, whether it can be read or not: %s', async (_, code) => {
    const detect = '{ code: "billing.charge($X)", from: src/billing.ts }';
    expect(await linesOf(detect, { 'src/web/a.ts': code })).toEqual(['src/web/a.ts:2']);
    expect(await linesOf(detect, { 'src/web/a.ts': code.replace('billing', 'billing2').replace("'../billing'", "'../billing2'").replace('../billing.js', '../billing2.js') })).toEqual([]);
  });

  test('from names a file of the repository, or a package of the workspace', async () => {
    const repo = 'export const ordersRepo = { load(id: string) { return id; } };';
    const use = (from: string) => `import { ordersRepo } from '${from}';\nordersRepo.load('1');`;
    expect(await linesOf('{ code: "ordersRepo.load($$$)", from: src/orders/repo.ts }', { 'src/orders/repo.ts': repo, 'src/web/a.ts': use('../orders/repo'), 'src/web/b.ts': use('../other/repo') })).toEqual(['src/web/a.ts:2']);
    expect(await linesOf('{ code: "ordersRepo.load($$$)", from: "@acme/orders" }', { 'src/a.ts': use('@acme/orders'), 'src/b.ts': use('@acme/other') })).toEqual(['src/a.ts:2']);
  });
});

describe('variables', () => {
  test('the same name is the same code', async () => {
    expect(await linesOf('{ code: "copy($A, $A)" }', 'copy(x.y, x . y);\ncopy(x, y);')).toEqual([1]);
  });

  test('bind by search: every element of a gap, every key, every order', async () => {
    expect(await linesOf('{ code: "f($$$, $X, $$$)", where: { $X: { literal: true } } }', 'f(a, 1, b);\nf(a, b);')).toEqual([1]);
    expect(await linesOf('{ code: "f($$$A, $X, $$$B, $X)" }', 'f(a, b, c, b);\nf(a, b, c);')).toEqual([1]);
    expect(await linesOf('{ code: "f({ $KEY: $V })", where: { $V: { number: "> 10" } } }', 'f({ a: 1, b: 20 });\nf({ a: 1 });')).toEqual([1]);
    expect(await linesOf('{ all: [ { not: { contains: { code: "g($X)" } } }, { code: "f($X, $_)" } ] }', 'f(a, g(b));\nf(a, g(a));')).toEqual([1]);
    expect(await linesOf('{ where: { $X: { text: "^a" } }, code: "f($X)" }', 'f(abc);\nf(b);')).toEqual([1]);
    expect(await linesOf('{ code: "use($I)", inside: { code: "for (const $I of $L) $BODY" } }', 'for (const a of as) { for (const b of bs) { use(a);\nuse(c); } }')).toEqual([1]);
  });

  test('are filled into the message, gaps as well', async () => {
    expect(await messagesOf('{ code: "f($X, $$$REST)" }', '`f($X)` with `$$$REST` of $$$REST', 'f(a, b, c.d);')).toEqual(['`f(a)` with `b, c.d` of b, c.d']);
  });

  test('where text: what a string, a template or a sum says, and what a constant stands for', async () => {
    const detect = '{ code: "q($SQL)", where: { $SQL: { text: "^select .*from a" } } }';
    expect(await linesOf(detect, 'q("select 1 from a");\nq(`select ${x} from a`);\nq("select " + x + " from a");\nconst S = "select 1 from a"; q(S);\nq(x + "select 1 from a");\nlet t = "select 1 from a"; t = y; q(t);\nq(select);\nq(("select 1 from a" as string));')).toEqual([1, 2, 3, 4, 8]);
  });

  test('where literal: what is written out, also in pieces', async () => {
    const written = 'q("a");\nq(1);\nq(-1);\nq(true);\nq(null);\nq("a" + "b");\nq(`a`);\nq(`a${1}`);\nconst A = "a"; q(A);\nconst B = { c: 1 }; q(B.c);';
    const open = 'q(a);\nq(`a${b}`);\nq("a" + b);\nlet c = "a"; c = d; q(c);\nq(f());\nq(e.f);';
    expect(await linesOf('{ code: "q($X)", where: { $X: { literal: true } } }', written)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await linesOf('{ code: "q($X)", where: { $X: { literal: false } } }', written)).toEqual([]);
    expect(await linesOf('{ code: "q($X)", where: { $X: { literal: false } } }', open)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('where number: constants and their members, unless they change', async () => {
    const detect = '{ code: "wait($MS)", where: { $MS: { number: ">= 5000" } } }';
    expect(await linesOf(detect, 'const C = { T: 6000 }; wait(C.T);\nconst T = 1000 * 60; wait(T);\nwait(5000 as number);\nlet t = 6000; t = 1; wait(t);\nwait("5000");\nwait(-5000);')).toEqual([1, 2, 3]);
  });

  test('where one-of', async () => {
    const detect = '{ code: "router.$VERB($$$)", where: { $VERB: { one-of: [get, post] } } }';
    expect(await linesOf(detect, "router.get('/');\nrouter.use(x);\nrouter.post('/');")).toEqual([1, 3]);
    expect(await linesOf('{ code: "wait($MS)", where: { $MS: { one-of: [0, 1000, never] } } }', 'wait(1_000);\nwait(2);\nwait(60 * 0);\nwait("never");\nconst n = 1000;\nwait(n);')).toEqual([1, 3, 4, 6]);
  });
});

describe('statements', () => {
  test('several in a row, with others between where the pattern says so', async () => {
    const detect = '{ code: "const $U = await load($ID); $$$; charge($U)" }';
    expect(await linesOf(detect, 'const u = await load(1);\nlog(u);\ncharge(u);')).toEqual([1]);
    expect(await linesOf(detect, 'const u = await load(1);\ncharge(v);')).toEqual([]);
    expect(await linesOf('{ code: "a(); b();" }', 'a();\nb();\nc();')).toEqual([1]);
    expect(await linesOf('{ code: "a(); b();" }', 'a();\nc();\nb();')).toEqual([]);
  });

  test('blocks of one statement, exports, catches without a name', async () => {
    expect(await linesOf('{ code: "if ($C) return;" }', 'function f() {\nif (a) { return; }\nif (b) return;\nif (c) { d(); return; }\n}')).toEqual([2, 3]);
    expect(await linesOf('{ code: "const $X = secret()" }', 'export const a = secret();\nlet b = secret();\nf(secret());')).toEqual([1, 2]);
    expect(await linesOf('{ code: "try { $$$ } catch {}" }', 'try { a(); } catch (error) {}\ntry { a(); } catch (error) { log(error); }')).toEqual([1]);
  });

  test('a switch, whatever its cases are, or with some of them', async () => {
    const switches = 'switch (a.kind) {\ncase 1: f(); break;\ndefault: g();\n}\nswitch (b) {}\nif (c) {}\nswitch (d) { default: g(); case 2: }';
    const all = [1, 5, 7];
    expect(await linesOf('{ code: "switch ($X) { $$$ }" }', switches)).toEqual(all);
    expect(await linesOf('{ code: "switch ($X) { $$$CASES; }" }', switches)).toEqual(all);
    expect(await linesOf('{ code: "switch ($X.kind) { $$$ }" }', switches)).toEqual([1]);
    expect(await linesOf('{ code: "switch ($X) {}" }', switches)).toEqual([5]);
    expect(await linesOf('{ code: "switch ($X) { $$$ default: g() }" }', switches)).toEqual([1]);
    expect(await linesOf('{ code: "switch ($X) { $$$ default: g(); case $$$: }" }', switches)).toEqual([1, 7]);
    expect(await linesOf('{ code: "switch ($X) { case 1: $$$; case $$$: }" }', switches)).toEqual([1]);
    expect(await linesOf('{ code: "if ($C) { switch ($X) { $$$ } }" }', 'if (a) { switch (b) { case 1: f(); } }\nif (a) switch (b) {}\nif (a) { f(); }')).toEqual([1, 2]);
    const code = (text: string) => ({ text, at: { file: 'a.yml', line: 1, column: 1 } });
    expect(() => patternOf(code('switch ($X) { $$$ }; f(('))).toThrow(expect.objectContaining({ at: { file: 'a.yml', line: 1, column: 25 } }));
    expect(() => patternOf(code('switch ($X) { f() }'))).toThrow("'case' or 'default' expected");
  });

  test('functions and classes, declared or not, whatever modifiers and types they have', async () => {
    const functions = 'function a() {}\nexport async function b(x: string, y = 2): Promise<void> { z(); }\nconst c = function d() {};\nconst e = () => {};\nfunction* f() {}\ng(function (h) {});';
    expect(await linesOf('{ code: "function $F($$$) { $$$ }" }', functions)).toEqual([1, 2, 3]);
    const classes = 'class A extends Base {}\nexport class B extends Base<C> implements D { x = 1; y() {} }\nclass E extends Other {}\nclass F {}\nconst G = class H extends Base {};\n@Entity() abstract class I extends Base {}\nf(class extends Base { j; });';
    expect(await linesOf('{ code: "class $C extends Base { $$$ }" }', classes)).toEqual([1, 2, 5, 6]);
    expect(await linesOf('{ code: "@Entity() class $C { $$$ }" }', "@Entity() class A { x; }\n@Table('a') @Entity() export class B {}\n@Table() class C {}\nclass D {}")).toEqual([1, 2]);
  });

  test('imports, as they are written', async () => {
    const imports = "import moment from 'moment';\nimport { unix } from 'moment';\nimport * as all from 'moment';\nimport 'moment';\nimport m from 'luxon';";
    expect(await linesOf('{ code: "import $X from \'moment\'" }', imports)).toEqual([1]);
    expect(await linesOf('{ code: "import \'moment\'" }', imports)).toEqual([4]);
  });

  test('an object that is taken apart is a subset, as one that is made', async () => {
    const detect = '{ code: "const { password } = $USER" }';
    expect(await linesOf(detect, 'const { password } = a;\nconst { name, password, ...rest } = b;\nconst { name } = c;\nconst { password: secret } = d;\nconst { secret: password } = e;')).toEqual([1, 2]);
    expect(await linesOf('{ code: "const { password: $P } = $USER" }', 'const { password } = a;\nconst { password: secret } = b;\nconst { secret: password } = c;')).toEqual([1, 2]);
  });

  test('a variable alone in await or a type assertion asks for just that', async () => {
    expect(await linesOf('{ code: "await $X" }', 'export const a = await b;\nb();\nawait (c());\nfor await (const d of e) f;')).toEqual([1, 3]);
    expect(await linesOf('{ code: "$X as any" }', 'f(a as any);\nf(a as string);\nf(<any>a);\nf(a);\nf((b as any).c);')).toEqual([1, 3, 5]);
    expect(await linesOf('{ code: "$X!" }', 'a!.b;\na.b;\n!a;')).toEqual([1]);
    expect(await linesOf('{ code: "save($X)", not: { inside: { code: "await $P" } } }', 'async () => {\nawait save(a);\nsave(b);\nawait all([save(c)]);\n};')).toEqual([3]);
    expect(await linesOf('{ code: "items.map($F)", contains: { code: "await $X" } }', 'items.map(async (a) => { await b(a); });\nitems.map((a) => a.b);')).toEqual([1]);
  });

  test('templates and JSX', async () => {
    expect(await linesOf('{ code: "sql`$$$`" }', "sql`SELECT 1`;\nsql`SELECT ${x} FROM a`;\nsql('SELECT 1');\nhtml`a`;")).toEqual([1, 2]);
    expect(await linesOf('{ code: "f(`a${$X}b`)" }', 'f(`a${x}b`);\nf(`a${x}c`);')).toEqual([1]);
    expect(await linesOf('{ code: "<a target=\\"_blank\\" $$$ />" }', { 'a.tsx': 'const a = <a target="_blank" href="x" />;\nconst b = <b target="_blank" />;' })).toEqual(['a.tsx:1']);
  });
});
