import { createRequire as __createRequire } from 'node:module'; import { fileURLToPath as __toPath } from 'node:url'; import { dirname as __dirnameOf } from 'node:path'; const require = __createRequire(import.meta.url); const __filename = __toPath(import.meta.url); const __dirname = __dirnameOf(__filename);
import{d}from"./chunk-YKSOIJDM.js";import{a as l}from"./chunk-BRXN2VAK.js";import"./chunk-4VRHSELY.js";import"./chunk-EO6GSTNK.js";import{a as c}from"./chunk-XCRHQPWO.js";import"./chunk-43P5R6B4.js";import h from"node:fs";import a from"node:path";var m=`name: Lessons
on:
  pull_request: { types: [opened, synchronize, reopened, ready_for_review] }
  merge_group:
permissions: { contents: read, pull-requests: write, checks: write }
jobs:
  lessons:
    runs-on: ubuntu-latest
    steps: [ { uses: once-bitten/once-bitten@v1 } ]
`,w=`# Reviews pull requests from forks and from Dependabot, whose own runs may not write comments.
# It reads their changes as text through GitHub's API: nothing of them is checked out, installed or run.
name: Lessons (forks)
on:
  workflow_run: { workflows: [Lessons], types: [completed] }
permissions: { contents: read, pull-requests: write, checks: write }
jobs:
  lessons:
    runs-on: ubuntu-latest
    steps: [ { uses: once-bitten/once-bitten@v1 } ]
`,f=`# Settings of Once Bitten. All of them are optional; what stands behind # is what holds anyway.
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
`,u=`# A lesson card: one mistake that was paid for, and how to see that it comes back. Make this one yours.
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
`;var T=async({options:o},t)=>{let{root:n}=await d(o.repo??".","Name a clone that has one, and commit there what is written."),e=[[".github/workflows/lessons.yml",m],...o.forks?[[".github/workflows/lessons-forks.yml",w]]:[],[".github/once-bitten.yml",f],[".github/lessons/money-as-float.yml",u]].map(([s,i])=>`${p(n,s,i)?"wrote":"kept "}  ${s}`);return t.print(`${[...e,"",...y(o.forks===!0,t.program)].join(`
`)}
`),l.fine};function p(o,t,n){let r=a.dirname(t).split("/").map((e,s,i)=>a.join(o,...i.slice(0,s+1)));for(let e of r){let s=h.lstatSync(e,{throwIfNoEntry:!1});if(s&&!s.isDirectory())throw new c("usage/exists",{message:`${a.relative(o,e)} is there, and it is no folder`,hint:"move it away, then run init again"});s||h.mkdirSync(e)}try{return h.writeFileSync(a.join(o,t),n,{flag:"wx"}),!0}catch(e){if(e.code==="EEXIST")return!1;throw new c("usage/wrong-value",{message:`${t} cannot be written: ${e.message}`,hint:"see whether the folder may be written to"})}}function y(o,t){let n=[`${t} review`,`${t} check`],r=Math.max(...n.map(e=>e.length));return["What to do next:",`  1. ${n[0].padEnd(r)}  what the current branch would be told`,`  2. ${n[1].padEnd(r)}  proves the cards; write a first story of your own into .github/lessons`,'  3. Commit these files and open a pull request: the check is named "Once Bitten".',"  4. Require that check in the rules of the default branch, once you trust it.",...o?["  5. The second workflow begins to work when it is on the default branch."]:["",`Pull requests come from forks, too? Then also: ${t} init --forks`]]}export{T as run};
