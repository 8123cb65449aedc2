import { describe, expect, test } from 'vitest';
import { readMarker } from '../../src/reports/marker.ts';
import { markdownReport, summary } from '../../src/reports/summary.ts';
import { card, finding, hostileTexts, limitCard, quietReview, richReview, secretCard, secretFinding } from './sample-review.ts';

const options = { run: 'default' };

describe('silence', () => {
  test('when there is nothing to say', () => {
    expect(summary(quietReview(), options)).toBeUndefined();
  });

  test('when every finding has its own comment', () => {
    const review = quietReview({ verdict: 'block', findings: [finding(), finding({ placement: 'file' })], lessons: { 'n-plus-one': card() } });
    expect(summary(review, options)).toBeUndefined();
    expect(summary(review, { ...options, listAll: true })).toContain('2 findings (2 as comments on the diff and all listed here)');
  });

  test('only because something was fixed, or skipped by policy', () => {
    const { fixed, skipped } = richReview();
    expect(summary(quietReview({ fixed, skipped }), options)).toBeUndefined();
  });
});

describe('what is said', () => {
  test('all there is, the unreviewed first', () => {
    expect(summary(richReview(), { ...options, blobUrl: (path, line) => `https://github.com/acme/shop/blob/2222222/${path}#L${line}` })).toMatchInlineSnapshot(`
      "### Once Bitten: the review is incomplete

      Verdict: **incomplete** · 6 findings (3 as comments on the diff and 3 listed here) · 1 waived · 1 fixed · 12 files in the change

      > [!CAUTION]
      > **Not everything was reviewed, so the check is red whatever else was found.** What to mend:
      >
      > - [\`.github/lessons/orders.yml:9:11\`](https://github.com/acme/shop/blob/2222222/.github/lessons/orders.yml#L9): "db-cal" is not a word of the vocabulary. Did you mean "db-call"? <sub>\`lesson/unknown-word\`</sub>

      <details><summary><b>Every list query has a limit</b> · <code>missing-limit</code> · 1 place</summary>

      - [\`src/orders.ts:40\`](https://github.com/acme/shop/blob/2222222/src/orders.ts#L40) (warn) \`prisma.order.findMany\` reads every row of \`order\`.

      **Once bitten:** One query returned 100,000 records and the front end timed out while loading them.

      **What we do now:** Pass a limit and page through the rest.

      <sub>lesson: [Every list query has a limit](https://github.com/once-bitten/once-bitten/blob/v1/lessons/missing-limit.yml) · questions: \`@acme/data\` · not here: \`// lesson-ok missing-limit: <reason>\` on the line or above it</sub>

      </details>

      <details><summary><b>Load related rows in one query</b> · <code>n-plus-one</code> · 1 place</summary>

      - [\`src/teams.ts:7\`](https://github.com/acme/shop/blob/2222222/src/teams.ts#L7) (warn) \`loadPosts(user)\` goes to the database once for every \`user\` of \`users\`.<br>Evidence: \`for (const user of users)\` ([\`src/users.ts:12\`](https://github.com/acme/shop/blob/2222222/src/users.ts#L12)) → \`export async function loadPosts(user: User)\` ([\`src/posts.ts:30\`](https://github.com/acme/shop/blob/2222222/src/posts.ts#L30)) → \`return prisma.post.findMany({ where: { userId: user.id } })\` ([\`src/posts.ts:33\`](https://github.com/acme/shop/blob/2222222/src/posts.ts#L33))

      **Once bitten:** Listing 100 users asked the database for each user's posts, and for each post's comments: over 10,000 queries (cost: 95 minutes).

      **What we do now:** Ask once for all rows (a join, an include, or one query with all ids); never once per row.

      <sub>lesson: [Load related rows in one query](https://github.com/once-bitten/once-bitten/blob/v1/lessons/n-plus-one.yml) · [docs](https://docs.example/relation-queries) · questions: \`@acme/data\` · not here: \`// lesson-ok n-plus-one: <reason>\` on the line or above it</sub>

      </details>

      <details><summary><b>Shiny new lesson</b> · <code>shiny</code> · 1 place · never blocks while on trial</summary>

      - [\`src/a.ts:2\`](https://github.com/acme/shop/blob/2222222/src/a.ts#L2) (block, on trial) Shiny.

      **What we do now:** Polish it.

      1. Take a cloth
      2. Rub \`gently\`

      <sub>lesson: [Shiny new lesson](https://github.com/once-bitten/once-bitten/blob/v1/lessons/n-plus-one.yml) · not here: \`// lesson-ok shiny: <reason>\` on the line or above it</sub>

      </details>

      **Waived** (1)

      - [\`src/seed.ts:21\`](https://github.com/acme/shop/blob/2222222/src/seed.ts#L21) \`n-plus-one\` (warn) \`loadPosts(user)\` goes to the database once for every \`user\` of \`users\`.<br>Reason, given at [\`src/seed.ts:20\`](https://github.com/acme/shop/blob/2222222/src/seed.ts#L20), until 2027-01-01: runs once, by hand, on ten rows

      **Notes** (1)

      - [\`src/b.ts:4\`](https://github.com/acme/shop/blob/2222222/src/b.ts#L4): the waiver of \`n-plus-one\` has nothing to waive. <sub>\`waiver/unused\`</sub>

      **Fixed by this change** (1)

      - \`src/old.ts:8\` \`missing-limit\` \`db.user.findMany\` read every row of \`user\`.

      <details><summary>2 files not reviewed</summary>

      - \`logo.png\` (binary)
      - \`src/api.generated.ts\` (generated)

      </details>

      <!-- once-bitten:default summary -->"
    `);
  });

  test('a waiver alone, with its reason', () => {
    const text = summary(quietReview({ waived: richReview().waived, lessons: { 'n-plus-one': card() } }), options);
    expect(text).toContain('### Once Bitten: nothing blocks this change');
    expect(text).toContain('Reason, given at `src/seed.ts:20`, until 2027-01-01: runs once, by hand, on ten rows');
  });

  test('the headline follows the verdict and the gate', () => {
    const findings = [finding({ placement: 'summary' }), finding({ placement: 'summary', severity: 'block', line: 2 })];
    const headline = (verdict: 'pass' | 'warn' | 'block' | 'incomplete', gate?: 'block' | 'warn' | 'never') =>
      summary(quietReview({ verdict, findings }), { ...options, ...(gate && { gate }) })!.split('\n')[0];
    expect(headline('block')).toBe('### Once Bitten: 1 finding blocks this change');
    expect(headline('block', 'warn')).toBe('### Once Bitten: 2 findings block this change');
    expect(headline('warn', 'never')).toBe('### Once Bitten: nothing blocks, something is worth a look');
    expect(headline('incomplete')).toBe('### Once Bitten: the review is incomplete');
  });

  test('does not change from run to run with the time it took', () => {
    const slow = { ...richReview(), stats: { ...richReview().stats, milliseconds: 99_999, rounds: 7 } };
    expect(summary(slow, options)).toBe(summary(richReview(), options));
  });

  test('a lesson without a card, or named like something built in, is still named', () => {
    const text = summary(quietReview({ findings: [finding({ lesson: 'constructor', placement: 'none', introduced: null })] }), options);
    expect(text).toContain('<code>constructor</code> · 1 place');
  });

  test('the code of a secret is not in it', () => {
    const value = ['hunter', '2hunter', '2'].join('');
    const evidence = [{ path: 'a.ts', line: 9, text: `const password = "${value}"` }];
    const review = quietReview({ findings: [{ ...secretFinding, placement: 'summary', evidence }], lessons: { 'secret-in-code': secretCard } });
    expect(summary(review, options)).not.toContain(value);
    expect(markdownReport({ ...review, findings: [{ ...secretFinding, evidence }] })).not.toContain(value);
  });
});

describe('limits', () => {
  const many = (count: number, lessons: number) =>
    Array.from({ length: count }, (_, index) => finding({ lesson: `lesson-${index % lessons}`, path: `src/${'deep/'.repeat(20)}${index}.ts`, message: '`x` '.repeat(150), placement: 'summary' }));

  test.each([[5_000, 1], [5_000, 24], [3_000, 1_000]])('%i findings of %i lessons fit, and what is missing is counted', (count, lessons) => {
    const review = quietReview({ verdict: 'incomplete', findings: many(count, lessons), notes: richReview().notes, waived: richReview().waived });
    const text = summary(review, options)!;
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(text).toContain('"db-cal" is not a word of the vocabulary');
    expect(text).toContain('runs once, by hand, on ten rows');
    expect(text.match(/<details/g)!.length).toBe(text.match(/<\/details>/g)!.length);
    const shown = text.match(/^- .*`src\/deep/gm)!.length;
    const hidden = [...text.matchAll(/… and (\d+) more/g)].reduce((sum, [, number]) => sum + Number(number), 0);
    expect(shown + hidden).toBe(count);
    expect(readMarker(text)).toEqual({ run: 'default', summary: true });
  });

  test('a small place gets a small text', () => {
    expect(summary(richReview(), { ...options, limit: 900 })!.length).toBeLessThanOrEqual(900);
  });
});

describe('hostile text', () => {
  test.each(hostileTexts.map((text, index) => ({ text, index })))('$index stays text wherever it comes in', ({ text }) => {
    const hostile = card({ id: text, title: text, story: { what: text, cost: { money: text } }, lesson: text, ask: [text], steps: [text], links: { [text]: text }, link: text });
    const one = finding({ lesson: text, path: text, message: text, advice: text, fingerprint: text, commit: text, placement: 'summary', evidence: [{ path: text, line: 3, text }, { path: 'x', line: 1, text }] });
    const review = quietReview({
      verdict: 'incomplete',
      findings: [one],
      fixed: [{ lesson: text, path: text, line: 1, message: text, fingerprint: text }],
      waived: [{ ...one, waiver: { reason: text, path: text, line: 1, until: text } }],
      notes: [{ code: text, message: text, hint: text, path: text, line: 1, column: 1, incomplete: true }, { code: text, message: text, incomplete: false }],
      skipped: [{ path: text, why: 'binary' }],
      lessons: { [text]: hostile },
    });
    for (const page of [summary(review, { run: text })!, markdownReport({ ...review, findings: [{ ...one, placement: 'file' }] }, { run: text })]) {
      expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      expect(page).not.toMatch(/^\s*::|##\[/m);
      const outsideCode = page.replace(/^<!--.*-->$/gm, '').replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
      expect(outsideCode.match(/<details/g)?.length).toBe(outsideCode.match(/<\/details>/g)?.length);
      expect(outsideCode).not.toMatch(/<(?!\/?(?:sub|b|br|span|code|details|summary)\b)|(?<!&)#\d|@[\w-]|https?:\/\//);
    }
  });
});

test('the Markdown report shows every comment under its place, then the summary', () => {
  const text = markdownReport(richReview());
  expect(text.match(/^####.*/gm)).toEqual(['#### `config/database.yml`, line 3', '#### `config/database.yml`, on the file', '#### `src/users.ts`, line 14']);
  expect(text.indexOf('### Once Bitten: the review is incomplete')).toBeGreaterThan(text.indexOf('#### `src/users.ts`, line 14'));
  expect(markdownReport(quietReview())).toBe('Nothing to say: no comment would be posted (12 files, verdict: pass).\n');
  expect(markdownReport(quietReview({ findings: [finding({ introduced: null, placement: 'none' })], lessons: { 'missing-limit': limitCard } }))).toContain('1 finding (1 listed here)');
});
