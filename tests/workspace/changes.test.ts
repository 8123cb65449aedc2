import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ChangedFile, Source } from '../../src/change/change.ts';
import { changeBetween, changeInWorkingTree, firstParentCommits, workingTree } from '../../src/workspace/git.ts';
import { openDisk } from '../../src/workspace/disk.ts';
import { openObjects } from '../../src/workspace/objects.ts';
import { scanFiles } from '../../src/workspace/scan-files.ts';
import { applied, misplacedLines } from './applied.ts';
import { randomEdits } from './random-history.ts';
import { faultOf, newFolder, newRepository, type TestRepository } from './repository.ts';

async function filesBetween(repo: TestRepository, base: string, head: string): Promise<ChangedFile[]> {
  return (await changeBetween(repo.folder, base, head)).files;
}

const textOf = (source: Source | undefined) => (source && 'text' in source ? source.text : undefined);

describe('a random history', () => {
  test.each([1, 2])('applied to the base, the hunks give the head; disk and objects agree (seed %i)', async seed => {
    const repo = newRepository();
    const edit = randomEdits(repo, seed);
    let base = repo.commit();
    let checked = 0;
    for (let step = 0; step < 7; step += 1) {
      edit();
      const onDisk = await changeInWorkingTree(repo.folder, base);
      const disk = await openDisk(repo.folder, { base });
      const paths = onDisk.files.map(file => file.path);
      const diskSources = await disk.read('head', paths);
      await disk.close();
      const head = repo.commit();
      const change = await changeBetween(repo.folder, base, head);
      expect(onDisk).toEqual({ ...change, head: workingTree });
      const objects = await openObjects(repo.folder, { base, head });
      const heads = await objects.read('head', paths);
      expect(diskSources).toEqual(heads);
      const bases = await objects.read('base', change.files.flatMap(file => file.basePath ?? []));
      await objects.close();
      for (const file of change.files.filter(({ binary, special }) => !binary && !special)) {
        const before = file.basePath === undefined ? '' : textOf(bases.get(file.basePath));
        const after = file.status === 'deleted' ? '' : textOf(heads.get(file.path));
        // Text that took a binary's place has unknown hunks, and a binary that was only renamed says nothing of its content.
        expect(file.hunksKnown).toBe(before !== undefined || after === undefined);
        if (before === undefined || after === undefined) continue;
        expect(applied(file, before)).toBe(after);
        expect(misplacedLines(file, before, after)).toEqual([]);
        checked += 1;
      }
      base = head;
    }
    expect(checked).toBeGreaterThan(40);
    const steps = [];
    for await (const { parent } of firstParentCommits(repo.folder, { head: 'main' })) steps.push(parent);
    expect(steps).toHaveLength(7);
  });
});

describe('what a change holds', () => {
  test('names of every kind, renamed and edited', async () => {
    const repo = newRepository();
    const odd = ['a b.ts', 'ä.ts', 'quo"te', 'tab\t', 'two\nlines', ':(exclude)a', '-x', '*.ts', 'x b/x'];
    for (const name of odd) repo.write(name, `${name}\n`.repeat(10));
    const base = repo.commit();
    for (const name of odd) {
      repo.remove(name);
      repo.write(`moved/${name}`, `${name}\n`.repeat(11));
    }
    const files = await filesBetween(repo, base, repo.commit());
    expect(new Map(files.map(file => [file.basePath, file.path]))).toEqual(new Map(odd.map(name => [name, `moved/${name}`])));
    expect(files.every(({ status, hunksKnown }) => status === 'renamed' && hunksKnown)).toBe(true);
  });

  test('modes, links, submodules, binaries, and what turned into another of them', async () => {
    const repo = newRepository();
    repo.write('run.sh', 'x\n');
    repo.write('file', 'code\n');
    repo.link('link', 'file');
    repo.write('picture', Buffer.of(0, 1));
    const base = repo.commit();
    repo.makeExecutable('run.sh');
    repo.remove('file');
    repo.link('file', 'run.sh');
    repo.remove('link');
    repo.write('link', 'code\n');
    repo.write('picture', Buffer.of(0, 2));
    repo.git('update-index', '--add', '--cacheinfo', `160000,${base},sub`);
    repo.git('add', '--all', '--', 'run.sh', 'file', 'link', 'picture');
    repo.git('commit', '--quiet', '-m', 'types');
    expect(await filesBetween(repo, base, 'HEAD')).toMatchObject([
      { path: 'file', basePath: 'file', status: 'modified', special: 'symlink' },
      { path: 'link', status: 'added', hunks: [{ lines: [{ kind: 'added', text: 'code' }] }] },
      { path: 'picture', binary: true },
      { path: 'run.sh', status: 'modified', hunks: [], hunksKnown: true },
      { path: 'sub', status: 'added', special: 'submodule' },
    ]);
  });

  test('the base is taken literally: what happened there since is part of the change', async () => {
    const repo = newRepository();
    repo.write('a', 'x\n');
    repo.commit();
    repo.git('branch', 'feature');
    repo.write('b', 'y\n');
    repo.commit();
    expect(await filesBetween(repo, 'main', 'feature')).toMatchObject([{ path: 'b', status: 'deleted' }]);
    expect(await filesBetween(repo, 'feature', 'feature')).toEqual([]);
  });

  test('a bare repository and one with SHA-256 will do', async () => {
    const repo = newRepository('--object-format=sha256');
    repo.write('a', 'x\n');
    const base = repo.commit();
    repo.write('a', 'y\n');
    const head = repo.commit();
    const bare = join(newFolder(), 'bare.git');
    repo.git('clone', '--quiet', '--bare', '.', bare);
    const change = await changeBetween(bare, base, head);
    expect(change).toMatchObject({ base, head, files: [{ path: 'a', hunks: [{}] }] });
    repo.write('untracked', 'z\n');
    expect((await changeInWorkingTree(repo.folder, base)).files.map(file => file.path)).toEqual(['a', 'untracked']);
    expect((await faultOf(changeInWorkingTree(bare, base))).code).toBe('usage/no-working-tree');
  });

  test('the user’s own taste in diffs changes nothing', async () => {
    const repo = newRepository();
    repo.write('a b.ts', Array.from({ length: 40 }, (_, at) => `${at}\n\n`).join(''));
    repo.write('old.ts', 'x\n'.repeat(30));
    const base = repo.commit();
    repo.write('a b.ts', Array.from({ length: 40 }, (_, at) => `${at % 9 === 0 ? `edited ${at}` : at}\n\n`).join(''));
    repo.remove('old.ts');
    repo.write('new.ts', 'x\n'.repeat(30));
    const plain = { tree: await filesBetween(repo, base, repo.commit()), disk: (await changeInWorkingTree(repo.folder, base)).files };
    const taste = {
      'diff.noprefix': 'true', 'diff.mnemonicPrefix': 'true', 'diff.context': '0', 'diff.interHunkContext': '20', 'diff.renames': 'false', 'diff.algorithm': 'patience',
      'diff.suppressBlankEmpty': 'true', 'diff.relative': 'true', 'diff.submodule': 'log', 'color.ui': 'always', 'diff.colorMoved': 'zebra', 'core.quotePath': 'true', 'diff.renameLimit': '1',
      'diff.wordRegex': '.', 'diff.ignoreSubmodules': 'all', 'diff.indentHeuristic': 'false',
    };
    for (const [name, value] of Object.entries(taste)) repo.git('config', name, value);
    expect(await filesBetween(repo, base, 'HEAD')).toEqual(plain.tree);
    expect((await changeInWorkingTree(repo.folder, base)).files).toEqual(plain.disk);
  });

  test('a revision is never taken for an option', async () => {
    const repo = newRepository();
    const base = repo.commit();
    const target = join(newFolder(), 'written');
    expect((await faultOf(changeBetween(repo.folder, `--output=${target}`, base))).code).toBe('usage/no-such-revision');
    expect((await faultOf(changeInWorkingTree(repo.folder, `--output=${target}`))).code).toBe('usage/no-such-revision');
    expect(existsSync(target)).toBe(false);
  });

  test('a large change comes through whole', async () => {
    const repo = newRepository();
    const base = repo.commit();
    for (let at = 0; at < 300; at += 1) repo.write(`f${at}`, `${at} ${'x'.repeat(60)}\n`.repeat(1000));
    const files = await filesBetween(repo, base, repo.commit());
    expect(files).toHaveLength(300);
    expect(files.every(file => file.hunks[0]?.lines.length === 1000)).toBe(true);
  });
});

describe('attributes of the pull request', () => {
  test.each(['* binary', '* -diff', '*.ts -text diff=nothing\n*.ts binary'])('%j hides no text', async attributes => {
    const repo = newRepository();
    repo.write('a.ts', 'one\ntwo\n');
    repo.write('old.ts', 'a\nb\nc\nd\ne\n');
    repo.write('picture.ts', Buffer.of(0, 1, 2));
    repo.write('was-binary.ts', Buffer.of(0, 1, 2));
    const base = repo.commit();
    repo.write('.gitattributes', attributes);
    repo.write('a.ts', 'one\nzwei\n');
    repo.remove('old.ts');
    repo.write('new.ts', 'a\nb\nc\nd\ne\nf\n');
    repo.write('picture.ts', Buffer.of(0, 1, 3));
    repo.write('was-binary.ts', 'code\n');
    repo.write('gone.png', Buffer.of(0, 1));
    repo.git('add', '--all');
    const expected = [
      { path: '.gitattributes' },
      { path: 'a.ts', binary: false, hunksKnown: true, hunks: [{ lines: [{ kind: 'context' }, { kind: 'removed', text: 'two' }, { kind: 'added', text: 'zwei' }] }] },
      { path: 'gone.png', binary: true },
      { path: 'new.ts', basePath: 'old.ts', status: 'renamed', binary: false, hunks: [{}] },
      { path: 'picture.ts', binary: true },
      { path: 'was-binary.ts', binary: false, hunks: [], hunksKnown: false },
    ];
    expect((await changeInWorkingTree(repo.folder, base)).files).toMatchObject(expected);
    expect(await filesBetween(repo, base, repo.commit())).toMatchObject(expected);
  });

  test('broken files of git’s own do not stop it', async () => {
    const repo = newRepository();
    repo.write('a.ts', 'one\n');
    const first = repo.commit();
    repo.git('update-index', '--add', '--cacheinfo', `160000,${first},sub`);
    repo.git('commit', '--quiet', '-m', 'x');
    const base = repo.git('rev-parse', 'HEAD');
    repo.write('.gitmodules', '[submodule "sub"\n\tpath = ../..\n\tignore = all\n\0\xff');
    repo.write('.gitattributes', `${'x'.repeat(100_000)}\n[attr]\n"unclosed\n* working-tree-encoding=nonsense diff=\n`);
    repo.write('.gitignore', `[z-a\n${'*a'.repeat(2000)}\n!!!\n\\`);
    repo.write('a.ts', 'two\n');
    const paths = ['.gitattributes', '.gitignore', '.gitmodules', 'a.ts'];
    expect((await changeInWorkingTree(repo.folder, base)).files.map(file => file.path)).toEqual(expect.arrayContaining(paths));
    const disk = await openDisk(repo.folder);
    expect([...(await disk.read('head', paths)).keys()]).toEqual(paths);
    await disk.close();
    expect(await scanFiles(repo.folder, undefined, paths)).toEqual(paths);
    // `git add` itself would refuse these attributes, so the tree is made without it.
    const entries = paths.map(path => `100644 blob ${repo.gitWith(readFileSync(join(repo.folder, path)), 'hash-object', '-w', '--stdin')}\t${path}\n`).join('');
    const head = repo.git('commit-tree', repo.gitWith(entries, 'mktree'), '-p', base, '-m', 'x');
    expect((await filesBetween(repo, base, head)).map(file => file.path)).toEqual([...paths, 'sub']);
  });

  test('what is too large to read is neither compared nor loaded', async () => {
    const repo = newRepository();
    const base = repo.commit();
    repo.write('huge.ts', 'const x = 1;\n'.repeat(1_000_000));
    expect(await filesBetween(repo, base, repo.commit())).toMatchObject([{ path: 'huge.ts', hunks: [] }]);
  });
});

describe('programs', () => {
  test('none is run, whatever the settings and attributes say', async () => {
    const repo = newRepository();
    const trace = join(newFolder(), 'trace');
    const program = join(repo.folder, '.git/trap.sh');
    repo.write('a.ts', 'one\n');
    const base = repo.commit();
    repo.write('.gitattributes', '* filter=trap diff=trap merge=trap\n');
    const head = repo.commit();
    for (const path of ['trap.sh', 'hooks/post-index-change', 'hooks/reference-transaction', 'hooks/pre-auto-gc']) {
      repo.write(`.git/${path}`, `#!/bin/sh\necho "$0 $*" >> '${trace}'\ncat\n`);
      repo.makeExecutable(`.git/${path}`);
    }
    const settings = {
      'core.fsmonitor': program, 'core.hooksPath': join(repo.folder, '.git/hooks'), 'core.pager': program, 'pager.diff': program, 'pager.rev-list': program, 'diff.external': program,
      'diff.trap.command': program, 'diff.trap.textconv': program, 'filter.trap.clean': program, 'filter.trap.smudge': program, 'filter.trap.process': program,
      'filter.trap.required': 'true', 'core.sshCommand': program, 'core.editor': program, 'gpg.program': program, 'core.askPass': program,
      'remote.origin.url': `ext::${program}`, 'remote.origin.promisor': 'true', 'protocol.ext.allow': 'always', 'credential.helper': program, 'core.alternateRefsCommand': program,
    };
    for (const [name, value] of Object.entries(settings)) repo.git('config', name, value);
    repo.write('a.ts', 'two\n');
    repo.write('b.ts', 'new\n');

    expect((await changeInWorkingTree(repo.folder, base)).files.map(file => file.path)).toEqual(['.gitattributes', 'a.ts', 'b.ts']);
    await changeBetween(repo.folder, base, head);
    for await (const commit of firstParentCommits(repo.folder, { head })) expect(commit.parent).toBe(base);
    await scanFiles(repo.folder, undefined, []);
    const disk = await openDisk(repo.folder, { base });
    expect(await disk.read('head', ['a.ts', 'b.ts'])).toEqual(new Map([['a.ts', { text: 'two\n' }], ['b.ts', { text: 'new\n' }]]));
    await disk.list('head', ['']);
    await disk.close();
    const objects = await openObjects(repo.folder, { base, head });
    await objects.read('head', ['a.ts']);
    await objects.close();
    expect(existsSync(trace)).toBe(false);

    // The traps are real: git left to itself walks into them.
    expect(() => repo.git('diff', base)).toThrow();
    expect(existsSync(trace)).toBe(true);
  });
});

describe('the working tree', () => {
  test('staged, unstaged and untracked files; not what is ignored, and not another repository inside', async () => {
    const repo = newRepository();
    repo.write('.gitignore', 'dist/\n*.log\n');
    repo.write('staged.ts', 'x\n');
    repo.write('unstaged.ts', 'x\n');
    repo.write('deleted.ts', 'x\n');
    repo.write('left-alone.ts', 'x\n');
    const base = repo.commit();
    repo.write('staged.ts', 'y\n');
    repo.git('add', 'staged.ts');
    repo.write('unstaged.ts', 'y\n');
    repo.remove('deleted.ts');
    repo.write('new/file.ts', 'y\n');
    repo.write('dist/built.ts', 'y\n');
    repo.write('debug.log', 'y\n');
    repo.git('init', '--quiet', 'nested');
    repo.write('nested/inside.ts', 'y\n');
    const change = await changeInWorkingTree(repo.folder, base);
    expect(change).toMatchObject({ base, head: 'working-tree' });
    expect(change.files.map(({ path, status }) => [path, status])).toEqual([
      ['deleted.ts', 'deleted'], ['new/file.ts', 'added'], ['staged.ts', 'modified'], ['unstaged.ts', 'modified'],
    ]);
    expect(await changeInWorkingTree(join(repo.folder, 'new'), base)).toEqual(change);
  });

  test('a file that was moved without a word to git is a rename', async () => {
    const repo = newRepository();
    repo.write('old.ts', 'const one = 1;\n'.repeat(20));
    const base = repo.commit();
    repo.remove('old.ts');
    repo.write('src/new.ts', `${'const one = 1;\n'.repeat(20)}const two = 2;\n`);
    expect((await changeInWorkingTree(repo.folder, base)).files).toMatchObject([{ path: 'src/new.ts', basePath: 'old.ts', status: 'renamed', hunks: [{}] }]);
  });

  test('a merge in conflict is seen as it stands on disk', async () => {
    const repo = newRepository();
    repo.write('both.ts', 'base\n');
    repo.write('theirs-gone.ts', 'base\n');
    repo.write('ours-gone.ts', 'base\n');
    repo.commit();
    repo.git('switch', '--quiet', '--create', 'other');
    repo.write('both.ts', 'other\n');
    repo.remove('theirs-gone.ts');
    repo.write('ours-gone.ts', 'other\n');
    repo.commit();
    repo.git('switch', '--quiet', 'main');
    repo.write('both.ts', 'main\n');
    repo.write('theirs-gone.ts', 'main\n');
    repo.remove('ours-gone.ts');
    const base = repo.commit();
    expect(() => repo.git('merge', 'other')).toThrow();
    repo.remove('theirs-gone.ts');
    const { files } = await changeInWorkingTree(repo.folder, base);
    expect(files.map(({ path, status }) => [path, status])).toEqual([['both.ts', 'modified'], ['ours-gone.ts', 'added'], ['theirs-gone.ts', 'deleted']]);
    expect(files[0]?.hunks[0]?.lines.some(line => line.text.startsWith('<<<<<<<'))).toBe(true);
  });

  test('an edit in the same second, of the same length', async () => {
    const repo = newRepository();
    for (let round = 0; round < 5; round += 1) {
      repo.write('a.ts', `one ${round}\n`);
      const base = repo.commit();
      repo.write('a.ts', `two ${round}\n`);
      expect((await changeInWorkingTree(repo.folder, base)).files).toMatchObject([{ path: 'a.ts', hunks: [{}] }]);
    }
  });

  test('a folder that became a file, a file that became a folder', async () => {
    const repo = newRepository();
    repo.write('a/b.ts', 'x\n');
    repo.write('c', 'y\n');
    const base = repo.commit();
    repo.remove('a');
    repo.write('a', 'now a file\n');
    repo.remove('c');
    repo.write('c/d.ts', 'now a folder\n');
    expect((await changeInWorkingTree(repo.folder, base)).files.map(({ path, status }) => [path, status])).toEqual([
      ['a', 'added'], ['a/b.ts', 'deleted'], ['c', 'deleted'], ['c/d.ts', 'added'],
    ]);
  });

  test('line ends that git converts are no change', async () => {
    const repo = newRepository();
    repo.write('.gitattributes', '* text=auto eol=crlf\n');
    repo.write('a.ts', 'one\r\ntwo\r\n');
    const base = repo.commit();
    repo.write('a.ts', 'one\r\nzwei\r\n');
    const { files } = await changeInWorkingTree(repo.folder, base);
    expect(files.map(({ path, hunks }) => [path, hunks[0]?.lines.map(line => line.text)])).toEqual([['a.ts', ['one', 'two', 'zwei']]]);
  });

  test('nothing is written to the repository', async () => {
    const repo = newRepository();
    repo.write('a.ts', 'x\n');
    const base = repo.commit();
    repo.write('a.ts', 'y\n');
    repo.write('b.ts', 'z\n');
    const state = () => [readFileSync(join(repo.folder, '.git/index')), readdirSync(join(repo.folder, '.git'), { recursive: true }).sort()];
    const before = state();
    await changeInWorkingTree(repo.folder, base);
    expect(state()).toEqual(before);
  });

  test('a second working tree of one repository, and a split index', async () => {
    const repo = newRepository();
    repo.write('a.ts', 'x\n');
    const base = repo.commit();
    repo.git('update-index', '--split-index');
    const second = join(newFolder(), 'second');
    repo.git('worktree', 'add', '--quiet', second, '-b', 'second');
    repo.write('b.ts', 'y\n');
    expect((await changeInWorkingTree(repo.folder, base)).files.map(file => file.path)).toEqual(['b.ts']);
    expect((await changeInWorkingTree(second, base)).files).toEqual([]);
  });
});

describe('copies of a repository that lack content', () => {
  test('the files whose content is missing are part of the change, unknown; the others are whole', async () => {
    const repo = newRepository();
    repo.write('here.ts', 'x\n');
    repo.write('lost.ts', 'x\n'.repeat(5));
    repo.write('odd *\n:name.ts', 'x\n');
    const base = repo.commit();
    repo.write('here.ts', 'y\n');
    repo.write('lost.ts', 'lost\n');
    repo.write('odd *\n:name.ts', 'odd\n');
    repo.write('lost too.ts', 'lost too\n');
    const head = repo.commit();
    for (const path of ['lost.ts', 'lost too.ts', 'odd *\n:name.ts']) removeObject(repo, repo.git('rev-parse', `HEAD:${path}`));
    const files = await filesBetween(repo, base, head);
    expect(files).toMatchObject([
      { path: 'here.ts', hunksKnown: true, hunks: [{}] },
      { path: 'lost too.ts', status: 'added', hunks: [], hunksKnown: false },
      { path: 'lost.ts', basePath: 'lost.ts', status: 'modified', hunks: [], hunksKnown: false },
      { path: 'odd *\n:name.ts', status: 'modified', hunks: [], hunksKnown: false },
    ]);
  });

  test('a missing folder is a fault, not an empty change', async () => {
    const repo = newRepository();
    repo.write('src/a.ts', 'x\n');
    const base = repo.commit();
    repo.write('src/a.ts', 'y\n');
    const head = repo.commit();
    removeObject(repo, repo.git('rev-parse', 'HEAD:src'));
    expect((await faultOf(changeBetween(repo.folder, base, head))).code).toBe('git/failed');
  });
});

function removeObject(repo: TestRepository, hash: string): void {
  rmSync(join(repo.folder, '.git/objects', hash.slice(0, 2), hash.slice(2)));
}
