import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflateSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, onTestFinished, test } from 'vitest';
import { largestFile, type Source } from '../../src/change/change.ts';
import { openObjects, type Sides } from '../../src/workspace/objects.ts';
import { faultOf, newFolder, newRepository, type TestRepository } from './repository.ts';

async function open(folder: string, sides: Sides) {
  const reader = await openObjects(folder, sides);
  onTestFinished(() => reader.close());
  return reader;
}

/** The sources at the head, by path. */
async function sources(repo: TestRepository, paths: readonly string[]): Promise<Record<string, Source>> {
  return Object.fromEntries(await (await open(repo.folder, { head: 'HEAD' })).read('head', paths));
}

function placeOf(repo: TestRepository, hash: string): string {
  return join(repo.folder, '.git/objects', hash.slice(0, 2), hash.slice(2));
}

describe('sources', () => {
  test('both sides, and nothing where nothing is', async () => {
    const repo = newRepository();
    repo.write('src/a.ts', 'old\n');
    const base = repo.commit();
    repo.write('src/a.ts', 'new\n');
    repo.write('b.ts', '');
    const reader = await open(repo.folder, { base, head: repo.commit() });
    expect(await reader.read('base', ['src/a.ts', 'b.ts'])).toEqual(new Map([['src/a.ts', { text: 'old\n' }]]));
    expect(await reader.read('head', ['b.ts', 'src/a.ts', 'b.ts'])).toEqual(new Map([['b.ts', { text: '' }], ['src/a.ts', { text: 'new\n' }]]));
    expect(await reader.read('head', ['src', 'src/', 'a.ts', 'src/a.ts/x', 'SRC/a.ts', 'src//a.ts', './b.ts', '/b.ts', '', '../b.ts'])).toEqual(new Map());
    expect(await reader.read('head', [])).toEqual(new Map());
  });

  test('in a scan there is no base', async () => {
    const repo = newRepository();
    repo.write('a.ts', 'x');
    repo.commit();
    const reader = await open(repo.folder, { head: 'HEAD' });
    expect(await reader.read('base', ['a.ts'])).toEqual(new Map());
    expect(await reader.list('base', [''])).toEqual(new Map());
  });

  test('names of every kind', async () => {
    const repo = newRepository();
    const names = ['two\nlines', 'quo"te', "apo'strophe", 'a:b', ':(top)c', 'HEAD:d', 'ä/🐝', 'tab\t', '*', '-e', 'back\\slash', 'constructor', '__proto__', 'end '];
    for (const name of names) repo.write(`${name}/f.ts`, name);
    repo.commit();
    const paths = names.map(name => `${name}/f.ts`);
    const found = await (await open(repo.folder, { head: 'HEAD' })).read('head', paths);
    expect([...found]).toEqual(paths.map((path, at) => [path, { text: names[at] }]));
  });

  test('text as it stands: line ends, byte order mark, invalid bytes replaced', async () => {
    const repo = newRepository();
    repo.write('crlf', '\ufeffone\r\ntwo\rthree');
    repo.write('invalid', Buffer.from([0x61, 0xff, 0xc3, 0x62]));
    repo.commit();
    expect(await sources(repo, ['crlf', 'invalid'])).toEqual({ crlf: { text: '\ufeffone\r\ntwo\rthree' }, invalid: { text: 'a\ufffd\ufffdb' } });
  });

  test('binary is what has a NUL where git looks for one', async () => {
    const repo = newRepository();
    repo.write('early', `${'x'.repeat(7999)}\0`);
    repo.write('late', `${'x'.repeat(8000)}\0`);
    repo.write('utf16', Buffer.from('\ufeffconst x = 1;', 'utf16le'));
    repo.commit();
    expect(await sources(repo, ['early', 'late', 'utf16'])).toEqual({ early: { unread: 'binary' }, late: { text: expect.any(String) }, utf16: { unread: 'binary' } });
  });

  test('the largest file is still read, one byte more is not', async () => {
    const repo = newRepository();
    repo.write('largest', 'x'.repeat(largestFile));
    repo.write('larger', 'x'.repeat(largestFile + 1));
    repo.write('huge', Buffer.alloc(30 * 1024 * 1024));
    repo.commit();
    const found = await sources(repo, ['largest', 'larger', 'huge']);
    expect(found.larger).toEqual({ unread: 'too-large' });
    expect(found.huge).toEqual({ unread: 'too-large' });
    expect(found.largest).toEqual({ text: 'x'.repeat(largestFile) });
  });

  test('links and submodules are named, and what seems to lie in them is not there', async () => {
    const repo = newRepository();
    repo.write('src/a.ts', 'x');
    const base = repo.commit();
    repo.link('link', 'src');
    repo.link('secret', '/etc/passwd');
    repo.git('add', '--all');
    repo.git('update-index', '--add', '--cacheinfo', `160000,${base},sub`);
    repo.git('commit', '--quiet', '-m', 'x');
    expect(await sources(repo, ['link', 'link/a.ts', 'secret', 'sub', 'sub/a.ts'])).toEqual({ link: { unread: 'symlink' }, secret: { unread: 'symlink' }, sub: { unread: 'submodule' } });
  });

  test('a tree made by hand cannot lead anybody outside', async () => {
    const repo = newRepository();
    repo.commit();
    const blob = repo.gitWith('secret', 'hash-object', '-w', '--stdin');
    const tree = (...entries: [mode: string, name: string, hash: string][]) => {
      const content = Buffer.concat(entries.map(([mode, name, hash]) => Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(hash, 'hex')])));
      return repo.gitWith(content, 'hash-object', '-w', '-t', 'tree', '--literally', '--stdin');
    };
    const inside = tree(['100644', 'config', blob]);
    const commit = repo.git('commit-tree', tree(['40000', '..', inside], ['40000', '.git', inside], ['100644', 'a/b', blob], ['100644', 'fine', blob]), '-m', 'x');
    const reader = await open(repo.folder, { head: commit });
    expect(Object.fromEntries(await reader.read('head', ['../config', '.git/config', 'a/b', 'fine']))).toEqual({
      '../config': { unread: 'unreadable' }, '.git/config': { unread: 'unreadable' }, fine: { text: 'secret' },
    });
  });

  test('names that are no UTF-8 are read under what is left of them', async () => {
    const repo = newRepository();
    repo.commit();
    const blob = repo.gitWith('x', 'hash-object', '-w', '--stdin');
    const tree = repo.gitWith(Buffer.concat([Buffer.from(`100644 blob ${blob}\ta`), Buffer.of(0xff), Buffer.from('.ts\0')]), 'mktree', '-z');
    const reader = await open(repo.folder, { head: repo.git('commit-tree', tree, '-m', 'x') });
    expect(await reader.read('head', ['a\ufffd.ts'])).toEqual(new Map([['a\ufffd.ts', { text: 'x' }]]));
  });
});

describe('folders', () => {
  test('what is directly inside them', async () => {
    const repo = newRepository();
    for (const path of ['b.ts', 'a/x.ts', 'a/y/z.ts', 'a.ts', 'Z', 'ä']) repo.write(path, 'x');
    repo.link('link', 'a');
    const base = repo.commit();
    repo.git('update-index', '--add', '--cacheinfo', `160000,${base},sub`);
    repo.git('commit', '--quiet', '-m', 'x');
    const reader = await open(repo.folder, { base, head: 'HEAD' });
    expect(await reader.list('head', ['', 'a', 'a/y', 'nowhere', 'a.ts', 'link', 'sub'])).toEqual(
      new Map([
        ['', ['Z', 'a.ts', 'a/', 'b.ts', 'link', 'sub/', 'ä']],
        ['a', ['x.ts', 'y/']],
        ['a/y', ['z.ts']],
      ]),
    );
  });
});

describe('repositories of every kind', () => {
  test('bare, packed, and with SHA-256', async () => {
    for (const format of ['sha1', 'sha256']) {
      const repo = newRepository(`--object-format=${format}`);
      repo.write('src/a.ts', 'old');
      const base = repo.commit();
      repo.write('src/a.ts', 'new');
      const head = repo.commit();
      const bare = join(newFolder(), 'bare.git');
      repo.git('clone', '--quiet', '--bare', '.', bare);
      repo.git('-C', bare, 'gc', '--quiet');
      const reader = await open(bare, { base, head });
      expect([await reader.read('base', ['src/a.ts']), await reader.read('head', ['src/a.ts'])]).toEqual([new Map([['src/a.ts', { text: 'old' }]]), new Map([['src/a.ts', { text: 'new' }]])]);
      expect(await reader.list('head', ['src'])).toEqual(new Map([['src', ['a.ts']]]));
    }
  });

  test('revisions and folders that are not there are faults', async () => {
    const repo = newRepository();
    repo.commit();
    expect((await faultOf(openObjects(repo.folder, { head: 'nowhere' }))).code).toBe('usage/no-such-revision');
    expect((await faultOf(openObjects(newFolder(), { head: 'HEAD' }))).code).toBe('usage/no-repository');
  });

  test('replaced objects are not looked at', async () => {
    const repo = newRepository();
    repo.write('a.ts', 'true');
    repo.commit();
    repo.git('replace', repo.git('rev-parse', 'HEAD:a.ts'), repo.gitWith('false', 'hash-object', '-w', '--stdin'));
    expect(await sources(repo, ['a.ts'])).toEqual({ 'a.ts': { text: 'true' } });
  });
});

describe('missing and damaged objects', () => {
  test('a missing file is unreadable, and so is everything in a missing folder; the rest is read', async () => {
    const repo = newRepository();
    for (const path of ['a.ts', 'lost.ts', 'src/b.ts', 'gone/c.ts']) repo.write(path, path);
    repo.commit();
    rmSync(placeOf(repo, repo.git('rev-parse', 'HEAD:lost.ts')));
    rmSync(placeOf(repo, repo.git('rev-parse', 'HEAD:gone')));
    expect(await sources(repo, ['a.ts', 'lost.ts', 'src/b.ts', 'gone/c.ts', 'gone/never.ts'])).toEqual({
      'a.ts': { text: 'a.ts' }, 'lost.ts': { unread: 'unreadable' }, 'src/b.ts': { text: 'src/b.ts' }, 'gone/c.ts': { unread: 'unreadable' }, 'gone/never.ts': { unread: 'unreadable' },
    });
  });

  test('objects that make git die cost their own file only', async () => {
    const repo = newRepository();
    const paths = Array.from({ length: 40 }, (_, at) => `${at}.ts`);
    for (const path of paths) repo.write(path, `content of ${path}`);
    repo.commit();
    const damaged = ['3.ts', '4.ts', '17.ts', '39.ts'];
    for (const path of damaged) {
      const place = placeOf(repo, repo.git('rev-parse', `HEAD:${path}`));
      rmSync(place);
      // A sound header, and content that is cut off.
      writeFileSync(place, deflateSync(`blob 900000\0short`).subarray(0, -3));
    }
    const found = await sources(repo, paths);
    for (const path of paths) expect([path, found[path]]).toEqual([path, damaged.includes(path) ? { unread: 'unreadable' } : { text: `content of ${path}` }]);
  });

  test('a repository that disappears ends in an answer', async () => {
    const repo = newRepository();
    const paths = Array.from({ length: 300 }, (_, at) => `${at}.ts`);
    for (const path of paths) repo.write(path, path);
    repo.commit();
    const reader = await open(repo.folder, { head: 'HEAD' });
    rmSync(repo.folder, { recursive: true });
    const found = await reader.read('head', paths);
    expect([...found.values()].every(source => 'unread' in source && source.unread === 'unreadable')).toBe(true);
    expect(found.size).toBe(300);
  });

  test('a remote that promises the missing objects is not asked for them', async () => {
    const origin = newRepository();
    origin.write('a.ts', 'x');
    origin.write('big.ts', 'y'.repeat(2000));
    origin.commit();
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const copy = join(newFolder(), 'copy');
    origin.git('clone', '--quiet', '--no-checkout', '--filter=blob:limit=1k', `file://${origin.folder}`, copy);
    const reader = await open(copy, { head: 'HEAD' });
    expect(Object.fromEntries(await reader.read('head', ['a.ts', 'big.ts']))).toEqual({ 'a.ts': { text: 'x' }, 'big.ts': { unread: 'unreadable' } });
  });
});

describe('a reader’s life', () => {
  test('after its end it says so', async () => {
    const repo = newRepository();
    repo.write('a.ts', 'x');
    repo.commit();
    const reader = await openObjects(repo.folder, { head: 'HEAD' });
    await reader.read('head', ['a.ts']);
    await reader.close();
    await reader.close();
    await expect(reader.read('head', ['a.ts', 'b.ts'])).rejects.toThrow('closed');
  });

  test('an end in the middle of a question answers it', async () => {
    const repo = newRepository();
    for (let at = 0; at < 50; at += 1) repo.write(`${at}.ts`, 'x');
    repo.commit();
    const reader = await openObjects(repo.folder, { head: 'HEAD' });
    const question = reader.read('head', Array.from({ length: 50 }, (_, at) => `${at}.ts`)).catch((error: Error) => error.message);
    await reader.close();
    expect(await question).toMatch(/closed/);
  });

  test('one that nobody closes does not keep the program from ending', async () => {
    const repo = newRepository();
    repo.write('a.ts', 'still read');
    repo.commit();
    const outfile = join(newFolder(), 'program.mjs');
    const program = `
      import { openObjects } from './src/workspace/objects.ts';
      const reader = await openObjects(${JSON.stringify(repo.folder)}, { head: 'HEAD' });
      const found = await reader.read('head', ['a.ts']);
      await reader.read('head', ['b.ts']);
      console.log(found.get('a.ts').text);`;
    await build({ stdin: { contents: program, resolveDir: process.cwd() }, bundle: true, platform: 'node', format: 'esm', outfile, logLevel: 'error' });
    const { stdout } = await promisify(execFile)(process.execPath, [outfile], { timeout: 10_000 });
    expect(stdout).toBe('still read\n');
  });

  test('many questions at once, of a repository of 20,000 files', async () => {
    const repo = newRepository();
    const files = Array.from({ length: 20_000 }, (_, at) => `packages/p${at % 200}/src/f${at}.ts`);
    const commands = files.map((path, at) => `M 100644 inline ${path}\ndata ${String(at).length}\n${at}\n`).join('');
    repo.gitWith(`commit refs/heads/main\ncommitter A <a@example.com> 1700000000 +0000\ndata 1\nx\n${commands}`, 'fast-import', '--quiet');
    const reader = await open(repo.folder, { head: 'main' });
    await reader.read('head', ['packages/p0/src/f0.ts']);
    const asked = files.filter((_, at) => at % 200 === Math.floor(at / 200) % 200);
    const start = performance.now();
    const found = await reader.read('head', asked);
    const milliseconds = performance.now() - start;
    expect(found.size).toBe(100);
    for (const path of asked) expect(found.get(path)).toEqual({ text: /f(\d+)\.ts$/.exec(path)![1] });
    // About 10 ms on an idle machine; the bound is for one that is busy.
    expect(milliseconds).toBeLessThan(500);
  });
});
