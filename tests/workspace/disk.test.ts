import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { largestFile } from '../../src/change/change.ts';
import { openDisk } from '../../src/workspace/disk.ts';
import { changeInWorkingTree } from '../../src/workspace/git.ts';
import { openObjects } from '../../src/workspace/objects.ts';
import { faultOf, newFolder, newRepository, type TestRepository } from './repository.ts';

async function open(repo: TestRepository, sides: { base?: string } = {}) {
  const reader = await openDisk(repo.folder, sides);
  onTestFinished(() => reader.close());
  return reader;
}

async function sources(repo: TestRepository, paths: readonly string[]) {
  return Object.fromEntries(await (await open(repo)).read('head', paths));
}

describe('the same content gives the same answer from disk and from objects', () => {
  test('files and folders of every kind', async () => {
    const repo = newRepository();
    const texts = {
      'a.ts': 'one\n', 'crlf.ts': '\ufeffone\r\ntwo\r\n', 'empty': '', 'src/deep/b.ts': 'x', 'ä/🐝.ts': 'y', 'two\nlines.ts': 'z', 'quo"te.ts': 'q', ':(top)x.ts': 'm', '*.ts': 'star', '-rf': 'dash', 'back\\slash.ts': 'b',
      '.env': 'A=1', '.github/workflows/x.yml': 'on: push', 'late-nul': `${'x'.repeat(8000)}\0`, 'largest': 'x'.repeat(largestFile),
    };
    for (const [path, text] of Object.entries(texts)) repo.write(path, text);
    repo.write('picture', Buffer.of(1, 0, 2));
    repo.write('utf16.ts', Buffer.from('\ufeffconst x = 1;', 'utf16le'));
    repo.write('invalid.ts', Buffer.of(0x61, 0xff, 0xe2, 0x82, 0x62));
    repo.write('larger', 'x'.repeat(largestFile + 1));
    repo.link('link.ts', 'a.ts');
    repo.link('folder-link', 'src');
    repo.link('dangling', 'nowhere');
    repo.makeExecutable('a.ts');
    const head = repo.commit();
    const nowhere = ['missing.ts', 'src', 'src/', 'src/deep', 'folder-link/deep/b.ts', 'a.ts/x', 'A.ts', './a.ts', 'src//deep/b.ts', '', '/', '..', '../x', '/etc/passwd', '.git/config', '.git', 'x\0y', 'x'.repeat(5000)];
    const paths = [...repo.git('ls-files', '-z').split('\0').slice(0, -1), ...nowhere];
    const folders = ['', 'src', 'src/deep', 'ä', '.github', 'folder-link', 'missing', 'a.ts', '.git', '..', '../..'];

    const objects = await openObjects(repo.folder, { base: head, head });
    onTestFinished(() => objects.close());
    const disk = await open(repo, { base: head });
    const read = await disk.read('head', paths);
    expect(read).toEqual(await objects.read('head', paths));
    expect([...read.keys()]).toEqual(paths.filter(path => !nowhere.includes(path)));
    expect(read.get('crlf.ts')).toEqual({ text: '\ufeffone\r\ntwo\r\n' });
    expect(await disk.read('base', paths)).toEqual(await objects.read('base', paths));
    expect(await disk.list('head', folders)).toEqual(await objects.list('head', folders));
    expect(await disk.list('base', folders)).toEqual(await objects.list('base', folders));
  });

  test('submodules, filled, emptied or removed', async () => {
    const inner = newRepository();
    inner.write('i.ts', 'x');
    inner.commit();
    const repo = newRepository();
    repo.write('a.ts', 'x');
    repo.commit();
    repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.folder, 'filled');
    repo.git('update-index', '--add', '--cacheinfo', `160000,${inner.git('rev-parse', 'HEAD')},vendor/empty`);
    repo.write('vendor/empty/left-over.ts', 'x');
    repo.git('commit', '--quiet', '-m', 'x');
    const paths = ['filled', 'filled/i.ts', 'filled/.git', 'vendor/empty', 'vendor/empty/left-over.ts', 'a.ts'];
    const objects = await openObjects(repo.folder, { head: 'HEAD' });
    onTestFinished(() => objects.close());
    const disk = await open(repo);
    expect(await disk.read('head', paths)).toEqual(await objects.read('head', paths));
    expect(Object.fromEntries(await disk.read('head', paths))).toEqual({ filled: { unread: 'submodule' }, 'vendor/empty': { unread: 'submodule' }, 'a.ts': { text: 'x' } });
    expect(await disk.list('head', ['', 'filled', 'vendor'])).toEqual(await objects.list('head', ['', 'filled', 'vendor']));
  });
});

describe('nothing outside the repository is read', () => {
  test('through links to files and folders, inside and outside', async () => {
    const outside = newFolder();
    const repo = newRepository();
    repo.write('src/a.ts', 'inside');
    repo.link('passwd', '/etc/passwd');
    repo.link('out', outside);
    repo.link('etc', '/etc');
    repo.link('up', '..');
    repo.link('in', 'src');
    repo.link('git', '.git');
    repo.link('loop', 'loop');
    repo.link('deep/er', '../src');
    expect(await sources(repo, ['passwd', 'out', 'etc/passwd', 'up/x', 'in', 'in/a.ts', 'git/config', 'loop', 'loop/x', 'deep/er/a.ts', 'src/a.ts'])).toEqual({
      passwd: { unread: 'symlink' }, out: { unread: 'symlink' }, in: { unread: 'symlink' }, loop: { unread: 'symlink' }, 'src/a.ts': { text: 'inside' },
    });
    expect(await (await open(repo)).list('head', ['etc', 'up', 'in', 'deep/er', 'git'])).toEqual(new Map());
  });

  test('nor what belongs to git, or to another repository inside', async () => {
    const repo = newRepository();
    repo.write('a.ts', 'x');
    repo.git('init', '--quiet', 'nested');
    repo.write('nested/src/a.ts', 'not ours');
    expect(await sources(repo, ['.git/config', '.GIT/config', '.git/HEAD', 'nested', 'nested/src/a.ts', 'nested/.git/config', 'a.ts'])).toEqual({ 'a.ts': { text: 'x' } });
    expect(await (await open(repo)).list('head', ['', '.git', 'nested', 'nested/src'])).toEqual(new Map([['', ['a.ts', 'nested/']]]));
  });

  test('a pipe is no file, and nobody waits for it', async () => {
    const repo = newRepository();
    execFileSync('mkfifo', [join(repo.folder, 'pipe.ts')]);
    expect(await sources(repo, ['pipe.ts'])).toEqual({});
    expect(await (await open(repo)).list('head', [''])).toEqual(new Map([['', []]]));
  });

  test.skipIf(process.getuid?.() === 0)('a file that may not be opened is unreadable', async () => {
    const repo = newRepository();
    repo.write('a.ts', 'x');
    chmodSync(join(repo.folder, 'a.ts'), 0);
    expect(await sources(repo, ['a.ts'])).toEqual({ 'a.ts': { unread: 'unreadable' } });
  });
});

describe('what git ignores is not there', () => {
  test('ignored files and folders; tracked ones are there all the same', async () => {
    const repo = newRepository();
    repo.write('.gitignore', 'dist/\n*.log\n.env\n/build\n');
    for (const path of ['a.ts', 'dist/a.js', 'dist/kept.js', 'build/x.ts', 'src/build/y.ts', 'debug.log', 'kept.log', '.env', 'new.ts', 'node_modules/p/index.js']) repo.write(path, path);
    repo.git('add', 'a.ts', '.gitignore');
    repo.git('add', '--force', 'dist/kept.js', 'kept.log');
    repo.git('commit', '--quiet', '-m', 'x');
    repo.write('node_modules/.gitignore', '*');
    expect(Object.keys(await sources(repo, ['a.ts', 'dist/a.js', 'dist/kept.js', 'build/x.ts', 'src/build/y.ts', 'debug.log', 'kept.log', '.env', 'new.ts', 'node_modules/p/index.js', '.gitignore']))).toEqual([
      'a.ts', 'dist/kept.js', 'src/build/y.ts', 'kept.log', 'new.ts', '.gitignore',
    ]);
    const lists = await (await open(repo)).list('head', ['', 'dist', 'src']);
    expect(lists.get('')).toEqual(expect.arrayContaining(['.gitignore', 'a.ts', 'dist/', 'kept.log', 'new.ts', 'src/']));
    expect(lists.get('')).not.toEqual(expect.arrayContaining(['build/']));
    for (const name of ['debug.log', '.env', 'build/']) expect(lists.get('')).not.toContain(name);
    expect(lists.get('dist')).toEqual(['kept.js']);
    expect(lists.get('src')).toEqual(['build/']);
  });

  test('names that git could take for patterns or magic', async () => {
    const repo = newRepository();
    repo.write('.gitignore', '*.log\n');
    const names = [':(top)x.ts', ':x', '*.ts', '[a].ts', '?', '!a', '#b', ' c'];
    for (const name of names) repo.write(name, name);
    repo.write(':y.log', 'ignored');
    expect(Object.keys(await sources(repo, [...names, ':y.log']))).toEqual(names);
  });
});

describe('the working tree as it stands', () => {
  test('edits, new files and deletions count at the head; the base is untouched', async () => {
    const repo = newRepository();
    repo.write('edited.ts', 'old');
    repo.write('deleted.ts', 'old');
    const base = repo.commit();
    repo.write('edited.ts', 'new');
    repo.remove('deleted.ts');
    repo.write('untracked.ts', 'new');
    const reader = await open(repo, { base });
    const paths = ['edited.ts', 'deleted.ts', 'untracked.ts'];
    expect(Object.fromEntries(await reader.read('base', paths))).toEqual({ 'edited.ts': { text: 'old' }, 'deleted.ts': { text: 'old' } });
    expect(Object.fromEntries(await reader.read('head', paths))).toEqual({ 'edited.ts': { text: 'new' }, 'untracked.ts': { text: 'new' } });
  });

  test.skipIf(process.platform !== 'linux')('a name that is no UTF-8 is part of the change, and not read: unreadable, never silently absent', async () => {
    const repo = newRepository();
    const base = repo.commit();
    writeFileSync(Buffer.concat([Buffer.from(`${repo.folder}/a`), Buffer.of(0xff), Buffer.from('.ts')]), 'x');
    expect((await changeInWorkingTree(repo.folder, base)).files).toMatchObject([{ path: 'a\ufffd.ts', status: 'added', hunks: [{}] }]);
    expect(await sources(repo, ['a\ufffd.ts'])).toEqual({ 'a\ufffd.ts': { unread: 'unreadable' } });
  });

  test('from a folder inside the repository, paths still begin at its root', async () => {
    const repo = newRepository();
    repo.write('src/a.ts', 'x');
    const reader = await openDisk(join(repo.folder, 'src'));
    onTestFinished(() => reader.close());
    expect(await reader.read('head', ['src/a.ts'])).toEqual(new Map([['src/a.ts', { text: 'x' }]]));
  });

  test('many files at once', async () => {
    const repo = newRepository();
    const paths = Array.from({ length: 2000 }, (_, at) => `d${at % 20}/f${at}.ts`);
    for (const path of paths) repo.write(path, path);
    const found = await sources(repo, paths);
    expect(Object.keys(found)).toEqual(paths);
    expect(found['d7/f1987.ts']).toEqual({ text: 'd7/f1987.ts' });
  });

  test('without a working tree, or a repository, it is a fault', async () => {
    expect((await faultOf(openDisk(newRepository('--bare').folder))).code).toBe('usage/no-working-tree');
    expect((await faultOf(openDisk(newFolder()))).code).toBe('usage/no-repository');
    expect((await faultOf(openDisk(newRepository().folder, { base: 'nowhere' }))).code).toBe('usage/no-such-revision');
  });
});
