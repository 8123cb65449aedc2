import { describe, expect, test } from 'vitest';
import { terminalReport } from '../../src/reports/terminal.ts';
import { card, finding, hostileTexts, limitCard, limitFinding, quietReview, richReview, secretCard, secretFinding } from './sample-review.ts';

const plain = { colour: false, width: 100 };
const lineOf = (path: string, line: number) =>
  path === 'src/users.ts' && line === 14 ? '\t\tuser.posts = await loadPosts(user);' : path === 'src/orders.ts' && line === 40 ? '  return prisma.order.findMany({' : undefined;

describe('what a developer reads', () => {
  test('findings with their code, then what else there is', () => {
    expect(terminalReport(richReview(), { ...plain, lineOf })).toMatchInlineSnapshot(`
      "config/database.yml:3:13  block  secret-in-code
        \`password\` holds a literal value of 18 characters.
        before    A database password was pushed with the code and had to be rotated at midnight.
        now       Read \`password\` from the environment, and rotate the value: it stays in the history of
                  the repository.
        ask       @acme/security
        not here  this lesson takes no waiver

      config/database.yml:5:13  block  secret-in-code
        \`password\` holds a literal value of 18 characters.
        It stands in commit abcdef0123 of this change, no longer at its head (fingerprint token-1).

      src/orders.ts:40:10  warn  missing-limit
        \`prisma.order.findMany\` reads every row of \`order\`.

          40 │ return prisma.order.findMany({
             │        ^

        before    One query returned 100,000 records and the front end timed out while loading them.
        now       Add \`take\` and a cursor.
        ask       @acme/data
        not here  // lesson-ok missing-limit: <reason>

      src/teams.ts:7:18  warn  n-plus-one
        \`loadPosts(user)\` goes to the database once for every \`user\` of \`users\`.

        evidence  src/users.ts:12  for (const user of users) {
                  src/posts.ts:30  export async function loadPosts(user: User) {
                  src/posts.ts:33  return prisma.post.findMany({ where: { userId: user.id } });
        before    Listing 100 users asked the database for each user's posts, and for each post's
                  comments: over 10,000 queries (cost: 95 minutes).
        now       Fetch the posts of all users at once: \`prisma.post.findMany({ where: { userId: { in: ids
                  } } })\`.
        ask       @acme/data
        not here  // lesson-ok n-plus-one: <reason>

      src/users.ts:14:18  warn  n-plus-one
        \`loadPosts(user)\` goes to the database once for every \`user\` of \`users\`.

          14 │ user.posts = await loadPosts(user);
             │                ^

        evidence  src/users.ts:12  for (const user of users) {
                  src/posts.ts:30  export async function loadPosts(user: User) {
                  src/posts.ts:33  return prisma.post.findMany({ where: { userId: user.id } });

      src/a.ts:2:18  block, on trial  shiny
        Shiny.

        now       Polish it.
        not here  // lesson-ok shiny: <reason>

      src/seed.ts:21  waived  n-plus-one
        runs once, by hand, on ten rows (src/seed.ts:20, until 2027-01-01)

      src/old.ts:8  fixed  missing-limit

      logo.png  not reviewed: binary
      src/api.generated.ts  not reviewed: generated

      src/b.ts:4  note  waiver/unused
        The waiver of \`n-plus-one\` has nothing to waive.

      .github/lessons/orders.yml:9:11  incomplete  lesson/unknown-word
        "db-cal" is not a word of the vocabulary.
        Did you mean "db-call"?

      Incomplete: not everything was reviewed · 6 findings, of which 2 block · 1 finding waived · 1 fixed · 12 files in 1.2 s
      "
    `);
  });

  test('one calm sentence when nothing was found', () => {
    expect(terminalReport(quietReview(), plain)).toBe('Nothing here repeats a lesson (12 files in 1.2 s).\n');
    expect(terminalReport(quietReview(), { ...plain, colour: true })).toBe('\u001b[32mNothing here repeats a lesson (12 files in 1.2 s).\u001b[39m\n');
  });

  test('never calm when something was not reviewed', () => {
    const text = terminalReport(quietReview({ verdict: 'incomplete', notes: richReview().notes }), plain);
    expect(text).not.toContain('Nothing here');
    expect(text).toContain('Incomplete: not everything was reviewed · 0 findings');
  });

  test('the closing line counts what blocks', () => {
    const closing = (findings: ReturnType<typeof finding>[], verdict: 'warn' | 'block', gate: 'block' | 'warn' = 'block') =>
      terminalReport(quietReview({ verdict, findings }), { ...plain, gate }).trimEnd().split('\n').at(-1);
    expect(closing([finding()], 'warn')).toBe('1 finding · 12 files in 1.2 s · verdict: warn');
    expect(closing([finding({ severity: 'block' })], 'block')).toBe('1 finding, which blocks · 12 files in 1.2 s · verdict: block');
    expect(closing([finding(), finding({ line: 2 })], 'block', 'warn')).toBe('2 findings, all of which block · 12 files in 1.2 s · verdict: block');
    expect(closing([finding(), finding({ severity: 'block' })], 'block')).toBe('2 findings, of which 1 blocks · 12 files in 1.2 s · verdict: block');
  });

  test('a change that leaves no file to look at says since when', () => {
    const stats = { files: 0, parsed: 0, readOutsideChange: 0, rounds: 0, milliseconds: 3 };
    expect(terminalReport(quietReview({ stats }), plain)).toBe('No file was added or changed since 1111111111.\n');
    expect(terminalReport(quietReview({ stats, skipped: [{ path: 'a.png', why: 'binary' }] }), plain)).toContain('Nothing here repeats a lesson');
    expect(terminalReport(quietReview({ stats, verdict: 'block', findings: [finding({ severity: 'block', commit: 'abcdef0123' })] }), plain)).toContain('1 finding, which blocks');
  });

  test('each line of a hint is a sentence', () => {
    const note = { code: 'lesson/missing-key', message: 'a card needs "message"', hint: 'add these keys:\nmessage: one sentence', incomplete: true };
    expect(terminalReport(quietReview({ verdict: 'incomplete', notes: [note] }), plain)).toContain('  A card needs "message".\n  Add these keys:\n  message: one sentence.\n');
  });

  test('evidence behind a long path has a line of its own', () => {
    const long = `packages/${'deep/'.repeat(12)}users.ts`;
    const evidence = [{ path: long, line: 12, text: 'for (const user of users) {' }, { path: 'a.ts', line: 3, text: 'return load(user);' }];
    const lines = terminalReport(quietReview({ verdict: 'warn', findings: [finding({ evidence })] }), plain).split('\n');
    const at = lines.findIndex((line) => line.includes(`evidence  ${long}:12`));
    expect(lines.slice(at, at + 3)).toEqual([`  evidence  ${long}:12`, '              for (const user of users) {', `            ${'a.ts:3'.padEnd(40)}  return load(user);`]);
  });

  test('files with the worst findings come first, and a file stays together', () => {
    const findings = [
      finding({ path: 'a.ts', line: 1 }),
      finding({ path: 'z.ts', line: 9 }),
      finding({ path: 'z.ts', line: 20, severity: 'block' }),
      finding({ path: 'm.ts', line: 1, severity: 'block', status: 'trial' }),
    ];
    const places = terminalReport(quietReview({ verdict: 'block', findings }), plain).match(/^[amz]\.ts:\d+/gm);
    expect(places).toEqual(['z.ts:20', 'z.ts:9', 'a.ts:1', 'm.ts:1']);
  });
});

describe('the line of code', () => {
  const codeOf = (source: string, column: number, width = 60) =>
    terminalReport(quietReview({ verdict: 'warn', findings: [finding({ column, evidence: [] })] }), { ...plain, width, lineOf: () => source })
      .split('\n')
      .filter((line) => line.includes('│'))
      .map((line) => line.slice(9));

  test('has its caret under the column, with tabs, wide and unseen characters before it', () => {
    expect(codeOf('\tawait f(x);', 8)).toEqual(['await f(x);', '      ^']);
    expect(codeOf("show('日本', f(x))", 12)).toEqual(["show('日本', f(x))", '             ^']);
    expect(codeOf('/*\u202e*/f(x)', 6)).toEqual(['/*⟨U+202E⟩*/f(x)', '            ^']);
  });

  test('is cut around the column when it is long', () => {
    const [code = '', caret = ''] = codeOf(`${'a'.repeat(5_000)}HERE${'b'.repeat(5_000)}`, 5_001);
    expect(code.slice(caret.length - 1)).toMatch(/^HEREb+…$/);
    expect(code.startsWith('…a')).toBe(true);
    expect(code.length).toBeLessThanOrEqual(51);
  });

  test('bears columns that the line does not have', () => {
    expect(codeOf('f()', 99)).toEqual(['f()', '   ^']);
    expect(codeOf('    f()', 1)).toEqual(['f()', '^']);
    expect(codeOf('', 1)).toEqual(['', '^']);
    expect(codeOf('😀😀', 2)).toEqual(['⟨U+D83D⟩⟨U+DE00⟩😀', '        ^']);
  });

  test('comes from the evidence when the text is not at hand', () => {
    expect(terminalReport(quietReview({ verdict: 'warn', findings: [limitFinding] }), plain)).toContain('    40 │ return prisma.order.findMany({\n');
  });
});

describe('secrets', () => {
  const value = ['hunter', '2hunter', '2'].join('');
  const source = () => `const password = "${value}"`;

  test('no line is shown for a lesson about secrets, nor where evidence was held back', () => {
    const evidence = [{ path: 'config/database.yml', line: 3, text: source() }, { path: 'b.ts', line: 1, text: source() }];
    const findings = [{ ...secretFinding, evidence }, finding({ evidence: [{ path: 'c.ts', line: 1, text: '' }, { path: 'b.ts', line: 1, text: source() }] })];
    const text = terminalReport(quietReview({ verdict: 'block', findings, lessons: { 'secret-in-code': secretCard } }), { ...plain, lineOf: source });
    expect(text).not.toContain(value);
    expect(text).toContain('evidence  config/database.yml:3');
  });

  test('the head is not shown for a finding of an earlier commit', () => {
    const text = terminalReport(quietReview({ verdict: 'warn', findings: [finding({ commit: 'abcdef0123456', evidence: [] })] }), { ...plain, lineOf: source });
    expect(text).toContain('It stands in commit abcdef0123 of this change, no longer at its head (fingerprint 3f2a9c41).');
    expect(text).not.toContain('│');
  });
});

describe('colours', () => {
  test('are written only when told, and every one is closed', () => {
    expect(terminalReport(richReview(), { ...plain, lineOf })).not.toContain('\u001b');
    const text = terminalReport(richReview(), { ...plain, lineOf, colour: true });
    expect(text.match(/\u001b\[(?:1|2|31|32|33|36)m/g)!.length).toBe(text.match(/\u001b\[(?:22|39)m/g)!.length);
    expect(text.replace(/\u001b\[\d+m/g, '').replaceAll('`', '')).toBe(terminalReport(richReview(), { ...plain, lineOf }).replaceAll('`', ''));
  });

  test('code that runs over two lines is coloured on both', () => {
    const text = terminalReport(quietReview({ verdict: 'warn', findings: [finding({ message: 'Here `aaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbb cccccccccccc` ends' })] }), { colour: true, width: 40 });
    expect(text).toContain('  Here \u001b[36maaaaaaaaaaaaaaaaaaaa\u001b[39m\n  \u001b[36mbbbbbbbbbbbbbbbbbbbbb cccccccccccc\u001b[39m\n');
  });
});

describe('width', () => {
  test.each([40, 60, 80, 120, 200])('prose and code stay within %i columns', (width) => {
    const review = richReview();
    const text = terminalReport({ ...review, findings: review.findings.filter(({ lesson }) => lesson === 'missing-limit'), lessons: { 'missing-limit': limitCard } }, { colour: false, width, lineOf: () => 'x'.repeat(500) });
    const prose = text.split('\n').filter((line) => line.startsWith('  ') && !line.includes('lesson-ok'));
    for (const line of prose) expect(line.length).toBeLessThanOrEqual(width);
  });
});

describe('hostile text', () => {
  test.each(hostileTexts.map((text, index) => ({ text, index })))('$index reaches the terminal as text', ({ text }) => {
    const one = finding({ lesson: text, path: text, message: text, advice: text, fingerprint: text, evidence: [{ path: text, line: 3, text: `x${text}` }, { path: 'x', line: 1, text: `y${text}` }] });
    const review = quietReview({
      verdict: 'block',
      findings: [one, { ...one, commit: text }],
      fixed: [{ lesson: text, path: text, line: 1, message: text, fingerprint: text }],
      waived: [{ ...one, waiver: { reason: text, path: text, line: 1, until: text } }],
      notes: [{ code: text, message: text, hint: text, path: text, line: 1, column: 1, incomplete: false }],
      skipped: [{ path: text, why: 'symlink' }],
      lessons: { [text]: card({ id: text, title: text, story: { what: text, cost: { money: text } }, lesson: text, ask: [text] }) },
    });
    for (const colour of [false, true]) {
      const shown = terminalReport(review, { colour, width: 80, lineOf: () => `\t${text}` }).replace(/\u001b\[(?:1|2|31|32|33|36|22|39)m/g, '');
      expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      expect(shown).not.toMatch(/^\s*::|##\[/m);
      expect(shown.length).toBeLessThan(40_000);
    }
  });
});
