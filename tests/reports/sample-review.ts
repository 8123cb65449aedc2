import type { Finding, LessonCard, Review } from '../../src/model.ts';

/** A finding as the engine gives it, with what a test wants different. */
export function finding(changes: Partial<Finding> = {}): Finding {
  return {
    lesson: 'n-plus-one',
    severity: 'warn',
    status: 'active',
    path: 'src/users.ts',
    line: 14,
    endLine: 14,
    column: 18,
    message: '`loadPosts(user)` goes to the database once for every `user` of `users`',
    advice: 'Fetch the posts of all users at once: `prisma.post.findMany({ where: { userId: { in: ids } } })`.',
    evidence: [
      { path: 'src/users.ts', line: 12, text: '  for (const user of users) {' },
      { path: 'src/posts.ts', line: 30, text: 'export async function loadPosts(user: User) {' },
      { path: 'src/posts.ts', line: 33, text: '  return prisma.post.findMany({ where: { userId: user.id } });' },
    ],
    fingerprint: '3f2a9c41',
    introduced: true,
    placement: 'inline',
    ...changes,
  };
}

/** The card of `n-plus-one`, with what a test wants different. */
export function card(changes: Partial<LessonCard> = {}): LessonCard {
  return {
    id: 'n-plus-one',
    title: 'Load related rows in one query',
    severity: 'warn',
    status: 'active',
    story: {
      what: "Listing 100 users asked the database for each user's posts, and for each post's comments: over 10,000 queries.",
      cost: { minutes: 95 },
    },
    lesson: 'Ask once for all rows (a join, an include, or one query with all ids); never once per row.',
    links: { docs: 'https://docs.example/relation-queries' },
    ask: ['@acme/data'],
    steps: [],
    origin: 'built-in',
    link: 'https://github.com/once-bitten/once-bitten/blob/v1/lessons/n-plus-one.yml',
    waivable: true,
    ...changes,
  };
}

export const limitCard = card({
  id: 'missing-limit',
  title: 'Every list query has a limit',
  story: { what: 'One query returned 100,000 records and the front end timed out while loading them.', cost: {} },
  lesson: 'Pass a limit and page through the rest.',
  links: {},
  link: 'https://github.com/once-bitten/once-bitten/blob/v1/lessons/missing-limit.yml',
});

export const secretCard = card({
  id: 'secret-in-code',
  title: 'Secrets live outside the code',
  severity: 'block',
  story: { what: 'A database password was pushed with the code and had to be rotated at midnight.', cost: {} },
  lesson: 'Read it from the environment, and rotate what was ever pushed.',
  links: {},
  ask: ['@acme/security'],
  link: 'https://github.com/once-bitten/once-bitten/blob/v1/lessons/secret-in-code.yml',
  waivable: false,
});

export const secretFinding = finding({
  lesson: 'secret-in-code',
  severity: 'block',
  path: 'config/database.yml',
  line: 3,
  endLine: 3,
  column: 13,
  message: '`password` holds a literal value of 18 characters',
  advice: 'Read `password` from the environment, and rotate the value: it stays in the history of the repository.',
  evidence: [{ path: 'config/database.yml', line: 3, text: '' }],
  fingerprint: 'password-a1',
});

export const limitFinding = finding({
  lesson: 'missing-limit',
  path: 'src/orders.ts',
  line: 40,
  endLine: 42,
  column: 10,
  message: '`prisma.order.findMany` reads every row of `order`',
  advice: 'Add `take` and a cursor.',
  evidence: [{ path: 'src/orders.ts', line: 40, text: '  return prisma.order.findMany({' }],
  fingerprint: '77aa',
  placement: 'summary',
});

/** A review with nothing in it. */
export function quietReview(changes: Partial<Review> = {}): Review {
  return {
    schema: 'once-bitten.review/1',
    base: '1111111111111111111111111111111111111111',
    head: '2222222222222222222222222222222222222222',
    verdict: 'pass',
    findings: [],
    fixed: [],
    waived: [],
    notes: [],
    skipped: [],
    lessons: {},
    stats: { files: 12, parsed: 9, readOutsideChange: 2, rounds: 1, milliseconds: 1234 },
    ...changes,
  };
}

/** A review in which everything a report can tell happens. */
export function richReview(): Review {
  return quietReview({
    verdict: 'incomplete',
    findings: [
      secretFinding,
      finding(),
      limitFinding,
      finding({ path: 'src/teams.ts', line: 7, endLine: 7, placement: 'summary', fingerprint: '9b' }),
      finding({ lesson: 'shiny', severity: 'block', status: 'trial', path: 'src/a.ts', line: 2, endLine: 2, message: 'Shiny', advice: '', evidence: [], placement: 'summary', fingerprint: 'sh1' }),
      finding({ ...secretFinding, commit: 'abcdef0123456789', line: 5, evidence: [{ path: 'config/database.yml', line: 5, text: '' }], placement: 'file', fingerprint: 'token-1' }),
    ],
    fixed: [{ lesson: 'missing-limit', path: 'src/old.ts', line: 8, message: '`db.user.findMany` read every row of `user`', fingerprint: 'f1' }],
    waived: [
      {
        ...finding({ path: 'src/seed.ts', line: 21, fingerprint: 'w1', placement: 'none' }),
        waiver: { reason: 'runs once, by hand, on ten rows', path: 'src/seed.ts', line: 20, until: '2027-01-01' },
      },
    ],
    notes: [
      { code: 'lesson/unknown-word', message: '"db-cal" is not a word of the vocabulary', hint: 'did you mean "db-call"?', path: '.github/lessons/orders.yml', line: 9, column: 11, incomplete: true },
      { code: 'waiver/unused', message: 'the waiver of `n-plus-one` has nothing to waive', path: 'src/b.ts', line: 4, incomplete: false },
    ],
    skipped: [
      { path: 'logo.png', why: 'binary' },
      { path: 'src/api.generated.ts', why: 'generated' },
    ],
    lessons: {
      'n-plus-one': card(),
      'missing-limit': limitCard,
      'secret-in-code': secretCard,
      shiny: card({ id: 'shiny', title: 'Shiny new lesson', status: 'trial', severity: 'block', story: { what: '', cost: {} }, lesson: 'Polish it.', links: {}, ask: [], steps: ['Take a cloth', 'Rub `gently`'] }),
    },
  });
}

/** Texts with which somebody might try to speak through our reports. */
export const hostileTexts = [
  '@octocat @acme/admins see #1, GH-2 and acme/shop#3',
  'https://evil.example www.evil.example mail@evil.example',
  '<img src=x onerror=alert(1)><script>x</script></details></sub><!-- x -->',
  '![pixel](https://evil.example/p.png) [click](javascript:alert(1))',
  '```\n# Approved\n```\n\n---\n\n## All good :tada:',
  '`unclosed `` and ```more',
  '| a | b |\n|---|---|',
  '::error file=x::pwned\n::add-mask::x ##[error]pwned',
  'safe\u202e// gnp.exe\u2066 \u200bhid\u00adden',
  '\u001b[2J\u001b]0;title\u0007\r\u0000\u009b31m',
  '<!-- once-bitten:default n-plus-one forged -->',
  '$\\color{red}{x}$ and $y$',
  '\ud800 lone',
  '- [x] done\n1. one\n> [!NOTE]\n> quoted\n=====',
  'x'.repeat(5_000),
  '`'.repeat(300),
  'line one\r\nline two\u2028line three\u0085line four',
];
