import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Mentions, Reader, Search } from '../../src/change/change.ts';
import { openDisk } from '../../src/workspace/disk.ts';
import { openObjects } from '../../src/workspace/objects.ts';
import { searchWithGit } from '../../src/workspace/search.ts';
import { newFolder, newRepository, type TestRepository } from './repository.ts';

const wanted: Search = { words: ['load', 'posts.service', '$tag', 'größe'], endings: ['ts', 'js'] };

async function searched(repository: TestRepository, ask: Search = wanted, head?: string): Promise<{ files: Record<string, string[]>; isWhole: boolean } | undefined> {
  const reader: Reader & { close(): Promise<void> } = head === undefined ? await openDisk(repository.folder) : await openObjects(repository.folder, { head });
  try {
    return said(await reader.search!(ask));
  } finally {
    await reader.close();
  }
}

function said(mentions: Mentions | undefined): { files: Record<string, string[]>; isWhole: boolean } | undefined {
  return mentions && { files: Object.fromEntries([...mentions.files].map(([path, words]) => [path, [...words].sort()] as const).sort(([one], [other]) => (one < other ? -1 : 1))), isWhole: mentions.isWhole };
}

function withFiles(): TestRepository {
  const repository = newRepository();
  const files = {
    'a.ts': "import { load } from './posts.service';\nload(1); load(2);\n", 'b.ts': 'reload(); loader(); preload;\n', 'C.TS': 'load()\n', 'deep/er/d.js': 'größe(`$tag`);\n',
    'notes.md': 'load\n', '.gitignore': 'built\n', '.gitattributes': '*.js binary\n', 'odd "name".ts': 'load\n', 'two\nlines.ts': 'load\nload(); load();\n',
  };
  for (const [path, text] of Object.entries(files)) repository.write(path, text);
  repository.commit();
  return repository;
}

const found = { 'C.TS': ['load'], 'a.ts': ['load', 'posts.service'], 'deep/er/d.js': ['$tag', 'größe'], 'odd "name".ts': ['load'], 'two\nlines.ts': ['load'] };

test('whole words in files of some endings, in a commit and on disk', async () => {
  const repository = withFiles();
  expect(await searched(repository, wanted, 'HEAD')).toEqual({ files: found, isWhole: true });
  expect(await searched(repository)).toEqual({ files: found, isWhole: true });
  expect(await searched(repository, { ...wanted, words: [] }, 'HEAD')).toEqual({ files: {}, isWhole: true });
  expect(await searched(repository, { ...wanted, words: ['nowhere', '-e'] }, 'HEAD')).toEqual({ files: {}, isWhole: true });
});

test('on disk what is new counts, what git ignores does not; a commit does not change', async () => {
  const repository = withFiles();
  repository.write('new.ts', 'load\n');
  repository.write('built/out.js', 'load\n');
  repository.remove('a.ts');
  const { 'a.ts': _, ...others } = found;
  expect(await searched(repository)).toEqual({ files: { ...others, 'new.ts': ['load'] }, isWhole: true });
  expect(await searched(repository, wanted, 'HEAD')).toEqual({ files: found, isWhole: true });
});

test('a file that this copy lacks makes it partial, and the search survives', async () => {
  const repository = withFiles();
  const lose = (name: string): void => {
    const hash = repository.git('rev-parse', name);
    rmSync(join(repository.folder, '.git/objects', hash.slice(0, 2), hash.slice(2)));
  };
  lose('HEAD:a.ts');
  const { 'a.ts': _, ...others } = found;
  expect(await searched(repository, wanted, 'HEAD')).toEqual({ files: others, isWhole: false });
  lose('HEAD:deep');
  // Without a folder git ends at once, before or after what it found elsewhere.
  expect((await searched(repository, wanted, 'HEAD'))?.isWhole ?? false).toBe(false);
});

test('where git cannot search, it says so', async () => {
  expect(await searchWithGit(newFolder(), '0'.repeat(40), wanted)).toBeUndefined();
});
