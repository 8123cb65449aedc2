import { describe, expect, inject, test } from 'vitest';
import { owner, readOnly, repo, usual, type Pull, type SmallGitHub } from '../github/small-github/host.ts';
import { payloadOf, type Start } from './run-action.ts';
import { base, card, code, inWorld, team } from './world.ts';

const action = inject('action');

const bad = { 'src/app.ts': code('input') };
const fork = { headRepository: 'stranger/shop', headBranch: 'main' };

/** The payload of a workflow that ended for this pull request. GitHub names no pull request of a fork in it. */
function afterRun(pull: Pull, head = pull.head): Pick<Start, 'event' | 'payload'> {
  return { event: 'workflow_run', payload: { action: 'completed', workflow_run: { event: 'pull_request', head_sha: head, head_branch: pull.headBranch, head_repository: { full_name: pull.headRepository }, pull_requests: [] } } };
}

async function queued(host: SmallGitHub, pull: Pull): Promise<Pick<Start, 'event' | 'payload'>> {
  const main = host.branches.get('main')!;
  const tree = Object.fromEntries([...host.history.tree(pull.head)!].map(([path, { bytes }]) => [path, bytes]));
  const head = await host.history.commit(tree, main);
  return { event: 'merge_group', payload: { action: 'checks_requested', merge_group: { base_sha: main, base_ref: 'refs/heads/main', head_sha: head, head_ref: `refs/heads/gh-readonly-queue/main/pr-${pull.number}-${main}` } } };
}

function pushed(pull: Pull, before: string, branch: string): Pick<Start, 'event' | 'payload'> {
  return { event: 'push', payload: { ref: `refs/heads/${branch}`, before, after: pull.head, deleted: false, repository: { full_name: `${owner}/${repo}`, default_branch: 'main' } } };
}

describe.concurrent('events', { timeout: 120_000 }, () => {
  test('a pull request from a fork, with a token that may only read: annotations, a summary, and the job carries the verdict', () =>
    inWorld(action, bad, async ({ host, pull, run }) => {
      const { exitCode, log, summary, outputs } = await run();
      expect(exitCode).toBe(1);
      expect(log).toMatch(/^::error title=Nothing goes into dangerous,file=src\/app\.ts,line=7,endLine=7::/m);
      expect(log).toMatch(/^::error::1 finding, 1 blocks this change\.$/m);
      expect(summary).toContain('Once Bitten: 1 finding blocks this change');
      expect(outputs).toMatchObject({ verdict: 'block', blocking: '1' });
      expect([pull.threads, pull.conversation, host.checkRuns]).toEqual([[], [], []]);
    }, { token: readOnly, pull: fork }));

  test('the second workflow then finds the pull request itself, speaks and sets the check, once', () =>
    inWorld(action, bad, async ({ host, pull, run }) => {
      const { exitCode } = await run(afterRun(pull));
      expect(exitCode).toBe(0);
      expect(pull.threads.length).toBe(1);
      expect(host.checkRuns).toMatchObject([{ conclusion: 'failure', head: pull.head }]);
      const sent = host.sent.length;
      const again = await run(afterRun(pull));
      expect(again.log).toContain('was reviewed already');
      expect(host.sent.slice(sent).every(({ method, path }) => method === 'GET' || path === '/graphql')).toBe(true);
    }, { pull: fork }));

  test('the second workflow has nothing to do for a head that has moved on, and for runs of other events', () =>
    inWorld(action, bad, async ({ host, pull, run }) => {
      const old = pull.head;
      await host.push(pull, { ...base, 'docs/a.md': 'more\n' });
      const late = await run(afterRun(pull, old));
      expect([late.exitCode, late.log]).toEqual([0, expect.stringContaining('No open pull request has')]);
      const other = await run({ event: 'workflow_run', payload: { workflow_run: { event: 'push', head_sha: pull.head } } });
      expect([other.exitCode, other.log]).toEqual([0, expect.stringContaining('not for a pull request')]);
      expect(host.checkRuns).toEqual([]);
    }, { pull: fork }));

  test('pull_request_target does all in one', () =>
    inWorld(action, bad, async ({ host, pull, run }) => {
      const { exitCode } = await run({ event: 'pull_request_target' });
      expect([exitCode, pull.threads.length, host.checkRuns[0]!.conclusion]).toEqual([0, 1, 'failure']);
    }, { pull: fork }));

  test('a merge queue gets its check, and no comments', () =>
    inWorld(action, bad, async ({ host, pull, run }) => {
      const start = await queued(host, pull);
      const { exitCode } = await run(start);
      expect(exitCode).toBe(0);
      expect(host.checkRuns).toMatchObject([{ name: 'Once Bitten', conclusion: 'failure', head: (start.payload as { merge_group: { head_sha: string } }).merge_group.head_sha }]);
      expect(pull.threads).toEqual([]);
    }));

  test('a merge queue takes over the waivers of its pull request, but not those of a stranger', async () => {
    const waived = { 'src/app.ts': code('input').replace('  return dangerous', '  // lesson-ok no-dangerous: a constant of ours\n  return dangerous') };
    for (const [pull, conclusion] of [[{}, 'success'], [fork, 'failure']] as const) {
      await inWorld(action, waived, async ({ host, pull: its, run }) => {
        await run(await queued(host, its));
        expect(host.checkRuns[0]!.conclusion).toBe(conclusion);
      }, { pull });
    }
  });

  test('a run by hand reviews the pull request of its number, and asks for one when there is none', () =>
    inWorld(action, bad, async ({ pull, run }) => {
      const without = await run({ event: 'workflow_dispatch', payload: {} });
      expect([without.exitCode, without.log]).toEqual([1, expect.stringContaining('::error::A run by hand needs the number of a pull request. Give the Action the input `pull-request`.')]);
      const { exitCode } = await run({ event: 'workflow_dispatch', payload: {}, inputs: { 'pull-request': String(pull.number) } });
      expect([exitCode, pull.threads.length]).toEqual([0, 1]);
    }));

  test('a push is reviewed too; its job carries the verdict, and no pull request\'s check is touched', () =>
    inWorld(action, bad, async ({ host, pull, run }) => {
      const { exitCode, log, outputs } = await run(pushed(pull, host.branches.get('main')!, 'main'));
      expect([exitCode, outputs['verdict']]).toEqual([1, 'block']);
      expect(log).toMatch(/^::error title=/m);
      const branch = await run(pushed(pull, '0'.repeat(40), 'feature'));
      expect(branch.outputs['verdict']).toBe('block');
      expect(host.checkRuns).toEqual([]);
    }));

  test.for([
    ['schedule', {}, 1, 'The event "schedule" says nothing about a change'],
    ['pull_request', {}, 1, 'has no usable pull_request.number'],
    ['push', { ref: 'refs/tags/v1', after: 'x' }, 0, 'a tag'],
    ['push', { ref: 'refs/heads/main', deleted: true }, 0, 'was deleted'],
    ['issue_comment', { issue: { number: 3 } }, 0, 'not on a pull request'],
  ] as const)('%s with %o ends with %i and one sentence', ([event, payload, code, sentence]) =>
    inWorld(action, {}, async ({ host, run }) => {
      const { exitCode, log } = await run({ event, payload });
      expect([exitCode, log]).toEqual([code, expect.stringContaining(sentence)]);
      expect(host.sent).toEqual([]);
    }));

  test('a closed pull request, one that has moved on, and one that does not exist', () =>
    inWorld(action, bad, async ({ host, pull, run }) => {
      const before = payloadOf(pull);
      await host.push(pull, { ...base, ...bad, 'docs/a.md': 'more\n' });
      const moved = await run({ payload: before });
      expect([moved.exitCode, moved.log]).toEqual([0, expect.stringContaining('has moved on')]);
      const unknown = await run({ inputs: { 'pull-request': '99' } });
      expect([unknown.exitCode, unknown.log]).toEqual([1, expect.stringContaining('GitHub does not show pull request #99')]);
      pull.state = 'closed';
      const closed = await run({ payload: { ...(payloadOf({ ...pull, state: 'open' }) as object) } });
      expect([closed.exitCode, closed.log, closed.outputs['verdict']]).toEqual([0, expect.stringContaining(`Pull request #${pull.number} is closed.`), 'pass']);
      expect([pull.threads, host.checkRuns]).toEqual([[], []]);
    }));

  test('where GraphQL is a moment behind, the event\'s own head is reviewed, and the check of the older one left alone', () =>
    inWorld(action, bad, async ({ host, pull, run }) => {
      await run();
      const [first] = host.checkRuns.map((each) => ({ ...each }));
      host.lagging.set(pull.number, pull.head);
      await host.push(pull, base);
      await run();
      expect(host.checkRuns).toEqual([first, expect.objectContaining({ head: pull.head, conclusion: 'success' })]);
    }));

  test('a draft is reviewed like any other: asking early is the cheapest lesson', () =>
    inWorld(action, bad, async ({ pull, run }) => {
      await run();
      expect(pull.threads.length).toBe(1);
    }, { pull: { draft: true } }));
});

describe.concurrent('a pull request cannot switch off its own check', { timeout: 120_000 }, () => {
  const disarmed = { ...bad, '.github/once-bitten.yml': 'extends: []\ngate: never\nignore: ["**"]\nlessons:\n  no-dangerous: off\n', '.github/lessons/no-dangerous.yml': card.replace('severity: block', 'severity: note') };

  test.for(['pull_request', 'pull_request_target', 'workflow_run', 'merge_group', 'workflow_dispatch', 'push'] as const)('under %s', (event) =>
    inWorld(action, disarmed, async ({ host, pull, run }) => {
      const start: Partial<Start> = event === 'workflow_run' ? afterRun(pull)
        : event === 'merge_group' ? await queued(host, pull)
        : event === 'workflow_dispatch' ? { event, payload: {}, inputs: { 'pull-request': String(pull.number) } }
        // The branch was disarmed by an earlier push: `before` holds the mild settings already.
        : event === 'push' ? pushed({ ...pull, head: await host.push(pull, { ...base, ...disarmed, 'src/more.ts': code('more') }) }, pull.commits[0]!, 'feature')
        : { event };
      const { outputs, exitCode } = await run(start);
      expect(outputs['verdict']).toBe('block');
      expect(event === 'push' ? exitCode : host.checkRuns[0]!.conclusion).toBe(event === 'push' ? 1 : 'failure');
    }));

  test('nor by a second pull request with the same head onto a branch with milder settings', () =>
    inWorld(action, bad, async ({ host, pull, run }) => {
      await run();
      expect(host.checkRuns[0]!.conclusion).toBe('failure');
      const mild = await host.history.commit({ ...team, 'src/app.ts': code(), '.github/once-bitten.yml': 'extends: []\ngate: never\n' }, host.branches.get('main')!);
      host.branches.set('mild', mild);
      const second: Pull = { ...pull, number: 99, baseBranch: 'mild', threads: [], conversation: [], reviews: [] };
      host.pulls.push(second);
      const { outputs } = await run({ payload: payloadOf(second) });
      expect(outputs['verdict']).toBe('warn');
      expect(host.checkRuns).toMatchObject([{ conclusion: 'failure', title: expect.stringContaining(`#${pull.number}`) }]);
      pull.state = 'closed';
      await run({ payload: payloadOf(second) });
      expect(host.checkRuns).toMatchObject([{ conclusion: 'success' }]);
    }));

  test('nor by a waiver from a fork, nor by the author\'s own where the settings say so', async () => {
    const waived = { 'src/app.ts': code('input').replace('  return dangerous', '  // lesson-ok no-dangerous: trust me, it is fine\n  return dangerous') };
    await inWorld(action, waived, async ({ run }) => {
      const { outputs, report } = await run();
      expect(outputs['verdict']).toBe('block');
      expect(report!.notes.map(({ code: it }) => it)).toContain('waiver/not-counted');
    }, { pull: fork });
    await inWorld(action, waived, async ({ run }) => {
      expect((await run()).outputs['verdict']).toBe('block');
    }, { base: { '.github/once-bitten.yml': 'extends: []\nwaivers: { by-author: false }\n' } });
  });

  test('nor does a token of one kind reach the other rooms: permissions decide where, never whether', () =>
    inWorld(action, bad, async ({ host, pull, run }) => {
      host.tokens.set('no-checks', { ...usual, checks: 'read' });
      const { exitCode, log } = await run({ token: 'no-checks' });
      expect(exitCode).toBe(1);
      expect(log).toContain('Add `checks: write` under `permissions:`');
      expect(pull.threads.length).toBe(1);
      host.tokens.set('no-comments', { ...usual, 'pull-requests': 'read' });
      pull.threads.splice(0);
      const other = await run({ token: 'no-comments' });
      expect(other.exitCode).toBe(0);
      expect(host.checkRuns).toMatchObject([{ conclusion: 'failure', annotations: [{ path: 'src/app.ts', start_line: 7 }] }]);
      expect(other.summary).toContain('`pull-requests: write`');
    }));
});
