import { describe, expect, inject, test } from 'vitest';
import { usual } from '../github/small-github/host.ts';
import { base, code, inWorld } from './world.ts';

const action = inject('action');

const bad = { 'src/app.ts': code('input') };

describe.concurrent('when GitHub stumbles', { timeout: 120_000 }, () => {
  test.for([
    ['the first question', /graphql/, 502, {}],
    ['the comparison', /GET .*compare/, 503, {}],
    ['a limit on fast writing', /POST .*reviews/, 429, { 'retry-after': '1' }],
    ['a secondary limit', /POST .*check-runs/, 403, { 'retry-after': '1' }],
  ] as const)('%s is asked again, and all is told once', ([, on, status, headers]) =>
    inWorld(action, bad, async ({ host, pull, run }) => {
      host.failures.push({ on, status, headers, ...(status === 403 && { body: { message: 'You have exceeded a secondary rate limit. Please wait.' } }) });
      const { exitCode, outputs } = await run();
      expect([exitCode, outputs['verdict'], pull.threads.length, host.checkRuns.length]).toEqual([0, 'block', 1, 1]);
      expect(host.failures).toEqual([]);
    }));

  test('an answer lost after the deed doubles neither comment nor summary nor check', () =>
    inWorld(action, { 'src/app.ts': code('input', 'other', 'third', 'fourth') }, async ({ host, pull, run }) => {
      host.failures.push({ on: /POST .*\/reviews/, status: 502, when: 'after' }, { on: /POST .*\/issues/, status: 502, when: 'after' }, { on: /POST .*check-runs/, status: 502, when: 'after' });
      const { exitCode } = await run();
      expect(exitCode).toBe(0);
      expect([pull.threads.length, pull.conversation.length, host.checkRuns.length]).toEqual([3, 1, 1]);
      expect(host.failures).toEqual([]);
    }));

  test('one bad line loses that line only: it goes to its file, the others stay', () =>
    inWorld(action, { 'src/app.ts': code('input', 'other', 'third') }, async ({ host, pull, run }) => {
      host.refusedLines.add('src/app.ts:11');
      const { report } = await run();
      expect(pull.threads.map(({ line }) => line)).toEqual([7, null, 15]);
      expect(report!.findings.map(({ placement }) => placement)).toEqual(['inline', 'file', 'inline']);
      expect(pull.conversation).toEqual([]);
    }));

  test('an answer that is cut off in the middle is never taken for the whole', () =>
    inWorld(action, bad, async ({ host, pull, run }) => {
      host.failures.push({ on: /GET .*compare/, status: 200, body: {}, times: 1 });
      const { exitCode, outputs, log } = await run();
      expect([exitCode, outputs['verdict']]).toEqual([1, 'incomplete']);
      expect(log).toContain('::error::GitHub broke off its comparison of base and head. Run the job again.');
      expect(pull.threads).toEqual([]);
      expect(host.checkRuns).toMatchObject([{ conclusion: 'failure', title: 'The review did not come to its end.' }]);
      await run();
      expect(host.checkRuns).toMatchObject([{ conclusion: 'failure', title: '1 finding, 1 blocks this change.' }]);
    }));

  test('files that GitHub does not give are named, and the check is red', () =>
    inWorld(action, { 'src/app.ts': code(), 'src/other.ts': code('input') }, async ({ host, run }) => {
      host.failures.push({ on: /graphql.*file\(path: \$p0\)/, status: 200, times: 40, body: { errors: [{ message: 'Something broke' }] } });
      const { outputs, report } = await run();
      expect(outputs['verdict']).toBe('incomplete');
      expect(report!.notes).toMatchObject([{ code: 'review/unreadable', incomplete: true }]);
      expect(host.checkRuns[0]!.conclusion).toBe('failure');
    }));

  test.for([/GET .*compare/, /graphql.*file\(path: \$p0\)/])('a limit that is spent for long ends the run with one sentence, not with a long wait: %s', (on) =>
    inWorld(action, bad, async ({ host, run }) => {
      host.failures.push({ on, status: 403, times: 5, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(Math.floor(Date.now() / 1000) + 3000) }, body: { message: 'API rate limit exceeded' } });
      const { exitCode, log } = await run();
      expect([exitCode, log]).toEqual([1, expect.stringContaining("GitHub's limit on requests is spent")]);
      expect(log).not.toMatch(/^\s+at /m);
      expect(host.checkRuns).toMatchObject([{ conclusion: 'failure' }]);
    }));
});

describe.concurrent('tokens', { timeout: 120_000 }, () => {
  test('a bad token ends with one sentence', () =>
    inWorld(action, bad, async ({ host, run }) => {
      const { exitCode, log, outputs } = await run({ token: 'expired' });
      expect([exitCode, outputs['verdict']]).toEqual([1, 'incomplete']);
      expect(log.split('\n').filter((line) => line.startsWith('::error'))).toEqual(['::error::GitHub does not accept the token (401). Leave the input `token` out, or give it a token that is still valid.']);
      expect(host.sent.length).toBe(1);
    }));

  test.for([
    ['contents', '`contents: read`'],
    ['pull-requests', '`pull-requests: write`'],
    ['checks', '`checks: write`'],
  ] as const)('without any right to %s, the sentence names the line to add', ([what, line]) =>
    inWorld(action, bad, async ({ run }) => {
      const { exitCode, log } = await run();
      expect(exitCode).toBe(1);
      expect(log).toContain(line);
    }, { token: { ...usual, [what]: 'none' } }));
});

test('a push in between: what the first run left is brought up to date by the second', { timeout: 120_000 }, () =>
  inWorld(action, { 'src/app.ts': code('input', 'other') }, async ({ host, pull, run }) => {
    host.failures.push({ on: /POST .*check-runs/, status: 500, times: 9 });
    const { exitCode, outputs } = await run();
    expect([exitCode, outputs['verdict'], host.checkRuns.length]).toEqual([1, 'block', 0]);
    host.failures.splice(0);
    await host.push(pull, { ...base, 'src/app.ts': code('other') });
    await run();
    expect(pull.threads.length).toBe(1);
    expect(host.checkRuns).toMatchObject([{ head: pull.head, conclusion: 'failure' }]);
  }));
