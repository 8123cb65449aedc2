import type { Files } from './service-code.ts';

/** So many cards as teams write them: about half are patterns of code, the others ask for words of the vocabulary. All look at TypeScript. */
export function teamCards(count: number): Files {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`.github/lessons/${card(index).id}.yml`, cardText(card(index))]));
}

type Card = { id: string; message: string; detect: string; bad: string; good: string };

const calls = ['parseFloat', 'setImmediate', 'structuredClone', 'atob', 'escape', 'unescape', 'queueMicrotask', 'encodeURI', 'decodeURI', 'isNaN'];

function card(index: number): Card {
  const call = `${calls[index % calls.length]}${index < calls.length * 4 ? '' : 'Legacy'}`;
  const id = `team-${String(index).padStart(3, '0')}`;
  switch (index % 4) {
    case 0:
      return { id, message: '`$X` goes through a function that we left behind.', detect: `code: "${call}($X)"`, bad: `const value = ${call}(row.value);`, good: 'const value = Number(row.value);' };
    case 1:
      return {
        id, message: '`$CALL` writes inside a loop.', detect: 'is: { db-call: { verb: write, as: $CALL } }\n  inside: { is: { iteration: { over: data } } }',
        bad: 'for (const user of users) {\n        await prisma.user.update({ where: { id: user.id }, data: { seen: true } });\n      }', good: 'await prisma.user.updateMany({ data: { seen: true } });',
      };
    case 2:
      return { id, message: '`$X` decides a header.', detect: `code: "$RES.setHeader('x-${call.toLowerCase()}', $X)"`, bad: `res.setHeader('x-${call.toLowerCase()}', value);`, good: "res.setHeader('etag', value);" };
    default:
      return {
        id, message: '`$X` is logged where nobody reads it.', detect: `code: "console.${['log', 'info', 'debug', 'trace'][(index >> 2) % 4]}($$$, $X)"\n  where: { $X: { text: "(?i)${call.toLowerCase()}|token|session" } }`,
        bad: `console.${['log', 'info', 'debug', 'trace'][(index >> 2) % 4]}('seen', session);`, good: "logger.info('seen');",
      };
  }
}

function cardText({ id, message, detect, bad, good }: Card): string {
  return `id: ${id}
title: A lesson of this team
severity: warn
status: active
story:
  what: Something went wrong here once, and it took an afternoon to find out what.
  cost: { minutes: 95 }
lesson: There is another way, and it is written down.
scope: { files: ["**/*.ts"], except: ["**/*.test.ts"] }
message: "${message}"
detect:
  ${detect}
examples:
  bad:
    - |
      ${bad}
  good:
    - ${JSON.stringify(good)}
`;
}
