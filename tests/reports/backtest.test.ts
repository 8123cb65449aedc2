import { describe, expect, test } from 'vitest';
import { backtestFigures, backtestReport, type BacktestPull, type BacktestResult } from '../../src/reports/backtest.ts';
import { card, finding, hostileTexts, limitCard, limitFinding } from './sample-review.ts';

const pull = (changes: Partial<BacktestPull> = {}): BacktestPull => ({
  commit: '0123456789abcdef',
  subject: 'Add the users page (#12)',
  date: '2026-03-01',
  inline: 0,
  summaryLines: 0,
  findings: [],
  verdict: 'pass',
  milliseconds: 100,
  readOutsideChange: 3,
  ...changes,
});

const result: BacktestResult = {
  repository: 'acme/shop',
  head: 'fedcba9876543210',
  pulls: [
    pull({ commit: 'aaaaaaaaaaaa', inline: 2, summaryLines: 1, findings: [finding({ line: 20 }), finding(), limitFinding], verdict: 'warn', milliseconds: 2500, readOutsideChange: 40 }),
    pull({ commit: 'bbbbbbbbbbbb' }),
    pull({ commit: 'cccccccccccc', inline: 1, findings: [finding({ severity: 'block' })], verdict: 'block', milliseconds: 400 }),
    pull({ commit: 'dddddddddddd', milliseconds: 300, verdict: 'incomplete' }),
    pull({ commit: 'eeeeeeeeeeee', verdict: 'incomplete', failed: 'git could not read the tree', milliseconds: 0 }),
  ],
  lessons: { 'n-plus-one': card(), 'missing-limit': limitCard },
};

describe('the figures', () => {
  test('count comments per pull request that was reviewed', () => {
    expect(backtestFigures(result)).toEqual({
      pulls: 5,
      failed: 1,
      incomplete: 1,
      comments: { total: 3, mean: 0.75, median: 0.5, p95: 2, max: 2 },
      withComments: 2,
      withFindings: 2,
      blocked: 1,
      lessons: [
        { lesson: 'n-plus-one', findings: 3, comments: 3, pulls: 2 },
        { lesson: 'missing-limit', findings: 1, comments: 0, pulls: 1 },
      ],
      milliseconds: { median: 350, p95: 2500, max: 2500 },
      readOutsideChange: { median: 3, p95: 40, max: 40 },
    });
  });

  test('p95 is the nearest rank, the median the middle', () => {
    const pulls = Array.from({ length: 101 }, (_, index) => pull({ inline: (index * 37) % 101 }));
    expect(backtestFigures({ ...result, pulls }).comments).toEqual({ total: 5050, mean: 50, median: 50, p95: 95, max: 100 });
    expect(backtestFigures({ ...result, pulls: pulls.slice(0, 20).map((one, index) => ({ ...one, inline: index })) }).comments).toMatchObject({ median: 9.5, p95: 18, max: 19 });
  });

  test('of nothing are nothing', () => {
    const none = backtestFigures({ ...result, pulls: [] });
    expect(none.comments).toEqual({ total: 0, mean: 0, median: 0, p95: 0, max: 0 });
    for (const format of ['terminal', 'markdown', 'json'] as const) expect(backtestReport({ ...result, pulls: [] }, format)).not.toMatch(/NaN|Infinity|undefined/);
  });
});

test('for a terminal', () => {
  expect(backtestReport(result, 'terminal')).toMatchInlineSnapshot(`
    "5 pull requests of acme/shop, up to fedcba9876543210

    Comments per pull request: mean 0.75, median 0.5, p95 2, max 2 (3 in all)
    Pull requests with a comment: 2 of 4 (50 %)
    Pull requests with any finding: 2 of 4 (50 %)
    Pull requests that would have been blocked: 1 of 4 (25 %)
    Time per pull request: median 350 ms, p95 2.5 s, max 2.5 s
    Files read outside the change: median 3, p95 40, max 40
    Not fully reviewed: 1 failed, 1 incomplete

    By lesson
      n-plus-one     3 findings in 2 pull requests, 3 comments
      missing-limit  1 finding in 1 pull request, 0 comments

    aaaaaaaaaa  2026-03-01  Add the users page (#12)  warn
      src/orders.ts:40  warn  missing-limit  summary
        \`prisma.order.findMany\` reads every row of \`order\`.
      src/users.ts:14  warn  n-plus-one  inline
        \`loadPosts(user)\` goes to the database once for every \`user\` of \`users\`.
      src/users.ts:20  warn  n-plus-one  inline
        \`loadPosts(user)\` goes to the database once for every \`user\` of \`users\`.

    cccccccccc  2026-03-01  Add the users page (#12)  block
      src/users.ts:14  block  n-plus-one  inline
        \`loadPosts(user)\` goes to the database once for every \`user\` of \`users\`.

    Slowest
      2.5 s  aaaaaaaaaa  2026-03-01  Add the users page (#12)
      400 ms  cccccccccc  2026-03-01  Add the users page (#12)
      300 ms  dddddddddd  2026-03-01  Add the users page (#12)

    Not fully reviewed
      dddddddddd  2026-03-01  Add the users page (#12): incomplete
      eeeeeeeeee  2026-03-01  Add the users page (#12): git could not read the tree
    "
  `);
});

test('as Markdown', () => {
  expect(backtestReport(result, 'markdown')).toMatchInlineSnapshot(`
    "## 5 pull requests of \`acme/shop\`, up to \`fedcba9876543210\`

    - Comments per pull request: mean 0.75, median 0.5, p95 2, max 2 (3 in all)
    - Pull requests with a comment: 2 of 4 (50 %)
    - Pull requests with any finding: 2 of 4 (50 %)
    - Pull requests that would have been blocked: 1 of 4 (25 %)
    - Time per pull request: median 350 ms, p95 2.5 s, max 2.5 s
    - Files read outside the change: median 3, p95 40, max 40
    - Not fully reviewed: 1 failed, 1 incomplete

    | lesson | findings | comments | pull requests |
    |---|--:|--:|--:|
    | \`n-plus-one\` Load related rows in one query | 3 | 3 | 2 |
    | \`missing-limit\` Every list query has a limit | 1 | 0 | 1 |

    **\`aaaaaaaaaa\` 2026-03-01 Add the users page (\\#&#8203;12)** · warn

    - \`src/orders.ts:40\` \`missing-limit\` (warn, summary) \`prisma.order.findMany\` reads every row of \`order\`.
    - \`src/users.ts:14\` \`n-plus-one\` (warn, inline) \`loadPosts(user)\` goes to the database once for every \`user\` of \`users\`.
    - \`src/users.ts:20\` \`n-plus-one\` (warn, inline) \`loadPosts(user)\` goes to the database once for every \`user\` of \`users\`.

    **\`cccccccccc\` 2026-03-01 Add the users page (\\#&#8203;12)** · block

    - \`src/users.ts:14\` \`n-plus-one\` (block, inline) \`loadPosts(user)\` goes to the database once for every \`user\` of \`users\`.

    ### Slowest

    - 2.5 s: \`aaaaaaaaaa\` 2026-03-01 Add the users page (\\#&#8203;12)
    - 400 ms: \`cccccccccc\` 2026-03-01 Add the users page (\\#&#8203;12)
    - 300 ms: \`dddddddddd\` 2026-03-01 Add the users page (\\#&#8203;12)

    ### Not fully reviewed

    - \`dddddddddd\` 2026-03-01 Add the users page (\\#&#8203;12): incomplete
    - \`eeeeeeeeee\` 2026-03-01 Add the users page (\\#&#8203;12): git could not read the tree
    "
  `);
});

test('as JSON', () => {
  const value = JSON.parse(backtestReport(result, 'json'));
  expect(Object.keys(value)).toEqual(['schema', 'repository', 'head', 'figures', 'pulls', 'lessons']);
  expect(value.schema).toBe('once-bitten.backtest/1');
  expect(value.figures).toEqual(JSON.parse(JSON.stringify(backtestFigures(result))));
  expect(value.pulls).toEqual(result.pulls);
});

test.each(hostileTexts.map((text, index) => ({ text, index })))('hostile text $index stays text', ({ text }) => {
  const hostile: BacktestResult = {
    repository: text,
    head: text,
    pulls: [pull({ commit: text, subject: text, date: text, findings: [finding({ lesson: text, path: text, message: text })], inline: 1 }), pull({ commit: text, failed: text })],
    lessons: { [text]: card({ id: text, title: text }) },
  };
  for (const format of ['terminal', 'markdown', 'json'] as const) {
    const report = backtestReport(hostile, format);
    expect(report).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|##\[/);
    expect(report).not.toMatch(/^\s*::/m);
  }
  const outsideCode = backtestReport(hostile, 'markdown').replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
  expect(outsideCode).not.toMatch(/<(?!\/?(?:code|span)>)|(?<!&)#\d|@[\w-]|https?:\/\//);
});
