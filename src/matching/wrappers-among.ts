import type { Reader } from '../change/change.ts';
import { openCompiler, type SourceFile } from '../code/compiler.ts';
import { isGenerated } from '../code/generated.ts';
import { OpenedFiles } from '../code/opened-files.ts';
import { Scene } from '../code/scene.ts';
import { wrappersIn, type Wrapper } from '../recognition/wrappers.ts';

export type { Wrapper } from '../recognition/wrappers.ts';

/** Rounds of questions about the project's own files. */
const mostRounds = 6;

/** The wrappers among these files of the head, the most called first: functions that end in a database call. */
export async function wrappersAmong(paths: readonly string[], reader: Reader): Promise<Wrapper[]> {
  await openCompiler();
  const files = new OpenedFiles();
  files.add(paths, await reader.read('head', paths));
  const scene = new Scene('head', files);
  for (let round = 0; ; round += 1) {
    const { misses } = files;
    const trees = paths.flatMap((path): SourceFile[] => {
      const text = files.text(path);
      const tree = text === undefined || isGenerated(path, text) ? undefined : files.tree(path);
      return tree ? [tree] : [];
    });
    const wrappers = wrappersIn(trees, scene);
    if (files.misses === misses || round === mostRounds) return wrappers;
    const [wanted, folders] = [[...files.wanted], [...files.wantedFolders]];
    files.add(wanted, await reader.read('head', wanted));
    files.addFolders(folders, await reader.list('head', folders));
    files.addMentions([...files.wantedWords], new Map());
    scene.forget();
  }
}
