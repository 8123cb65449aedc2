import { expect, test } from 'vitest';
import { comment } from '../../src/reports/comment.ts';
import { markdownForTerminal } from '../../src/reports/markdown-for-terminal.ts';
import { markdownText } from '../../src/reports/markdown-escape.ts';
import { markdownReport } from '../../src/reports/summary.ts';
import { card, finding, hostileTexts, richReview } from './sample-review.ts';

/** The text with its styles as tags that can be read. */
const tagged = (markdown: string, width = 100): string => markdownForTerminal(markdown, width).replaceAll(/\u001b\[(\d+)m/g, (_, code: string) => ({ 1: '<b>', 2: '<dim>', 22: '</>', 31: '<red>', 32: '<green>', 36: '<cyan>', 39: '</>' })[code] ?? `<${code}>`);
const plain = (markdown: string, width = 100): string => markdownForTerminal(markdown, width).replaceAll(/\u001b\[\d+m/g, '');

test('a comment', () => {
  expect(tagged(comment(finding(), card(), { run: 'default' }))).toMatchInlineSnapshot(`
    "<cyan>loadPosts(user)</> goes to the database once for every <cyan>user</> of <cyan>users</>.
    Evidence: <cyan>for (const user of users)</> (line 12) → <cyan>export async function loadPosts(user: User)</>
    (<cyan>src/posts.ts:30</>) → <cyan>return prisma.post.findMany({ where: { userId: user.id } })</> (<cyan>src/posts.ts:33</>)

    <b>Once bitten:</> Listing 100 users asked the database for each user's posts, and for each post's
    comments: over 10,000 queries (cost: 95 minutes).
    <b>What we do now:</> Fetch the posts of all users at once: <cyan>prisma.post.findMany({ where: { userId: { in:
    ids } } })</>.

    <dim>lesson: Load related rows in one query
    (https://github.com/once-bitten/once-bitten/blob/v1/lessons/n-plus-one.yml) · docs
    (https://docs.example/relation-queries) · questions: <cyan>@acme/data</> · not here: <cyan>// lesson-ok n-plus-one:
    <reason></> on the line or above it</>
    "
  `);
});

test('a whole report: folds, lists, quotes, rules', () => {
  expect(plain(markdownReport(richReview()), 90)).toMatchInlineSnapshot(`
    "config/database.yml, line 3

    password holds a literal value of 18 characters.

    Once bitten: A database password was pushed with the code and had to be rotated at
    midnight.
    What we do now: Read password from the environment, and rotate the value: it stays in the
    history of the repository.

    blocks the check · lesson: Secrets live outside the code
    (https://github.com/once-bitten/once-bitten/blob/v1/lessons/secret-in-code.yml) ·
    questions: @acme/security · this lesson takes no waiver

    ──────────────────────────────────────────────────────────────────────────────────────────

    config/database.yml, on the file

    In commit abcdef0123, line 5: password holds a literal value of 18 characters.

    Once bitten: A database password was pushed with the code and had to be rotated at
    midnight.
    What we do now: Read password from the environment, and rotate the value: it stays in the
    history of the repository.

    blocks the check · lesson: Secrets live outside the code
    (https://github.com/once-bitten/once-bitten/blob/v1/lessons/secret-in-code.yml) ·
    questions: @acme/security · this lesson takes no waiver

    ──────────────────────────────────────────────────────────────────────────────────────────

    src/users.ts, line 14

    loadPosts(user) goes to the database once for every user of users.
    Evidence: for (const user of users) (line 12) → export async function loadPosts(user:
    User) (src/posts.ts:30) → return prisma.post.findMany({ where: { userId: user.id } })
    (src/posts.ts:33)

    Once bitten: Listing 100 users asked the database for each user's posts, and for each
    post's comments: over 10,000 queries (cost: 95 minutes).
    What we do now: Fetch the posts of all users at once: prisma.post.findMany({ where: {
    userId: { in: ids } } }).

    lesson: Load related rows in one query
    (https://github.com/once-bitten/once-bitten/blob/v1/lessons/n-plus-one.yml) · docs
    (https://docs.example/relation-queries) · questions: @acme/data · not here: // lesson-ok
    n-plus-one: <reason> on the line or above it

    ──────────────────────────────────────────────────────────────────────────────────────────

    Once Bitten: the review is incomplete

    Verdict: incomplete · 6 findings (3 as comments on the diff and 3 listed here) · 1 waived
    · 1 fixed · 12 files in the change

    │ CAUTION
    │ Not everything was reviewed, so the check is red whatever else was found. What to mend:
    │ 
    │ - .github/lessons/orders.yml:9:11: "db-cal" is not a word of the vocabulary. Did you
    │ mean "db-call"? lesson/unknown-word

    ▾ Every list query has a limit · missing-limit · 1 place

    - src/orders.ts:40 (warn) prisma.order.findMany reads every row of order.

    Once bitten: One query returned 100,000 records and the front end timed out while loading
    them.

    What we do now: Pass a limit and page through the rest.

    lesson: Every list query has a limit
    (https://github.com/once-bitten/once-bitten/blob/v1/lessons/missing-limit.yml) ·
    questions: @acme/data · not here: // lesson-ok missing-limit: <reason> on the line or
    above it

    ▾ Load related rows in one query · n-plus-one · 1 place

    - src/teams.ts:7 (warn) loadPosts(user) goes to the database once for every user of users.
      Evidence: for (const user of users) (src/users.ts:12) → export async function
      loadPosts(user: User) (src/posts.ts:30) → return prisma.post.findMany({ where: { userId:
      user.id } }) (src/posts.ts:33)

    Once bitten: Listing 100 users asked the database for each user's posts, and for each
    post's comments: over 10,000 queries (cost: 95 minutes).

    What we do now: Ask once for all rows (a join, an include, or one query with all ids);
    never once per row.

    lesson: Load related rows in one query
    (https://github.com/once-bitten/once-bitten/blob/v1/lessons/n-plus-one.yml) · docs
    (https://docs.example/relation-queries) · questions: @acme/data · not here: // lesson-ok
    n-plus-one: <reason> on the line or above it

    ▾ Shiny new lesson · shiny · 1 place · never blocks while on trial

    - src/a.ts:2 (block, on trial) Shiny.

    What we do now: Polish it.

    1. Take a cloth
    2. Rub gently

    lesson: Shiny new lesson
    (https://github.com/once-bitten/once-bitten/blob/v1/lessons/n-plus-one.yml) · not here: //
    lesson-ok shiny: <reason> on the line or above it

    Waived (1)

    - src/seed.ts:21 n-plus-one (warn) loadPosts(user) goes to the database once for every
      user of users.
      Reason, given at src/seed.ts:20, until 2027-01-01: runs once, by hand, on ten rows

    Notes (1)

    - src/b.ts:4: the waiver of n-plus-one has nothing to waive. waiver/unused

    Fixed by this change (1)

    - src/old.ts:8 missing-limit db.user.findMany read every row of user.

    ▾ 2 files not reviewed

    - logo.png (binary)
    - src/api.generated.ts (generated)
    "
  `);
});

test.each([
  ['a heading', '## Title with `code`', '<b>Title with <cyan>code</></>'],
  ['emphasis', 'so **very** good', 'so <b>very</> good'],
  ['code with backticks', '`` a`b ``', '<cyan>a`b</>'],
  ['a backtick that opens nothing', 'a ` b', 'a ` b'],
  ['escapes and entities', '1\\. a \\* b &lt;x&gt; &amp; @&#8203;team <span>$</span>5', '1. a * b <x> & @team $5'],
  ['a link', '[label](https://example.com/a?b=1&amp;c=2)', 'label (https://example.com/a?b=1&c=2)'],
  ['a link with code', '[`src/a.ts:3`](https://example.com/a)', '<cyan>src/a.ts:3</> (https://example.com/a)'],
  ['brackets that are no link', 'a[0](x)', 'a[0](x)'],
  ['a hidden marker', '<!-- once-bitten:x summary -->', ''],
  ['a difference', '```diff\n+a\n-b\n c\n```', '    <green>+a</>\n    <red>-b</>\n    <dim> c</>'],
  ['code that looks like more', '````ts\n```\n# no heading\n````', '    <cyan>```</>\n    <cyan># no heading</>'],
])('%s', (_, markdown, shown) => expect(tagged(markdown)).toBe(shown));

test('long lines are wrapped, lists hang', () => {
  expect(plain(`- ${'word '.repeat(20).trim()}\n\n1. ${'`code` '.repeat(15).trim()}`, 50)).toMatchInlineSnapshot(`
    "- word word word word word word word word word
      word word word word word word word word word
      word word

    1. code code code code code code code code code
       code code code code code code"
  `);
});

test('hostile texts that went into Markdown come out as themselves, and cost little', () => {
  for (const text of hostileTexts) expect(plain(markdownText(text, 5_000), 100)).not.toMatch(/\u001b|[\u0000-\u0009]/);
  const started = performance.now();
  for (const text of ['['.repeat(20_000), '`'.repeat(20_000), '` `` '.repeat(5_000), '**'.repeat(20_000), '[a](https://'.repeat(5_000), '<sub>'.repeat(5_000), '\\'.repeat(20_000)]) markdownForTerminal(text, 80);
  expect(performance.now() - started).toBeLessThan(4_000);
});
