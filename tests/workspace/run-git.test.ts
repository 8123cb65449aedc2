import { chownSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gitLine, gitOutput, gitPieces, runGit } from '../../src/workspace/run-git.ts';
import { faultOf, newFolder, newRepository } from './repository.ts';

describe('running git', () => {
  test('how it ended is told, or a fault', async () => {
    const { folder } = newRepository();
    expect(await runGit(folder, ['config', '--get', 'no.such'])).toEqual({ code: 1, stdout: Buffer.of(), stderr: '' });
    expect(await faultOf(gitOutput(folder, ['rev-parse', '--verify', 'nowhere']))).toMatchObject({ code: 'git/failed', message: expect.stringContaining('rev-parse') });
    expect(await faultOf(gitOutput(folder, ['no-such-command']))).toMatchObject({ code: 'git/failed', message: expect.stringContaining('no-such-command') });
  });

  test('without git on the machine, the fault says so', async () => {
    const { folder } = newRepository();
    const path = process.env.PATH;
    process.env.PATH = newFolder();
    try {
      expect(await faultOf(gitLine(folder, ['--version']))).toMatchObject({ code: 'git/failed', hint: expect.stringContaining('Install git') });
      expect((await faultOf(gitPieces(folder, ['--version']).next())).code).toBe('git/failed');
    } finally {
      process.env.PATH = path;
    }
  });

  test.skipIf(process.getuid?.() !== 0)('a repository of another user is not trusted, and the fault says how to', async () => {
    const { folder } = newRepository();
    for (const path of [folder, join(folder, '.git')]) chownSync(path, 12_345, 12_345);
    expect(await faultOf(gitLine(folder, ['rev-parse', '--git-dir']))).toMatchObject({ code: 'git/failed', hint: expect.stringContaining('safe.directory') });
  });

  test('much goes in and much comes out at the same time', async () => {
    const repo = newRepository();
    const hash = repo.gitWith('x'.repeat(100), 'hash-object', '-w', '--stdin');
    const printed = await gitOutput(repo.folder, ['cat-file', '--batch'], { input: `${hash}\n`.repeat(50_000) });
    expect(printed.length).toBe(50_000 * `${hash} blob 100\n${'x'.repeat(100)}\n`.length);
  });

  test('git that does not read its input, and floods its errors, still ends', async () => {
    const { folder } = newRepository();
    expect(await gitLine(folder, ['rev-parse', '--is-bare-repository'], { input: 'x'.repeat(5_000_000) })).toBe('false');
    const flooded = await runGit(folder, ['flood'], { settings: ['alias.flood=!head -c 5000000 /dev/zero >&2; exit 3'] });
    expect(flooded.code).toBe(3);
    expect(flooded.stderr.length).toBeLessThan(200_000);
  });

  test('whoever stops reading ends git', async () => {
    const repo = newRepository();
    const hash = repo.gitWith('x'.repeat(1_000_000), 'hash-object', '-w', '--stdin');
    for await (const piece of gitPieces(repo.folder, ['cat-file', '--batch'], { input: `${hash}\n`.repeat(1000) })) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
  });
});
