import { describe, expect, test } from 'vitest';
import { comment } from '../../src/reports/comment.ts';
import { readMarker } from '../../src/reports/marker.ts';
import { card, finding, hostileTexts, limitCard, limitFinding, secretCard, secretFinding } from './sample-review.ts';

const blobUrl = (path: string, line: number) => `https://github.com/acme/shop/blob/abc123/${path}#L${line}`;

describe('what a colleague reads', () => {
  test('a query in a loop, found through another file', () => {
    expect(comment(finding(), card(), { run: 'default' })).toMatchInlineSnapshot(`
      "\`loadPosts(user)\` goes to the database once for every \`user\` of \`users\`.
      Evidence: \`for (const user of users)\` (line 12) → \`export async function loadPosts(user: User)\` (\`src/posts.ts:30\`) → \`return prisma.post.findMany({ where: { userId: user.id } })\` (\`src/posts.ts:33\`)

      **Once bitten:** Listing 100 users asked the database for each user's posts, and for each post's comments: over 10,000 queries (cost: 95 minutes).
      **What we do now:** Fetch the posts of all users at once: \`prisma.post.findMany({ where: { userId: { in: ids } } })\`.

      <sub>lesson: [Load related rows in one query](https://github.com/once-bitten/once-bitten/blob/v1/lessons/n-plus-one.yml) · [docs](https://docs.example/relation-queries) · questions: \`@acme/data\` · not here: \`// lesson-ok n-plus-one: <reason>\` on the line or above it</sub>
      <!-- once-bitten:default n-plus-one 3f2a9c41 -->"
    `);
  });

  test('with links into the code', () => {
    expect(comment(finding(), card(), { run: 'default', blobUrl }).split('\n')[1]).toMatchInlineSnapshot(`"Evidence: \`for (const user of users)\` ([line 12](https://github.com/acme/shop/blob/abc123/src/users.ts#L12)) → \`export async function loadPosts(user: User)\` ([\`src/posts.ts:30\`](https://github.com/acme/shop/blob/abc123/src/posts.ts#L30)) → \`return prisma.post.findMany({ where: { userId: user.id } })\` ([\`src/posts.ts:33\`](https://github.com/acme/shop/blob/abc123/src/posts.ts#L33))"`);
  });

  test('a blocking one on the file, without evidence beyond its line', () => {
    expect(comment({ ...limitFinding, severity: 'block', placement: 'file' }, limitCard, { run: 'web', blobUrl })).toMatchInlineSnapshot(`
      "[Line 40](https://github.com/acme/shop/blob/abc123/src/orders.ts#L40): \`prisma.order.findMany\` reads every row of \`order\`.

      **Once bitten:** One query returned 100,000 records and the front end timed out while loading them.
      **What we do now:** Add \`take\` and a cursor.

      <sub><b>blocks the check</b> · lesson: [Every list query has a limit](https://github.com/once-bitten/once-bitten/blob/v1/lessons/missing-limit.yml) · questions: \`@acme/data\` · not here: \`// lesson-ok missing-limit: <reason>\` on the line or above it</sub>
      <!-- once-bitten:web missing-limit 77aa -->"
    `);
  });

  test('a secret, which shows no code', () => {
    expect(comment(secretFinding, secretCard, { run: 'default' })).toMatchInlineSnapshot(`
      "\`password\` holds a literal value of 18 characters.

      **Once bitten:** A database password was pushed with the code and had to be rotated at midnight.
      **What we do now:** Read \`password\` from the environment, and rotate the value: it stays in the history of the repository.

      <sub><b>blocks the check</b> · lesson: [Secrets live outside the code](https://github.com/once-bitten/once-bitten/blob/v1/lessons/secret-in-code.yml) · questions: \`@acme/security\` · this lesson takes no waiver</sub>
      <!-- once-bitten:default secret-in-code password-a1 -->"
    `);
  });

  test('a secret in an earlier commit', () => {
    expect(comment({ ...secretFinding, placement: 'file', commit: 'abcdef0123456789' }, secretCard, { run: 'default' }).split('\n')[0]).toMatchInlineSnapshot(`"In commit \`abcdef0123\`, line 3: \`password\` holds a literal value of 18 characters."`);
  });
});

describe('its manners', () => {
  const texts = [comment(finding({ severity: 'block' }), card(), { run: 'r' }), comment(limitFinding, limitCard, { run: 'r' }), comment(secretFinding, secretCard, { run: 'r' })];

  test.each(texts)('case %#: at most eight lines, blameless, pings nobody', (text) => {
    expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('<!--')).length).toBeLessThanOrEqual(8);
    expect(text.replace(/<!--.*-->/, '')).not.toMatch(/\byou\b|\byour\b|should have|!/i);
    expect(text.replace(/`[^`]*`/g, '')).not.toMatch(/@\w/);
  });

  test('says only when the finding fails the check that it does', () => {
    const says = (severity: 'warn' | 'block', gate: 'block' | 'warn' | 'never') => comment(finding({ severity }), card(), { run: 'r', gate }).includes('blocks the check');
    expect([says('block', 'block'), says('warn', 'warn'), says('warn', 'block'), says('block', 'never')]).toEqual([true, true, false, false]);
  });

  test('the advice falls back to the lesson, and a bare card still makes a comment', () => {
    expect(comment(finding({ advice: '' }), card(), { run: 'r' })).toContain('**What we do now:** Ask once for all rows');
    const bare = card({ title: '', story: { what: '', cost: {} }, lesson: '', links: {}, ask: [] });
    delete bare.link;
    expect(comment(finding({ advice: ' ', evidence: [], message: 'Short' }), bare, { run: 'r' })).toBe(
      'Short.\n\n<sub>lesson: `n-plus-one` · not here: `// lesson-ok n-plus-one: <reason>` on the line or above it</sub>\n<!-- once-bitten:r n-plus-one 3f2a9c41 -->',
    );
  });

  test('a file without comments is waived by its path and fingerprint', () => {
    expect(comment(finding({ path: 'package.json' }), card(), { run: 'r' })).toContain('not here: name the path and `3f2a9c41` under `waivers.places` in `.github/once-bitten.yml`');
  });

  test('a long chain keeps both ends', () => {
    const evidence = Array.from({ length: 9 }, (_, index) => ({ path: `src/${index}.ts`, line: 1, text: `f${index}()` }));
    expect(comment(finding({ evidence }), card(), { run: 'r' }).split('\n')[1]).toBe(
      'Evidence: `f0()` (`src/0.ts:1`) → `f1()` (`src/1.ts:1`) → `f2()` (`src/2.ts:1`) → … 5 more … → `f8()` (`src/8.ts:1`)',
    );
  });
});

describe('hostile text', () => {
  test.each(hostileTexts.map((text, index) => ({ text, index })))('$index stays text wherever it comes in', ({ text }) => {
    const hostile = comment(
      finding({ message: text, advice: text, path: text, lesson: text, fingerprint: text, evidence: [{ path: text, line: 1, text }, { path: 'b.ts', line: 2, text: `\`${text}\`` }] }),
      card({ id: text, title: text, story: { what: text, cost: { money: text } }, lesson: text, ask: [text], links: { [text]: `https://a.example/${text}` }, link: `https://b.example/${text}` }),
      { run: text, blobUrl: () => `https://c.example/${text}` },
    );
    const lines = hostile.split('\n').filter((line) => line !== '');
    expect(lines.length).toBeLessThanOrEqual(6);
    expect(hostile.length).toBeLessThan(30_000);
    expect(readMarker(hostile)).toMatchObject({ run: text.toWellFormed(), lesson: text.toWellFormed() });
    expect(hostile).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(hostile).not.toMatch(/^\s*::|##\[/m);
    const outsideCode = lines.slice(0, -1).join('\n').replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '').replace(/\]\([^)\s]*\)/g, ']');
    expect(outsideCode).not.toMatch(/<(?!\/?(?:sub|b|span|code)>)|(?<!&)#\d|@[\w-]|https?:\/\//);
  });
});
