import { describe, expect, test } from 'vitest';
import { reviewChange } from '../../src/commands/look.ts';
import { stepsBetween } from '../../src/workspace/git.ts';
import { made } from '../vocabulary/secret/recognised.ts';
import { newRepository, type TestRepository } from './repository.ts';

const key = `ghp_${made(36)}`;

/** A repository whose branch `work` was started from `main`; every entry is one commit of it. */
function branched(...commits: Record<string, string | undefined>[]): { repository: TestRepository; hashes: string[] } {
  const repository = newRepository();
  repository.write('a.ts', 'export const first = 1;\n');
  repository.commit('Begin');
  repository.git('checkout', '--quiet', '-b', 'work');
  const hashes = commits.map((files) => commitOf(repository, files));
  return { repository, hashes };
}

function commitOf(repository: TestRepository, files: Record<string, string | undefined>): string {
  for (const [path, text] of Object.entries(files)) text === undefined ? repository.remove(path) : repository.write(path, text);
  return repository.commit();
}

describe('the steps to a head', () => {
  test('are its commits but itself, each against its parent', async () => {
    const { repository, hashes } = branched({ 'b.ts': '1;\n' }, { 'b.ts': '2;\n' }, { 'b.ts': '3;\n' });
    const { changes, tooMany, missing } = await stepsBetween(repository.folder, 'main', 'work', true);
    expect(changes.map(({ head, files }) => [head, files.map(({ path, status }) => `${status} ${path}`)])).toEqual([[hashes[0], ['added b.ts']], [hashes[1], ['modified b.ts']]]);
    expect([tooMany, missing]).toEqual([0, 0]);
    expect((await stepsBetween(repository.folder, 'main', 'HEAD', false)).changes).toHaveLength(3);
    expect((await stepsBetween(repository.folder, 'work~1', 'work', true)).changes).toEqual([]);
  });

  test('a merge from the base brings nothing of its own', async () => {
    const { repository, hashes } = branched({ 'b.ts': '1;\n' });
    repository.git('checkout', '--quiet', 'main');
    commitOf(repository, { 'keys.yml': `token: ${key}\n` });
    repository.git('checkout', '--quiet', 'work');
    repository.git('merge', '--quiet', '--no-edit', 'main');
    commitOf(repository, { 'b.ts': '2;\n' });
    const { changes } = await stepsBetween(repository.folder, 'main', 'work', true);
    expect(changes.map(({ head }) => head)).toEqual([hashes[0]]);
  });

  test('of many, the newest fifty', async () => {
    const { repository } = branched(...Array.from({ length: 55 }, (_, at) => ({ 'b.ts': `${at};\n` })));
    const { changes, tooMany } = await stepsBetween(repository.folder, 'main', 'work', true);
    expect([changes.length, tooMany]).toEqual([50, 4]);
    expect(changes.at(-1)!.head).toBe(repository.git('rev-parse', 'work~1'));
  });
});

describe('review', () => {
  test('tells of a secret that was taken out again, and in which commit it stands', async () => {
    const { repository, hashes } = branched({ 'b.yml': `token: ${key}\n` }, { 'b.yml': undefined, 'c.ts': '1;\n' });
    const { review } = await reviewChange({ repo: repository.folder, head: 'work' });
    expect(review.findings).toMatchObject([{ lesson: 'secret-in-code', path: 'b.yml', line: 1, commit: hashes[0], placement: 'summary', introduced: true }]);
    expect(review.verdict).toBe('block');
  });

  test('in the working tree as well, where the commit is the last one', async () => {
    const { repository, hashes } = branched({ 'b.yml': `token: ${key}\n` });
    repository.write('b.yml', 'token: ${TOKEN}\n');
    const { review } = await reviewChange({ repo: repository.folder });
    expect(review.findings).toMatchObject([{ lesson: 'secret-in-code', path: 'b.yml', line: 1, commit: hashes[0] }]);
  });

  test('from the very history of a bare repository, and not of what main brought', async () => {
    const { repository, hashes } = branched({ 'b.yml': `token: ${key}\n` }, { 'b.yml': undefined });
    repository.git('checkout', '--quiet', 'main');
    commitOf(repository, { 'c.yml': `token: ghp_${made(36, undefined, 9)}\n` });
    commitOf(repository, { 'c.yml': 'token: ${TOKEN}\n' });
    repository.git('checkout', '--quiet', 'work');
    repository.git('merge', '--quiet', '--no-edit', 'main');
    const { review } = await reviewChange({ repo: `${repository.folder}/.git`, base: 'main', head: 'work' });
    expect(review.findings.map(({ path, commit }) => [path, commit])).toEqual([['b.yml', hashes[0]]]);
  });

  test('settled by the settings of the base', async () => {
    const { repository } = branched({ 'b.yml': `token: ${key}\n` }, { 'b.yml': undefined });
    const { review } = await reviewChange({ repo: repository.folder, head: 'work' });
    const { fingerprint } = review.findings[0]!;
    repository.git('checkout', '--quiet', 'main');
    const settings = `waivers:\n  places:\n    - path: b.yml\n      fingerprint: "${fingerprint}"\n      reason: a token of the sandbox\n      rotated: "2026-05-30"\n`;
    commitOf(repository, { '.github/once-bitten.yml': settings });
    const again = await reviewChange({ repo: repository.folder, base: 'main', head: 'work' });
    expect(again.review).toMatchObject({ findings: [], verdict: 'pass', waived: [{ path: 'b.yml', waiver: { path: '.github/once-bitten.yml', line: 3 } }] });
  });
});
