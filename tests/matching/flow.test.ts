import { describe, expect, test } from 'vitest';
import { linesOf } from './cards.ts';

const fetched = '{ code: "fetch($URL, $$$)", reached-by: { is: untrusted-input, into: $URL } }';
const handler = (body: string): string => `app.post('/cb', async (req, res) => {\n${body}\n});`;

describe('reached-by', () => {
  const found: Record<string, string> = {
    'directly': 'await fetch(req.body.url);',
    'through a variable': 'const url = req.body.url; await fetch(url);',
    'through destructuring': 'const { url } = req.body; await fetch(url);',
    'through a template': 'const { id } = req.params; await fetch(`https://${id}.example.com`);',
    'through concatenation and a method': "await fetch('https://' + req.query.host.trim());",
    'through an object': 'const options = { url: req.body.url }; await fetch(options.url);',
    'through an assignment': 'let url; if (a) url = req.body.url; await fetch(url);',
    'through a member': 'const options = {}; options.url = req.body.url; await fetch(options.url);',
    'through a constructor': 'await fetch(new URL(req.body.url), { method: "POST" });',
    'through a callback': 'await Promise.all(req.body.urls.map((url) => fetch(url)));',
  };
  for (const [name, body] of Object.entries(found)) test(name, async () => expect(await linesOf(fetched, handler(body))).toEqual([2]));

  test('through a function that returns it, and from one that passes it on', async () => {
    expect(await linesOf(fetched, `function pick(input) { return input.url; }\n${handler('fetch(pick(req.body));')}`)).toEqual([3]);
    expect(await linesOf(fetched, `async function call(url) {\n  await fetch(url);\n}\n${handler('await call(req.body.url);')}`)).toEqual([2]);
    expect(await linesOf(fetched, { 'pick.ts': 'export const pick = (input) => input.url;', 'a.ts': `import { pick } from './pick';\n${handler('fetch(pick(req.body));')}` })).toEqual(['a.ts:3']);
  });

  const innocent: Record<string, string> = {
    'another part': "await fetch('https://example.com', { body: JSON.stringify(req.body) });",
    'a constant': "const url = 'https://example.com'; log(req.body.url); await fetch(url);",
    'a table': 'await fetch(hosts[req.body.host]);',
    'a question about it': "await fetch(req.body.url.startsWith('/') ? a : b);",
    'what a package makes of it': 'await fetch(safe(req.body.url));',
  };
  for (const [name, body] of Object.entries(innocent)) test(`not by ${name}`, async () => expect(await linesOf(fetched, handler(body))).toEqual([]));

  test('a guard on the way, with the same variable', async () => {
    const detect = '{ code: "fetch($URL)", reached-by: { is: untrusted-input, into: $URL }, not: { guarded-by: { code: "assertPublicHost($URL)" } } }';
    expect(await linesOf(detect, handler('const { url } = req.body;\nawait assertPublicHost(url);\nawait fetch(url);'))).toEqual([]);
    expect(await linesOf(detect, handler('const { url, other } = req.body;\nawait assertPublicHost(other);\nawait fetch(url);'))).toEqual([4]);
  });
});

describe('reaches', () => {
  const detect = '{ code: "process.env.$NAME", reaches: { code: "log($$$)" } }';

  test('something further on in the function, or in one that it calls', async () => {
    expect(await linesOf(detect, 'function f() {\n  const key = process.env.KEY;\n  log(`key ${key}`);\n}')).toEqual([2]);
    expect(await linesOf(detect, 'function say(text) { log(text); }\nfunction f() {\n  say(process.env.KEY);\n}')).toEqual([3]);
    expect(await linesOf(detect, 'function f() {\n  const key = process.env.KEY;\n  log("no key");\n  use(key);\n}')).toEqual([]);
  });

  test('into one part of it', async () => {
    const into = '{ code: "$REQ.headers", reaches: { code: "exec($CMD, $OPTIONS)", into: $CMD } }';
    expect(await linesOf(into, 'function f(r) { exec(r.headers.x, {}); }')).toEqual([1]);
    expect(await linesOf(into, 'function f(r) { exec("ls", { env: r.headers }); }')).toEqual([]);
  });
});

test('long chains and circles end', async () => {
  const chain = Array.from({ length: 3_000 }, (_, index) => `const a${index + 1} = a${index} + a${index};`).join('\n');
  expect(await linesOf(fetched, handler(`const a0 = req.body.url;\n${chain}\nfetch(a3000);`))).toEqual([]);
  expect(await linesOf(fetched, handler('let a = b; let b = a; a = b + a; fetch(a);'))).toEqual([]);
});
