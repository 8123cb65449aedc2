import { describe, expect, inject, test } from 'vitest';
import { usual } from '../github/small-github/host.ts';
import { base, code, inWorld } from './world.ts';

const action = inject('action');

describe.concurrent('one push after another', { timeout: 120_000 }, () => {
  test('a finding is told on its line, in one review, and the check is red while the job is green', () =>
    inWorld(action, { 'src/app.ts': code('input') }, async ({ host, pull, run }) => {
      const { exitCode, outputs, summary, report, sarif } = await run();
      expect(exitCode).toBe(0);
      expect(outputs).toMatchObject({ verdict: 'block', findings: '1', blocking: '1' });
      expect(report!.findings).toMatchObject([{ lesson: 'no-dangerous', path: 'src/app.ts', line: 7, placement: 'inline' }]);
      expect(JSON.parse(sarif!)).toMatchObject({ version: '2.1.0' });
      expect(summary).toContain('Once Bitten: 1 finding blocks this change');
      expect(pull.reviews).toMatchObject([{ comments: 1 }]);
      expect(pull.conversation).toEqual([]);
      const [thread] = pull.threads;
      expect(thread).toMatchObject({ path: 'src/app.ts', line: 7 });
      const body = thread!.comments[0]!.body;
      expect(body).toContain('`input` goes into `dangerous`.');
      expect(body).toContain(`(https://github.com/acme/shop/blob/${host.branches.get('main')}/.github/lessons/no-dangerous.yml)`);
      expect(body.split('\n').length).toBeLessThanOrEqual(8);
      expect(host.checkRuns).toMatchObject([{ name: 'Once Bitten', head: pull.head, status: 'completed', conclusion: 'failure', title: '1 finding, 1 blocks this change.', annotations: [] }]);
    }));

  test('a typical pull request, whose calls lead into other files, costs few requests, and a second, unchanged run fewer and says nothing', () => {
    const loop = (load: string) => `import { ${load} } from './posts';\nexport async function all(users: { id: string }[]) {\n  for (const user of users) {\n    await ${load}(user.id);\n  }\n}\n`;
    const before = {
      '.github/once-bitten.yml': 'gate: warn\n', 'package.json': '{"dependencies":{"@prisma/client":"6.0.0"}}', 'src/db.ts': "import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n",
      'src/posts.ts': "import { prisma } from './db';\nexport const loadPosts = (id: string) => prisma.post.findMany({ where: { id }, take: 5 });\nexport const loadLikes = (id: string) => prisma.like.findMany({ where: { id }, take: 5 });\n",
    };
    return inWorld(action, { 'src/a.ts': loop('loadPosts'), 'src/b.ts': loop('loadLikes'), 'src/c.ts': code(), 'src/app.ts': `${code()}// The end.\n`, 'docs/readme.md': 'Changed.\n' }, async ({ host, pull, run }) => {
      const first = await run();
      expect(first.report!.findings.map(({ lesson, placement }) => [lesson, placement])).toEqual([['n-plus-one', 'inline'], ['n-plus-one', 'inline']]);
      const said = JSON.stringify([pull, host.checkRuns]);
      const second = await run();
      expect(JSON.stringify([pull, host.checkRuns])).toBe(said);
      const rounds = first.report!.stats.rounds;
      console.log(`a typical pull request: ${first.requests - rounds} requests and ${rounds} rounds of following; its second run: ${second.requests} requests in all`);
      expect(rounds).toBeGreaterThan(0);
      expect(rounds).toBeLessThanOrEqual(3);
      expect(first.requests - rounds).toBeLessThanOrEqual(7);
      expect(second.requests).toBeLessThanOrEqual(5);
    }, { base: before });
  });

  test('a finding that moved, was reformatted or lies in a renamed file is not told again', () =>
    inWorld(action, { 'src/app.ts': code('input') }, async ({ host, pull, run }) => {
      await run();
      const [thread] = pull.threads;
      await host.push(pull, { ...base, 'src/app.ts': `// A new first line\n// and another one\n${code('input')}` });
      await run();
      expect(pull.threads).toEqual([thread]);
      const renamed = { ...base, 'src/other.ts': `// A new first line\n// and another one\n${code('input').replace('dangerous(input)', 'dangerous( input )')}` } as Record<string, string>;
      delete renamed['src/app.ts'];
      await host.push(pull, renamed);
      const { report } = await run();
      expect(report!.findings).toMatchObject([{ path: 'src/other.ts', placement: 'inline' }]);
      expect(pull.threads).toEqual([thread]);
      expect(pull.reviews.length).toBe(1);
      expect(host.checkRuns.map(({ head, conclusion }) => [head, conclusion])).toEqual(pull.commits.map((commit) => [commit, 'failure']));
    }));

  test('a new finding gets one comment more', () =>
    inWorld(action, { 'src/app.ts': code('input') }, async ({ host, pull, run }) => {
      await run();
      await host.push(pull, { ...base, 'src/app.ts': code('input', 'other') });
      await run();
      expect(pull.threads.map(({ line }) => line)).toEqual([7, 11]);
      expect(pull.reviews.map(({ comments }) => comments)).toEqual([1, 1]);
    }));

  test('a finding that is gone takes its comment along when nobody answered, and the new head is green', () =>
    inWorld(action, { 'src/app.ts': code('input') }, async ({ host, pull, run }) => {
      await run();
      await host.push(pull, base);
      const { outputs } = await run();
      expect(outputs['verdict']).toBe('pass');
      expect(pull.threads).toEqual([]);
      expect(pull.conversation).toEqual([]);
      expect(host.checkRuns.map(({ conclusion }) => conclusion)).toEqual(['failure', 'success']);
    }));

  test('with contents: write its thread is resolved instead; when it comes back, it is told anew', () =>
    inWorld(action, { 'src/app.ts': code('input') }, async ({ host, pull, run }) => {
      await run();
      await host.push(pull, base);
      await run();
      expect(pull.threads).toMatchObject([{ isResolved: true }]);
      expect(pull.threads[0]!.comments[0]!.body).toContain(`Gone as of commit ${pull.head.slice(0, 10)}`);
      await host.push(pull, { ...base, 'src/app.ts': code('input') });
      await run();
      expect(pull.threads.map(({ isResolved }) => isResolved)).toEqual([true, false]);
    }, { token: { ...usual, contents: 'write' } }));

  test('an answered thread whose finding is gone says so and keeps the answer', () =>
    inWorld(action, { 'src/app.ts': code('input') }, async ({ host, pull, run }) => {
      await run();
      host.say(pull, pull.threads[0]!, 'Thank you, I will look.');
      await host.push(pull, base);
      await run();
      expect(pull.threads[0]!.comments.map(({ body }) => body.split('\n')[0])).toEqual([`Gone as of commit ${pull.head.slice(0, 10)}.`, 'Thank you, I will look.']);
      const said = JSON.stringify(pull.threads);
      await host.push(pull, { ...base, 'docs/a.md': 'more\n' });
      await run();
      expect(JSON.stringify(pull.threads)).toBe(said);
    }));

  test.for(['resolved', 'answered'] as const)('a thread that a person %s is left alone while the finding stands', (how) =>
    inWorld(action, { 'src/app.ts': code('input') }, async ({ host, pull, run }) => {
      await run();
      if (how === 'resolved') pull.threads[0]!.isResolved = true;
      else host.say(pull, pull.threads[0]!, 'We know.');
      const said = JSON.stringify(pull.threads);
      // The line moves, so the comment's text would be another one.
      await host.push(pull, { ...base, 'src/app.ts': `// moved\n${code('input')}` });
      const { outputs } = await run();
      expect(JSON.stringify(pull.threads)).toBe(said);
      expect(outputs['verdict']).toBe('block');
    }));

  test('a person who copies our marker silences nothing', () =>
    inWorld(action, { 'src/app.ts': code('input') }, async ({ host, pull, run }) => {
      await run();
      const [thread] = pull.threads;
      const comment = thread!.comments[0]!;
      pull.threads.splice(0, 1);
      pull.threads.push({ ...thread!, comments: [{ ...comment, author: 'mallory', isBot: false }] });
      pull.conversation.push({ id: host.newId(), body: '<!-- once-bitten:default summary -->', author: 'mallory', isBot: false });
      await run();
      expect(pull.threads.length).toBe(2);
      expect(pull.threads[0]!.comments).toMatchObject([{ author: 'mallory' }]);
      expect(pull.conversation.length).toBe(1);
    }));

  test('reviews with different ids leave each other alone', () =>
    inWorld(action, { 'src/app.ts': code('input') }, async ({ host, pull, run }) => {
      await run();
      await run({ inputs: { id: 'strict' } });
      expect(pull.threads.length).toBe(2);
      expect(host.checkRuns.map(({ name }) => name)).toEqual(['Once Bitten', 'Once Bitten (strict)']);
      await host.push(pull, base);
      await run({ inputs: { id: 'strict' } });
      expect(pull.threads.map(({ comments }) => /once-bitten:(\S+)/.exec(comments[0]!.body)![1])).toEqual(['default']);
    }));

  test('two runs at the same time leave one comment', () =>
    inWorld(action, { 'src/app.ts': code('input') }, async ({ pull, run }) => {
      await Promise.all([run(), run()]);
      expect(pull.threads.length).toBe(1);
      await run();
      expect(pull.threads.length).toBe(1);
    }));

  test('a finding without a line of the diff stands on the file, and beyond that in one summary comment, which clears', () =>
    inWorld(action, { 'src/app.ts': code('input') }, async ({ host, pull, run }) => {
      host.refusedLines.add('src/app.ts:7');
      host.refusedLines.add('src/app.ts:file');
      await run();
      expect(pull.threads).toEqual([]);
      expect(pull.conversation.map(({ body }) => body)).toEqual([expect.stringContaining('`input` goes into `dangerous`.')]);
      const said = JSON.stringify(pull);
      host.refusedLines.clear();
      host.refusedLines.add('src/app.ts:7');
      host.refusedLines.add('src/app.ts:file');
      await run();
      expect(JSON.stringify(pull)).toBe(said);
      await host.push(pull, base);
      await run();
      expect(pull.conversation).toEqual([]);
    }));

  test('long conversations are read to their end before anything is said', () =>
    inWorld(action, { 'src/app.ts': code('input') }, async ({ host, pull, run }) => {
      for (let at = 0; at < 130; at += 1) {
        pull.threads.push({ id: `P${at}`, path: 'src/app.ts', line: 3, commit: pull.head, isResolved: false, comments: [{ id: host.newId(), body: `Question ${at}`, author: 'a-person', isBot: false }] });
        pull.conversation.push({ id: host.newId(), body: `Word ${at}`, author: 'a-person', isBot: false });
      }
      await run();
      await run();
      expect(pull.threads.length).toBe(131);
    }));

  test('waivers in the code hold, are told, and turn the check green', () =>
    inWorld(action, { 'src/app.ts': code('input') }, async ({ host, pull, run }) => {
      await run();
      await host.push(pull, { ...base, 'src/app.ts': code('input').replace('  return dangerous', '  // lesson-ok no-dangerous: the input is a constant of ours\n  return dangerous') });
      const { outputs, report } = await run();
      expect(outputs['verdict']).toBe('pass');
      expect(report!.waived.length).toBe(1);
      expect(pull.threads).toEqual([]);
      expect(pull.conversation[0]!.body).toContain('the input is a constant of ours');
    }));

  test.for(['summary', 'off'] as const)('comments: %s', (comments) =>
    inWorld(action, { 'src/app.ts': code('input') }, async ({ host, pull, run }) => {
      const { outputs } = await run({ inputs: { comments } });
      expect(outputs['verdict']).toBe('block');
      expect(pull.threads).toEqual([]);
      expect(pull.conversation.length).toBe(comments === 'summary' ? 1 : 0);
      expect(host.checkRuns[0]!.annotations).toMatchObject([{ path: 'src/app.ts', start_line: 7, annotation_level: 'failure' }]);
    }));
});
