/** The files that `init` writes. */

export const workflow = `name: Lessons
on:
  pull_request: { types: [opened, synchronize, reopened, ready_for_review] }
  merge_group:
permissions: { contents: read, pull-requests: write, checks: write }
jobs:
  lessons:
    runs-on: ubuntu-latest
    steps: [ { uses: once-bitten/once-bitten@v1 } ]
`;

/** A pull request from a fork gets a token that may only read; this one runs afterwards, with the base repository's. */
export const forksWorkflow = `# Reviews pull requests from forks and from Dependabot, whose own runs may not write comments.
# It reads their changes as text through GitHub's API: nothing of them is checked out, installed or run.
name: Lessons (forks)
on:
  workflow_run: { workflows: [Lessons], types: [completed] }
permissions: { contents: read, pull-requests: write, checks: write }
jobs:
  lessons:
    runs-on: ubuntu-latest
    steps: [ { uses: once-bitten/once-bitten@v1 } ]
`;

export const settingsTemplate = `# Settings of Once Bitten. All of them are optional; what stands behind # is what holds anyway.
# A change is judged by the settings and cards of the branch that it goes to, never by its own.

# The built-in lessons: once-bitten:recommended, once-bitten:all, or [] for none.
# extends: [once-bitten:recommended]

# Per lesson: off, or any of severity (note, warn, block), status (trial: summary only, active) and scope.
# lessons:
#   n-plus-one: { severity: block }
#   missing-limit: { scope: { files: ["src/**"] } }

# What fails the check: block, warn or never.
# gate: block

# Comments on one pull request at most, and of one lesson.
# comments: { inline: 10, per-lesson: 3 }

# Files that nobody reviews.
# ignore: ["**/generated/**"]

# Who may say "not here" with \`// lesson-ok <id>: <reason>\`.
# waivers: { allow: true, by-author: true, from-forks: false }
`;

export const firstCard = `# A lesson card: one mistake that was paid for, and how to see that it comes back. Make this one yours.
# Prove it with \`once-bitten check\`, see what it finds with \`once-bitten try .github/lessons/money-as-float.yml\`.
# yaml-language-server: $schema=https://raw.githubusercontent.com/once-bitten/once-bitten/v1/schema/lesson.schema.json

# What waivers and settings call it.
id: money-as-float
title: Amounts of money are counted in cents

# note (summary only), warn, or block (fails the check).
severity: warn
# draft does not speak yet. trial speaks in the summary only, active in comments on the line.
status: draft

# What happened and what it cost. A card is remembered for its story. No names of people.
story:
  what: Prices were read with parseFloat. Sums were a cent off on every hundredth invoice, and accounting found out in March.
  cost: { people-days: 3 }

# What we do now.
lesson: Read amounts as whole cents, and let only the display divide by a hundred.

# Where to read more: addresses, files of this repository, or "#123".
links: { explained: https://martinfowler.com/eaaCatalog/money.html }

# Whom to ask. Shown as text, so that nobody is pinged.
ask: []

# Where to look. Globs count from the root of the repository.
scope: { except: ["**/*.test.*"] }

# What the line does, in one sentence, with the code's own names.
message: "\`$AMOUNT\` becomes a floating-point number."

# What to look for: words of the vocabulary (once-bitten words), or code with $X for one part and $$$ for any number.
detect:
  code: parseFloat($AMOUNT)
  where: { $AMOUNT: { text: "(?i)price|amount|total" } }

# Where it is fine all the same, and why.
fine-when:
  - inside: { code: Math.round($$$) }
    because: it is rounded to whole cents at once

# The proof: \`check\` runs them, and so does every review that the card may speak in.
examples:
  bad:
    - const price = parseFloat(row.price);
  good:
    - const price = Math.round(parseFloat(row.price) * 100);
    - const width = parseFloat(style.width);

# The day after which \`check\` asks whether the card still holds.
# expires: { review: 2027-06-01 }
`;
