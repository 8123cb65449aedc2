import { SmallGitHub, usual, type Permissions, type Pull } from '../github/small-github/host.ts';
import type { Files } from '../github/small-github/history.ts';
import type { BuiltAction } from './built-action.ts';
import { payloadOf, runAction, type Run, type Start } from './run-action.ts';

/** A card with one plain matcher, so that these tests are about GitHub and not about the vocabulary. */
export const card = `id: no-dangerous
title: Nothing goes into dangerous
severity: block
status: active
story:
  what: Somebody called dangerous, and the night was short.
  cost: { minutes: 95 }
lesson: Call the safe one.
message: "\`$X\` goes into \`dangerous\`."
detect: { code: "dangerous($X)" }
examples:
  bad: ["dangerous(input);"]
  good: ["safe(input);"]
`;

export const settings = 'extends: []\n';

/** What every repository here has at its base. */
export const team: Files = { '.github/lessons/no-dangerous.yml': card, '.github/once-bitten.yml': settings };

/** A file with a call of \`dangerous\` for each argument, each in a function of its own, and some innocent lines around. */
export function code(...inputs: string[]): string {
  const calls = inputs.map((input) => `export function on_${input}(${input}: string) {\n  return dangerous(${input});\n}\n`);
  return `import { dangerous, safe } from './lib';\n\nexport const first = safe('one');\nexport const second = safe('two');\n\n${calls.join('\n')}\nexport const last = safe('three');\n`;
}

/** One GitHub with one pull request, for one test. */
export type World = {
  host: SmallGitHub;
  pull: Pull;
  /** Runs the Action on an event of this pull request. */
  run(start?: Partial<Start>): Promise<Run>;
};

/** Opens a world, plays in it, and closes it. Whatever the Action sent must be what GitHub describes, and its token must not be told. */
export async function inWorld(action: BuiltAction, head: Files, play: (world: World) => Promise<void>, options: { base?: Files; token?: Permissions; pull?: Parameters<SmallGitHub['pull']>[2] } = {}): Promise<void> {
  const host = await SmallGitHub.open();
  const token = 'a-token-that-nobody-may-see';
  try {
    host.tokens.set(token, options.token ?? usual);
    const base = { ...team, 'src/app.ts': code(), ...options.base };
    const pull = await host.pull(base, { ...base, ...head }, options.pull);
    const runs: Run[] = [];
    const run = async (start: Partial<Start> = {}): Promise<Run> => {
      const done = await runAction(action, host, { event: 'pull_request', payload: payloadOf(pull), token, ...start });
      runs.push(done);
      return done;
    };
    await play({ host, pull, run });
    if (host.wrongs.length > 0) throw new Error(host.wrongs.join('\n'));
    for (const { log, summary, report, sarif } of runs) {
      // The runner hides what follows add-mask; nothing else may hold the token.
      const shown = [log.replace(`::add-mask::${token}\n`, ''), summary, JSON.stringify(report ?? ''), sarif ?? ''].join('\n');
      if (shown.includes(token)) throw new Error('the token was told');
    }
    const written = JSON.stringify([host.pulls, host.checkRuns]);
    if (written.includes(token)) throw new Error('the token was written to GitHub');
  } finally {
    host.close();
  }
}

/** The base that every world has. */
export const base: Files = { ...team, 'src/app.ts': code() };
