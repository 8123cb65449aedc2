import { describe, expect, inject, test } from 'vitest';
import type { Files } from '../github/small-github/history.ts';
import { inWorld } from './world.ts';

const action = inject('action');

const plan = (body: string): string => `import { prisma } from './db';\n\nexport async function planOf(user: { id: string }) {\n  ${body}\n}\n`;
const base: Files = {
  '.github/once-bitten.yml': 'extends: [once-bitten:recommended]\n', 'package.json': '{"dependencies":{"@prisma/client":"6.0.0"}}',
  'src/db.ts': "import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n", 'src/plan.ts': plan("return 'free';"),
  'src/mail.ts': "import { planOf } from './plan';\n\nexport async function mail(users: { id: string }[]) {\n  for (const user of users) {\n    console.log(await planOf(user));\n  }\n}\n",
};
const change: Files = { 'src/plan.ts': plan('return prisma.plan.findFirst({ where: { userId: user.id } });') };

describe.concurrent('callers in files that a change leaves alone', { timeout: 120_000 }, () => {
  test('are found without a checkout, by one more request, and told once', () =>
    inWorld(action, change, async ({ host, pull, run }) => {
      const first = await run();
      expect(pull.threads.map(({ path, line }) => `${path}:${line}`)).toEqual(['src/plan.ts:4']);
      expect(pull.threads[0]!.comments[0]!.body).toContain('In `src/mail.ts:5`, which this change leaves as it is: `planOf` goes to the database once for every `user` of `users`.');
      expect(first.report!.notes).toEqual([]);
      expect(first.requests).toBeLessThanOrEqual(8);
      expect(host.sent.filter(({ path }) => path.includes('/tarball/'))).toHaveLength(1);
      expect(host.downloads.map(({ authorization }) => authorization)).toEqual(['']);
      await run();
      expect(pull.threads).toHaveLength(1);
    }, { base }));

  test('are not looked for where no function leads to a query that did not before', () =>
    inWorld(action, { 'src/plan.ts': plan("return user.id === '1' ? 'gold' : 'free';") }, async ({ host, run }) => {
      expect((await run()).outputs['verdict']).toBe('pass');
      expect(host.downloads).toEqual([]);
    }, { base }));

  test('that could not be searched are told of, and the review is complete all the same', () =>
    inWorld(action, change, async ({ host, pull, run }) => {
      host.failures.push({ on: /tarball/, status: 403 });
      const { outputs, report, summary } = await run();
      expect([outputs['verdict'], report!.findings, report!.notes.map(({ code, incomplete }) => [code, incomplete])]).toEqual(['pass', [], [['review/callers', false]]]);
      expect(summary).toContain('callers in other files were not searched');
      expect(pull.conversation).toHaveLength(0);
    }, { base }));
});
