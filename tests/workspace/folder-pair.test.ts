import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { openFolderPair } from '../../src/workspace/folder-pair.ts';
import { newFolder } from './repository.ts';

function folderWith(files: Record<string, string>): string {
  const folder = newFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const base = { 'a.ts': 'one\n', 'src/b.ts': 'same\n', 'src/gone.ts': 'was\n', 'logo.png': '\u0000one' };
const head = { 'a.ts': 'two\n', 'src/b.ts': 'same\n', 'src/c/new.ts': 'new\n', 'logo.png': '\u0000two' };

test('what differs between two folders is a change', async () => {
  const { change } = await openFolderPair(folderWith(base), folderWith(head));
  expect(change.files.map(({ path, basePath, status, binary, hunksKnown }) => [path, basePath, status, binary, hunksKnown])).toEqual([
    ['a.ts', 'a.ts', 'modified', false, true],
    ['logo.png', 'logo.png', 'modified', true, false],
    ['src/c/new.ts', undefined, 'added', false, true],
    ['src/gone.ts', 'src/gone.ts', 'deleted', false, true],
  ]);
  expect(change.files[0]!.hunks[0]!.lines).toEqual([{ kind: 'removed', text: 'one' }, { kind: 'added', text: 'two' }]);
});

test('both sides can be read, and their folders listed', async () => {
  const { reader } = await openFolderPair(folderWith(base), folderWith(head));
  expect(Object.fromEntries(await reader.read('base', ['a.ts', 'src/c/new.ts', 'logo.png', '../a.ts']))).toEqual({ 'a.ts': { text: 'one\n' }, 'logo.png': { unread: 'binary' } });
  expect(Object.fromEntries(await reader.read('head', ['a.ts']))).toEqual({ 'a.ts': { text: 'two\n' } });
  expect(Object.fromEntries(await reader.list('head', ['', 'src', 'nowhere']))).toEqual({ '': ['a.ts', 'logo.png', 'src/'], src: ['b.ts', 'c/'] });
});
