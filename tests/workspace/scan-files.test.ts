import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { scanFiles } from '../../src/workspace/scan-files.ts';
import { faultOf, newFolder, newRepository } from './repository.ts';

function repositoryOfFour() {
  const repo = newRepository();
  for (const path of ['a.ts', 'src/b.ts', 'src/deep/c.ts', 'srcs/d.ts']) repo.write(path, 'x');
  repo.commit();
  return repo;
}

describe.each([['a revision', 'HEAD'], ['the working tree', undefined]])('the files of %s', (_, head) => {
  test('all of them, or those at some paths', async () => {
    const { folder } = repositoryOfFour();
    const all = ['a.ts', 'src/b.ts', 'src/deep/c.ts', 'srcs/d.ts'];
    expect(await scanFiles(folder, head)).toEqual(all);
    expect(await scanFiles(folder, head, ['.'])).toEqual(all);
    expect(await scanFiles(folder, head, ['src'])).toEqual(['src/b.ts', 'src/deep/c.ts']);
    expect(await scanFiles(folder, head, ['src/', './srcs/d.ts', 'src/deep', 'a.ts'])).toEqual(all);
    expect(await scanFiles(join(folder, 'src'), head, ['src/b.ts'])).toEqual(['src/b.ts']);
  });

  test('a path is taken by its letters', async () => {
    const repo = newRepository();
    const odd = ['*.ts', ':(top)x', '-r', 'a b.ts', 'two\nlines', 'ä.ts', '[id]/page.ts', '(group)/x.ts', '!n', '#h'];
    for (const path of [...odd, 'plain.ts', 'i/page.ts']) repo.write(path, 'x');
    repo.commit();
    for (const path of odd) expect(await scanFiles(repo.folder, head, [path])).toEqual([path]);
    expect(await scanFiles(repo.folder, head, ['[id]'])).toEqual(['[id]/page.ts']);
  });

  test.each([
    ['src/*.ts', /never as a pattern/],
    ['missing.ts', /relative to the root/],
    ['sr', /relative to the root/],
    ['SRC', /relative to the root/],
    ['a.ts/x', /relative to the root/],
    ['../a.ts', /relative to the root/],
    ['/etc/passwd', /relative to the root/],
    [':(top)', /relative to the root/],
    ['.git/config', /./],
    ['', /./],
  ])('%j is not there', async (path, hint) => {
    const { folder } = repositoryOfFour();
    if (path === '') return expect(await scanFiles(folder, head, [''])).toHaveLength(4);
    const fault = await faultOf(scanFiles(folder, head, ['a.ts', path]));
    expect(fault.code).toBe('usage/no-such-path');
    expect(fault.message).toContain(JSON.stringify(path));
    expect(fault.hint).toMatch(hint);
  });
});

describe('the difference', () => {
  test('the working tree has new files and lacks deleted and ignored ones; a revision is what it was', async () => {
    const repo = repositoryOfFour();
    repo.write('.gitignore', 'dist\n');
    repo.write('dist/built.ts', 'x');
    repo.write('new.ts', 'x');
    repo.remove('a.ts');
    repo.git('init', '--quiet', 'nested');
    repo.write('nested/x.ts', 'x');
    expect(await scanFiles(repo.folder, undefined)).toEqual(['.gitignore', 'new.ts', 'src/b.ts', 'src/deep/c.ts', 'srcs/d.ts']);
    expect(await scanFiles(repo.folder, 'HEAD')).toEqual(['a.ts', 'src/b.ts', 'src/deep/c.ts', 'srcs/d.ts']);
    expect((await faultOf(scanFiles(repo.folder, undefined, ['dist']))).hint).toContain('ignores it');
    expect((await faultOf(scanFiles(repo.folder, undefined, ['a.ts']))).code).toBe('usage/no-such-path');
  });

  test('links and submodules are named', async () => {
    const repo = repositoryOfFour();
    repo.link('link', '/etc/passwd');
    repo.git('add', 'link');
    repo.git('update-index', '--add', '--cacheinfo', `160000,${repo.git('rev-parse', 'HEAD')},sub`);
    repo.git('commit', '--quiet', '-m', 'x');
    expect(await scanFiles(repo.folder, 'HEAD', ['link', 'sub'])).toEqual(['link', 'sub']);
    expect(await scanFiles(repo.folder, undefined, ['link'])).toEqual(['link']);
  });

  test('an empty repository has no files, and a bare one only revisions', async () => {
    expect(await scanFiles(newRepository().folder, undefined)).toEqual([]);
    const repo = repositoryOfFour();
    const bare = join(newFolder(), 'bare.git');
    repo.git('clone', '--quiet', '--bare', '.', bare);
    expect(await scanFiles(bare, 'main', ['src/deep'])).toEqual(['src/deep/c.ts']);
    expect((await faultOf(scanFiles(bare, undefined))).code).toBe('usage/no-working-tree');
    expect((await faultOf(scanFiles(bare, '--help'))).code).toBe('usage/no-such-revision');
  });
});
