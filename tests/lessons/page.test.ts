import { describe, expect, test } from 'vitest';
import type { Lesson } from '../../src/lessons/lesson.ts';
import { lessonPage, sayCost } from '../../src/lessons/page.ts';
import { readLesson } from '../../src/lessons/read-lesson.ts';
import { cardWith } from './sound-card.ts';
import { knownWords } from './words.ts';

const lessonOf = (text: string): Lesson => {
  const { lesson, faults } = readLesson(text, '.github/lessons/orders.yml', { knownWords });
  expect(faults).toEqual([]);
  return lesson!;
};

test('a page tells the whole story of a card', () => {
  expect(`\n${lessonPage(lessonOf(`
id: orders-n-plus-one
title: Load order lines for all orders at once
severity: warn
story:
  what: |
    The CSV export asked the database once per order.
    At month end 4,100 orders exhausted the pool & checkout stopped <b>for all</b>.
  cost: { minutes: 47, users: 9000, money: "about 18,000 EUR", people-days: 1 }
lesson: Collect the ids first, then one call with all ids; see \`Repo<Order>\`.
links: { postmortem: docs/2025-03-31.md, fix: "#812", docs: "https://example.com/a_(b)" }
ask: ["@acme/orders", "#data"]
scope: { files: ["services/**/*.ts"], except: ["**/*.test.ts"] }
message: "\`$CALL\` goes to the database once for every element."
detect:
  is: { db-call: { as: $CALL, verb: [read-many, read-one] } }
  inside: { any: [ { is: iteration }, { code: "repeat($N, $_)", from: "@acme/loops" } ] }
  without: { code: "{ batch: true }" }
  where: { $CALL: { text: "^orders\`?" } }
grades:
  - { when: { is: { db-call: { verb: write } }, not: { inside: { is: request-handler } } }, severity: note }
fine-when:
  - { inside: { code: "chunk($_, $SIZE)", where: { $SIZE: { number: ">= 100", literal: true } } }, because: one call per chunk is what we want. }
fix: { steps: [collect the ids, make one call], replace: "ordersRepo.loadMany($CALL)" }
examples:
  bad:
    - |
      for (const order of orders) {
        lines.push(await ordersRepo.load(order.id));
      }
  good:
    - "const lines = await ordersRepo.loadMany(ids); // \`\`\`"
    - { file: .env.test, code: "BATCH=100" }
expires: { review: 2026-09-30 }
`))}`).toMatchInlineSnapshot(`
  "
  # Load order lines for all orders at once

  \`orders-n-plus-one\` · warn · active · from \`.github/lessons/orders.yml\`

  ## What happened

  The CSV export asked the database once per order. At month end 4,100 orders exhausted the pool & checkout stopped \\<b>for all\\</b>.

  It cost 47 minutes, 9,000 users, about 18,000 EUR, 1 people-day.

  ## What we do now

  Collect the ids first, then one call with all ids; see \`Repo<Order>\`.

  ## What is looked for

  \`db-call\` with verb \`read-many\` or \`read-one\`, inside (\`iteration\` or \`repeat($N, $_)\` from \`@acme/loops\`), without \`{ batch: true }\` inside it, where \`$CALL\` matches \`\`^orders\`?\`\`.

  In \`services/**/*.ts\`, but not in \`**/*.test.ts\`.

  Its severity is warn, except:

  - note: \`db-call\` with verb \`write\`, not inside \`request-handler\`

  ## How it looks

  This is caught:

  \`\`\`ts
  for (const order of orders) {
    lines.push(await ordersRepo.load(order.id));
  }
  \`\`\`

  This is fine:

  \`\`\`\`ts
  const lines = await ordersRepo.loadMany(ids); // \`\`\`
  \`\`\`\`

  In \`.env.test\`:

  \`\`\`dotenv
  BATCH=100
  \`\`\`

  ## How to mend it

  1. collect the ids
  2. make one call

  Instead:

  \`\`\`ts
  ordersRepo.loadMany($CALL)
  \`\`\`

  ## Where it is fine

  - One call per chunk is what we want (inside (\`chunk($_, $SIZE)\`, where \`$SIZE\` is at least 100 and is written out))

  ## Whom to ask

  \`@acme/orders\`, \`#data\`

  ## Read more

  - postmortem: \`docs/2025-03-31.md\`
  - fix: \`#812\`
  - [docs](https://example.com/a_%28b%29)

  ## When it does not hold here

  Say so on the line, or on the line above it, and say why:

  \`\`\`ts
  // lesson-ok orders-n-plus-one: <reason>
  \`\`\`

  With \`until=YYYY-MM-DD\` behind the reason it holds until that day.

  This card is looked at again on 2026-09-30.
  "
`);
});

test('a small card has a small page', () => {
  expect(`\n${lessonPage({ ...lessonOf(cardWith()), origin: 'built-in' })}`).toMatchInlineSnapshot(`
    "
    # Load related rows in one query

    \`n-plus-one\` · warn · active · built-in lesson

    ## What happened

    100 users took over 10,000 queries.

    It cost 95 minutes.

    ## What we do now

    Ask once for all rows, never once per row.

    ## What is looked for

    \`db-call\`, inside \`iteration\`.

    ## How it looks

    This is caught:

    \`\`\`ts
    for (const u of us) await db.find(u)
    \`\`\`

    This is fine:

    \`\`\`ts
    await db.find(us)
    \`\`\`

    ## When it does not hold here

    Say so on the line, or on the line above it, and say why:

    \`\`\`ts
    // lesson-ok n-plus-one: <reason>
    \`\`\`

    With \`until=YYYY-MM-DD\` behind the reason it holds until that day.
    "
  `);
});

test('a card that only reminds, and cannot be waived', () => {
  const page = lessonPage(lessonOf(cardWith({ detect: undefined, message: undefined, examples: undefined, touches: 'touches: { files: ["billing/**"], symbols: [charge] }', waivers: 'waivers: false' })));
  expect(page).toContain('Nothing is checked: the story is recalled when a change touches `billing/**`, `charge`.');
  expect(page).toContain('This lesson cannot be waived.');
  expect(page).not.toContain('lesson-ok');
});

test('examples cannot close their fence', () => {
  const page = lessonPage(lessonOf(cardWith({ examples: 'examples:\n  bad: ["````\\n# not a heading"]\n  good: [x]' })));
  expect(page).toContain('`````ts\n````\n# not a heading\n`````');
});

describe('a cost in words', () => {
  test.for<[object, string]>([
    [{}, ''],
    [{ minutes: 1 }, '1 minute'],
    [{ minutes: 95, users: 12345 }, '95 minutes, 12,345 users'],
    [{ money: 18000, 'people-days': 2.5 }, '18,000, 2.5 people-days'],
    [{ money: ' about 18,000 EUR ' }, 'about 18,000 EUR'],
  ])('%j', ([cost, said], { expect: here }) => { here(sayCost(cost)).toBe(said); });
});
