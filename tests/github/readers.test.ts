import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import type { Change, Reader } from '../../src/change/change.ts';
import { isProjectFile } from '../../src/code/manifests.ts';
import { builtInLessons } from '../../src/commands/lessons-in-force.ts';
import { changeFromApi, withPureRenames } from '../../src/github/api-change.ts';
import { openApi } from '../../src/github/api-reader.ts';
import { openClient } from '../../src/github/client.ts';
import type { Review } from '../../src/model.ts';
import { review } from '../../src/review.ts';
import { openDisk } from '../../src/workspace/disk.ts';
import { changeBetween, changeInWorkingTree } from '../../src/workspace/git.ts';
import { openObjects } from '../../src/workspace/objects.ts';
import { historyIn, type Files } from './small-github/history.ts';
import { owner, repo, SmallGitHub, usual } from './small-github/host.ts';

/** What a review must say alike, whichever way its text came in. */
type Said = Pick<Review, 'findings' | 'fixed' | 'waived' | 'skipped' | 'notes'> & { files: [string, string][] };

async function said(reader: Reader, change: Change): Promise<Said> {
  const { findings, fixed, waived, skipped, notes } = await review({ reader, subject: { change }, lessons: builtInLessons, ignore: [], waivers: true, today: '2026-11-01', clock: () => 0 });
  return { findings, fixed, waived, skipped: [...skipped].sort((a, b) => (a.path < b.path ? -1 : 1)), notes, files: change.files.map((file): [string, string] => [file.path, file.status]).sort() };
}

/** Reviews one change by API, by git objects, and from a checkout. */
async function threeWays(host: SmallGitHub, base: string, head: string): Promise<{ api: Said; git: Said; disk: Said; requests: number }> {
  const { folder } = host.history;
  host.tokens.set('t', usual);
  const client = openClient({ token: 't', api: host.address, graphql: `${host.address}/graphql`, left: () => 60_000, say: () => {} });
  const told = await changeFromApi(client, { owner, repo }, base, head);
  const api = openApi(client, { owner, repo }, { base: told.change.base, head }, { oids: told.oids, keeps: isProjectFile });
  const objects = await openObjects(folder, { base: told.change.base, head });
  const checkout = mkdtempSync(join(tmpdir(), 'three-ways-'));
  try {
    execFileSync('git', ['clone', '--quiet', '--no-checkout', '--shared', folder, checkout], { stdio: 'pipe' });
    execFileSync('git', ['-c', 'core.autocrlf=false', 'checkout', '--quiet', '--detach', head], { cwd: checkout, stdio: 'pipe' });
    const disk = await openDisk(checkout, { base: told.change.base });
    try {
      return {
        api: await said(api, await withPureRenames(told.change, api.isSame)),
        git: await said(objects, await changeBetween(folder, told.change.base, head)),
        disk: await said(disk, await changeInWorkingTree(checkout, told.change.base)),
        requests: client.requests(),
      };
    } finally {
      await disk.close();
    }
  } finally {
    await objects.close();
    rmSync(checkout, { recursive: true, force: true });
  }
}

function filesIn(folder: string): Files {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(names.map((name) => [relative('.', name), readFileSync(join(folder, name))]));
}

test('a small repository, with followed calls, renames, odd text and waivers', async () => {
  const host = await SmallGitHub.open();
  try {
    const db = "import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n";
    const loop = (call: string) => `import { loadPosts } from './posts';\nexport async function all(users: { id: string }[]) {\n  for (const user of users) {\n    ${call}\n  }\n}\n`;
    const before: Files = {
      'package.json': '{"dependencies":{"@prisma/client":"6.0.0"}}', 'src/db.ts': db,
      'src/posts.ts': "import { prisma } from './db';\nexport function loadPosts(id: string) {\n  return prisma.post.findMany({ where: { id }, take: 5 });\n}\n",
      'src/users.ts': loop('// nothing yet'), 'src/old.ts': loop('await loadPosts(user.id);'), 'src/list.ts': "import { prisma } from './db';\nexport const list = () => prisma.post.findMany({ take: 50 });\n",
    };
    const { 'src/old.ts': old, ...rest } = before;
    const after: Files = {
      ...rest, 'src/users.ts': `\ufeff${loop('await loadPosts(user.id);')}`.replaceAll('\n', '\r\n'), 'src/renamed.ts': old!, 'src/list.ts': "import { prisma } from './db';\nexport const list = () => prisma.post.findMany();\n",
      'src/waived.ts': loop('await loadPosts(user.id); // lesson-ok n-plus-one: three users at most'), 'logo.png': Buffer.from([1, 0, 2]), 'link.ts': { link: 'src/db.ts' }, 'src/ü b.ts': loop('await loadPosts(user.id);'),
    };
    const base = await host.history.commit(before);
    const { api, git, disk, requests } = await threeWays(host, base, await host.history.commit(after, base));
    expect(api.findings.map(({ lesson, path }) => `${lesson} ${path}`)).toEqual(expect.arrayContaining(['n-plus-one src/users.ts', 'n-plus-one src/ü b.ts']));
    expect(api.findings.some(({ path }) => path === 'src/renamed.ts')).toBe(false);
    expect(api.waived.length).toBe(1);
    expect(git).toEqual(api);
    expect(disk).toEqual(api);
    expect(requests).toBeLessThanOrEqual(6);
    expect(host.wrongs).toEqual([]);
  } finally {
    host.close();
  }
});

test('callers in files that the change leaves alone', async () => {
  const host = await SmallGitHub.open();
  try {
    const helper = (body: string): string => `import { prisma } from './db';\nexport async function caption(user: { id: string }) {\n  ${body}\n}\n`;
    const before: Files = {
      'package.json': '{"dependencies":{"@prisma/client":"6.0.0"}}', 'tsconfig.json': '{"compilerOptions":{"paths":{"@/*":["src/*"]}}}', 'src/db.ts': "import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n",
      'src/caption.ts': helper('return user.id;'), 'src/ü/service.ts': "import { caption } from '../caption';\nexport class Service {\n  headline(user: { id: string }) {\n    return caption(user);\n  }\n}\n",
      'src/jobs/mail.ts': "import { caption } from '@/caption';\nexport async function mail(users: { id: string }[]) {\n  for (const user of users) {\n    await caption(user);\n  }\n}\n",
      'src/jobs/page.ts': "import { Service } from '../ü/service';\nexport const page = (service: Service, users: { id: string }[]) => Promise.all(users.map((user) => service.headline(user)));\n",
      'caption.png': Buffer.from([1, 0, 2]), 'link.ts': { link: 'src/jobs/mail.ts' }, 'docs/caption.md': 'caption',
    };
    const base = await host.history.commit(before);
    const { api, git, disk, requests } = await threeWays(host, base, await host.history.commit({ ...before, 'src/caption.ts': helper('return prisma.plan.findFirst({ where: { userId: user.id } });') }, base));
    expect(api.findings.map(({ path, line, message }) => `${path}:${line} ${message}`)).toEqual(['src/caption.ts:3 In `src/jobs/mail.ts:4`, which this change leaves as it is: `caption` goes to the database once for every `user` of `users`. The same holds for `src/jobs/page.ts:2`.']);
    expect(git).toEqual(api);
    expect(disk).toEqual(api);
    expect(host.downloads).toEqual([{ path: expect.stringContaining('/acme/shop/') as string, authorization: '', finished: true }]);
    // Without the archive it would be 4: the change and the rounds for its own files.
    expect(requests).toBeLessThanOrEqual(5);
    expect(host.wrongs).toEqual([]);
  } finally {
    host.close();
  }
});

test('the demo', async () => {
  const host = await SmallGitHub.open();
  try {
    const base = await host.history.commit(filesIn('examples/pull-request/base'));
    const { api, git, disk } = await threeWays(host, base, await host.history.commit(filesIn('examples/pull-request/head'), base));
    expect(api.findings.length).toBeGreaterThan(0);
    expect(git).toEqual(api);
    expect(disk).toEqual(api);
  } finally {
    host.close();
  }
});

// For real changes: ONCE_BITTEN_REPOSITORY is a clone, ONCE_BITTEN_CHANGES lists its commits, each compared with its first parent.
const repository = process.env['ONCE_BITTEN_REPOSITORY'];
test.runIf(repository).each((process.env['ONCE_BITTEN_CHANGES'] ?? 'HEAD').split(','))('a real change: %s', async (name) => {
  const commit = (of: string): string => execFileSync('git', ['rev-parse', of], { cwd: repository, encoding: 'utf8' }).trim();
  const [base, head] = [commit(`${name}^`), commit(name)];
  const host = await SmallGitHub.open(historyIn(repository!, [base, head]));
  try {
    const { api, git, disk, requests } = await threeWays(host, base, head);
    console.log(`${name}: ${api.files.length} files, ${api.findings.length} findings, ${requests} requests`);
    expect(git).toEqual(api);
    expect(disk).toEqual(api);
  } finally {
    host.close();
  }
}, 120_000);
