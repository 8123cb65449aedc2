import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { Fault } from '../../src/fault.ts';
import { taskOf } from '../../src/github/event.ts';

/** GitHub's own examples of what it sends. */
const webhooks = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('@octokit/webhooks-examples/api.github.com/index.json'), 'utf8')) as { name: string; examples: Record<string, unknown>[] }[];
const examplesOf = (name: string) => webhooks.find((each) => each.name === name)?.examples ?? [];
const sha = 'a'.repeat(40);
const zeros = '0'.repeat(40);

describe('which change an event is about', () => {
  test('every pull request that GitHub gives as an example', () => {
    const examples = examplesOf('pull_request');
    expect(examples.length).toBeGreaterThan(10);
    for (const payload of examples) {
      const { number, state, head } = payload['pull_request'] as { number: number; state: string; head: { sha: string } };
      expect(taskOf('pull_request', payload)).toEqual(state === 'closed' ? { kind: 'nothing', why: `Pull request #${number} is closed.` } : { kind: 'pull-request', number, head: head.sha });
    }
  });

  test('every push, every ended workflow and every comment of the examples is a task, and never an exception', () => {
    for (const event of ['push', 'workflow_run', 'issue_comment', 'pull_request_review', 'pull_request_review_comment']) {
      expect(examplesOf(event).length).toBeGreaterThan(0);
      for (const payload of examplesOf(event)) expect(taskOf(event, payload).kind).toMatch(/^(?:push|after-run|pull-request|nothing)$/);
    }
  });

  test('any other event of the examples is a fault with a next step', () => {
    const known = new Set(['pull_request', 'push', 'workflow_run', 'issue_comment', 'pull_request_review', 'pull_request_review_comment', 'merge_group', 'workflow_dispatch']);
    for (const { name, examples } of webhooks) {
      if (known.has(name)) continue;
      for (const payload of examples) expect(() => taskOf(name, payload)).toThrow(Fault);
    }
  });

  test('a merge queue names its pull request in its ref alone', () => {
    const group = { base_sha: sha, head_sha: 'b'.repeat(40), base_ref: 'refs/heads/release/1.x' };
    const payload = (ref: string) => ({ action: 'checks_requested', merge_group: { ...group, head_ref: ref } });
    expect(taskOf('merge_group', payload(`refs/heads/gh-readonly-queue/release/1.x/pr-12-${sha}`))).toEqual({ kind: 'queue', base: sha, head: 'b'.repeat(40), baseBranch: 'release/1.x', number: 12 });
    expect(taskOf('merge_group', payload('refs/heads/other'))).not.toHaveProperty('number');
    expect(taskOf('merge_group', { action: 'destroyed' })).toMatchObject({ kind: 'nothing' });
  });

  test('a new branch has no commit before', () => {
    const payload = { ref: 'refs/heads/a/b', before: zeros, after: sha, repository: { default_branch: 'trunk' } };
    expect(taskOf('push', payload)).toEqual({ kind: 'push', head: sha, branch: 'a/b', defaultBranch: 'trunk' });
    expect(taskOf('push', { ...payload, before: sha })).toMatchObject({ base: sha });
  });

  test('a number given by hand stands above the event, and must be one', () => {
    expect(taskOf('schedule', {}, ' #12 ')).toEqual({ kind: 'pull-request', number: 12 });
    for (const wrong of ['0', '-1', '1e3', '12; rm', '99999999999', 'x'.repeat(1000)]) expect(() => taskOf('schedule', {}, wrong)).toThrow(Fault);
    expect(() => taskOf('workflow_dispatch', {})).toThrow('needs the number of a pull request');
  });

  test('payloads that are nothing, or not what they should be', () => {
    const odd: unknown[] = [undefined, null, 'text', 7, [], {}, { pull_request: null }, { pull_request: { number: '7' } }, { pull_request: { number: 7, head: { sha: 'main' } } }, { pull_request: { number: 7, head: { sha: `${sha}\n` } } }, { __proto__: { pull_request: { number: 7 } } }];
    for (const payload of odd) expect(() => taskOf('pull_request', payload)).toThrow(Fault);
    for (const payload of [undefined, { merge_group: { base_sha: 'x' } }]) expect(() => taskOf('merge_group', payload)).toThrow(Fault);
  });
});
