import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { onTestFinished, expect, test } from 'vitest';
import { readArchive, usualBounds, type Archive, type Bounds } from '../../src/github/archive.ts';
import { openApi, type ApiReader } from '../../src/github/api-reader.ts';
import { openClient } from '../../src/github/client.ts';
import { newHistory, type Content, type Files } from './small-github/history.ts';
import { owner, repo, SmallGitHub, usual } from './small-github/host.ts';

const isWanted = (path: string): boolean => path.endsWith('.ts') || path.endsWith('package.json');

async function packed(files: Files): Promise<Buffer> {
  const history = await newHistory();
  onTestFinished(() => history.remove());
  return history.archive(await history.commit(files));
}

async function opened(files: Files, bounds: Partial<Bounds> = {}): Promise<Archive> {
  return readArchive(Readable.from(inPieces(await packed(files))), isWanted, { ...usualBounds, ...bounds });
}

/** Text that does not pack well. */
function noise(seed: number): string {
  return Array.from({ length: 100 }, (_, at) => String(Math.sin(seed * 100 + at))).join('');
}

/** As a network hands it over: at places that mean nothing. */
function* inPieces(bytes: Buffer, size = 700): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const long = `${'a-rather-long-folder-name/'.repeat(9)}ü file.ts`;
const files: Record<string, Content> = {
  'package.json': '{}', 'src/a.ts': "import { load } from './posts.service';\nload(1);\r\n", 'src/b.ts': '\ufeffreload(); loader();', 'notes.md': 'load', [long]: 'load',
  'link.ts': { link: 'src/a.ts' }, 'large.ts': 'load\n'.repeat(250_000), 'binary.ts': Buffer.from([1, 0, 2]),
};

test('what stands in the repository, read from its archive', async () => {
  const archive = await opened(files);
  expect(archive.source('src/a.ts')).toEqual({ text: files['src/a.ts'] });
  expect(archive.source('src/b.ts')).toEqual({ text: files['src/b.ts'] });
  expect(archive.source(long)).toEqual({ text: 'load' });
  expect(['link.ts', 'large.ts', 'binary.ts', 'notes.md', 'nowhere.ts', 'src'].map((path) => archive.source(path))).toEqual([{ unread: 'symlink' }, { unread: 'too-large' }, { unread: 'binary' }, 'ask', undefined, 'ask']);
  expect(archive.names('')).toEqual(['a-rather-long-folder-name/', 'binary.ts', 'large.ts', 'link.ts', 'notes.md', 'package.json', 'src/']);
  expect(archive.names('src')).toEqual(['a.ts', 'b.ts']);
  expect(archive.names('nowhere')).toBeUndefined();
});

test('words are found as whole words, in code alone', async () => {
  const { files: found, isWhole } = (await opened(files)).search({ words: ['load', 'posts.service', 'a.ts', 'loa'], endings: ['ts'] });
  expect(Object.fromEntries([...found].map(([path, words]) => [path, [...words]]))).toEqual({ 'src/a.ts': ['load', 'posts.service'], [long]: ['load'] });
  expect(isWhole).toBe(true);
});

test('attributes that alter an archive make it a hint of where to look, and no more', async () => {
  for (const attributes of ['secret/** export-ignore', '*.ts export-subst', '*.ts text eol=crlf']) {
    const archive = await opened({ ...files, 'secret/c.ts': 'load', 'src/.gitattributes': '*.png binary', '.gitattributes': `${attributes}\n` });
    expect([archive.source('src/a.ts'), archive.source('nowhere.ts'), archive.names('src')]).toEqual(['ask', 'ask', 'ask']);
    expect([...archive.search({ words: ['load'], endings: ['ts'] }).files.keys()]).toContain('src/a.ts');
  }
});

test.each<[string, Partial<Bounds>]>([['bytes on the way', { packed: 200_000 }], ['bytes unpacked', { unpacked: 600_000 }], ['bytes kept', { kept: 60 }], ['entries', { entries: 5 }]])('beyond so many %s it is not whole, and absence proves nothing', async (_, bounds) => {
  const many = Object.fromEntries(Array.from({ length: 400 }, (_each, at) => [`src/z${at}.ts`, `// ${noise(at)}\nload();\n`]));
  const archive = await opened({ 'a.ts': 'load', ...many }, bounds);
  expect(archive.search({ words: ['load'], endings: ['ts'] }).isWhole).toBe(false);
  expect(archive.source('nowhere.ts')).toBe('ask');
  expect(archive.source('a.ts')).toEqual({ text: 'load' });
});

test('an archive that breaks off is what came of it; one that is none is none', async () => {
  const whole = gunzipSync(await packed({ 'a.ts': 'load', 'b.ts': `// ${'x'.repeat(3_000)}` }));
  const read = (bytes: Buffer): Promise<Archive> => readArchive(Readable.from(inPieces(bytes)), isWanted, usualBounds);
  const half = await read(gzipSync(whole.subarray(0, 3_600)));
  expect(half.search({ words: ['load'], endings: ['ts'] })).toEqual({ files: new Map([['a.ts', new Set(['load'])]]), isWhole: false });
  await expect(read(Buffer.from('<html>It is late</html>'))).rejects.toThrow();
  await expect(read(gzipSync(Buffer.from('no archive at all'.repeat(100))))).rejects.toThrow();
  await expect(readArchive(new Readable({ read() {} }), isWanted, { ...usualBounds, milliseconds: 50 })).rejects.toThrow();
});

async function onGitHub(play: (reader: ApiReader, host: SmallGitHub) => Promise<void>): Promise<void> {
  const host = await SmallGitHub.open();
  try {
    host.tokens.set('t', usual);
    const client = openClient({ token: 't', api: host.address, graphql: `${host.address}/graphql`, left: () => 60_000, say: () => {} });
    await play(openApi(client, { owner, repo }, { head: await host.history.commit(files) }, { keeps: isWanted }), host);
    expect(host.wrongs).toEqual([]);
  } finally {
    host.close();
  }
}

test('one download serves every search and every reading after it, and the token stays with the API', () => onGitHub(async (reader, host) => {
  const search = { words: ['load'], endings: ['ts'] };
  const [one, other] = await Promise.all([reader.search!(search), reader.search!({ ...search, words: ['reload'] })]);
  expect([[...one!.files.keys()].sort(), [...other!.files.keys()]]).toEqual([[long, 'src/a.ts'], ['src/b.ts']]);
  expect([...(await reader.read('head', ['src/a.ts', 'nowhere.ts', 'link.ts'])).keys()]).toEqual(['src/a.ts', 'link.ts']);
  expect(await reader.list('head', ['src'])).toEqual(new Map([['src', ['a.ts', 'b.ts']]]));
  expect(host.sent.map(({ path }) => path)).toEqual([expect.stringMatching(/\/tarball\/[0-9a-f]{40}$/)]);
  expect(host.downloads.map(({ authorization }) => authorization)).toEqual(['']);
}));

test.each([['refused', /tarball/, 404], ['broken', /DOWNLOAD/, 404]])('where the archive is %s, nothing was searched, and reading goes on', (_, on, status) => onGitHub(async (reader, host) => {
  host.failures.push({ on, status });
  expect(await reader.search!({ words: ['load'], endings: ['ts'] })).toBeUndefined();
  expect([...(await reader.read('head', ['src/a.ts'])).keys()]).toEqual(['src/a.ts']);
}));
