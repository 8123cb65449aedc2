import { describe, expect, inject, test } from 'vitest';
import type { Files } from '../github/small-github/history.ts';
import { made } from '../vocabulary/secret/recognised.ts';
import { leaksIn, plantedFiles, plantedSecrets } from '../vocabulary/secret/planted.ts';
import { base, inWorld } from './world.ts';

const action = inject('action');

const key = `ghp_${made(36)}`;
const builtIn: Files = { '.github/once-bitten.yml': 'comments: { inline: 12, per-lesson: 8 }\n' };
const before = { ...base, ...builtIn };

describe.concurrent('secrets', { timeout: 120_000 }, () => {
  test('one that was taken out again is told in the summary, with its commit, and costs a request for each commit before the head', () =>
    inWorld(action, { 'src/token.yml': `token: ${key}\n` }, async ({ host, pull, run }) => {
      const [first] = pull.commits as [string];
      const one = await run();
      expect(one.report!.findings).toMatchObject([{ lesson: 'secret-in-code', path: 'src/token.yml', placement: 'inline' }]);
      await host.push(pull, { ...before, 'src/other.yml': 'token: ${TOKEN}\n' });
      const sent = host.sent.length;
      const two = await run();
      expect(two.report!.findings).toMatchObject([{ lesson: 'secret-in-code', path: 'src/token.yml', line: 1, placement: 'summary', commit: first }]);
      expect(two.outputs['verdict']).toBe('block');
      expect(host.sent.slice(sent).filter(({ path }) => /\/commits\/[0-9a-f]{40}$/.test(path)).map(({ path }) => path.slice(-40))).toEqual([first]);
      const [summary] = pull.conversation;
      expect(summary!.body).toContain(`in commit \`${first.slice(0, 10)}\`, no longer at the head`);
      expect(summary!.body).toContain(`/blob/${first}/src/token.yml#L1`);
      expect(host.checkRuns.at(-1)).toMatchObject({ conclusion: 'failure' });
      expect(host.checkRuns.at(-1)!.annotations[0]!.message).toContain(`In commit ${first.slice(0, 10)}`);
      expect(JSON.stringify([host.pulls, host.checkRuns, two])).not.toContain(key.slice(4, 12));
    }, { base: builtIn }));

  test('a merge from the base brings nothing of its own', () =>
    inWorld(action, { 'src/a.yml': 'a: 1\n' }, async ({ host, pull, run }) => {
      const theirs = { ...before, 'src/theirs.yml': `token: ${key}\n` };
      const tip = await host.history.commit(theirs, host.branches.get('main'));
      host.branches.set('main', tip);
      await host.push(pull, { ...theirs, 'src/a.yml': 'a: 1\n' }, tip);
      await host.push(pull, { ...theirs, 'src/a.yml': 'a: 2\n' });
      const sent = host.sent.length;
      const { report } = await run();
      expect(report!.findings).toEqual([]);
      expect(host.sent.slice(sent).filter(({ path }) => /\/commits\/[0-9a-f]{40}$/.test(path))).toHaveLength(1);
    }, { base: builtIn }));

  test('a commit that GitHub does not show makes the review incomplete', () =>
    inWorld(action, { 'src/a.yml': 'a: 1\n' }, async ({ host, pull, run }) => {
      await host.push(pull, { ...before, 'src/a.yml': 'a: 2\n' });
      host.failures.push({ on: /^GET .*\/commits\/[0-9a-f]{40}/, status: 404, body: { message: 'Not Found' } });
      const { report, outputs } = await run();
      expect(report!.notes).toMatchObject([{ code: 'review/missing-commits', incomplete: true }]);
      expect(outputs['verdict']).toBe('incomplete');
    }, { base: builtIn }));

  test('a file of a commit that is too large for GitHub is told', () =>
    inWorld(action, { 'src/a.yml': 'a: 1\n', 'src/b.yml': 'b: 1\n' }, async ({ host, pull, run }) => {
      await host.push(pull, { ...before, 'src/a.yml': 'a: 2\n' });
      host.withoutPatch.add('src/b.yml');
      expect((await run()).report!.notes).toMatchObject([{ code: 'review/large-commits', incomplete: false }]);
    }, { base: builtIn }));

  test('none of fifty planted ones is in anything that is said, nor its base64', async () => {
    const secrets = plantedSecrets();
    await inWorld(action, plantedFiles(secrets), async ({ host, pull, run }) => {
      const runs = [await run({ env: { RUNNER_DEBUG: '1', ACTIONS_STEP_DEBUG: 'true' } })];
      expect(runs[0]!.report!.findings.length).toBeGreaterThanOrEqual(secrets.length);
      // Taken out again: now they stand in the history only.
      await host.push(pull, { ...before, 'src/app.ts': '1;\n' });
      runs.push(await run());
      expect(runs[1]!.report!.findings.length).toBeGreaterThanOrEqual(secrets.length - 5);
      expect(host.pulls[0]!.threads.length + host.pulls[0]!.conversation.length).toBeGreaterThan(0);
      expect(leaksIn(JSON.stringify([host.pulls, host.checkRuns, runs]), secrets)).toEqual([]);
    }, { base: builtIn });
  });

  test('nor without the permission to comment, when the job carries the verdict in annotations', async () => {
    const secrets = plantedSecrets();
    await inWorld(action, plantedFiles(secrets), async ({ host, run }) => {
      const done = await run();
      expect(done.log).toContain('::error ');
      expect(leaksIn(JSON.stringify([host.pulls, host.checkRuns, done]), secrets)).toEqual([]);
    }, { base: builtIn, token: { contents: 'read', checks: 'read', 'pull-requests': 'read' } });
  });
});
