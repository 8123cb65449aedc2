import type { Reader, Source } from '../src/change/change.ts';
import type { Side } from '../src/model.ts';

/** Files of one side: path → text. */
export type Files = Readonly<Record<string, string>>;

/** A repository in memory, with one or two sides. It notes every path it was asked for. */
export function inMemory(sides: { base?: Files; head: Files }): Reader & { asked: Set<string> } {
  const filesOf = (side: Side): Files => sides[side] ?? {};
  const asked = new Set<string>();
  return {
    asked,
    read(side, paths) {
      const files = filesOf(side);
      const found = new Map<string, Source>();
      for (const path of paths) {
        asked.add(path);
        if (Object.hasOwn(files, path)) found.set(path, { text: files[path]! });
      }
      return Promise.resolve(found);
    },
    search({ words, endings }) {
      const files = new Map<string, ReadonlySet<string>>();
      for (const [path, text] of Object.entries(filesOf('head'))) {
        if (!endings.some((ending) => path.endsWith(`.${ending}`))) continue;
        const said = new Set(text.match(/[\w$]+(?:[.-][\w$]+)*/g)?.flatMap((each) => [each, ...each.split(/[.-]/)]));
        const here = words.filter((word) => said.has(word));
        if (here.length > 0) files.set(path, new Set(here));
      }
      return Promise.resolve({ files, isWhole: true });
    },
    list(side, folders) {
      const paths = Object.keys(filesOf(side));
      return Promise.resolve(new Map(folders.flatMap((folder) => {
        const names = namesIn(folder, paths);
        return names.length > 0 ? [[folder, names] as const] : [];
      })));
    },
  };
}

function namesIn(folder: string, paths: readonly string[]): string[] {
  const prefix = folder === '' ? '' : `${folder}/`;
  const names = paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length).replace(/\/.*/s, '/'));
  return [...new Set(names)];
}
