import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Buffer as Bytes } from 'node:buffer';

/** What stands at a path: text or bytes, or a link. */
export type Content = string | Bytes | { link: string };
export type Files = Readonly<Record<string, Content>>;
export type Stored = { oid: string; mode: number; bytes: Bytes };

/** A changed file as REST lists it. */
export type ListedFile = { sha: string | null; filename: string; status: string; additions: number; deletions: number; changes: number; patch?: string; previous_filename?: string };

/** A real git repository, so that diffs are git's own, with all trees at hand in memory. */
export type History = {
  folder: string;
  /** Commits these files, and nothing else, onto a parent; with another one that is merged into it. */
  commit(files: Files, parent?: string, merged?: string): Promise<string>;
  parents(commit: string): string[];
  tree(commit: string): Map<string, Stored> | undefined;
  blob(oid: string): Bytes | undefined;
  mergeBase(one: string, other: string): Promise<string | undefined>;
  compare(base: string, head: string): Promise<ListedFile[]>;
  isKnown(commit: string): boolean;
  /** All files of a commit, packed as GitHub packs them: in one folder, as git's own archives are. */
  archive(commit: string): Bytes;
  remove(): void;
};

const environment = {
  ...process.env, GIT_AUTHOR_NAME: 'A Tester', GIT_AUTHOR_EMAIL: 'tester@example.com', GIT_COMMITTER_NAME: 'A Tester', GIT_COMMITTER_EMAIL: 'tester@example.com',
  GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C',
};

export async function newHistory(): Promise<History> {
  const folder = mkdtempSync(join(tmpdir(), 'small-github-'));
  const git = (args: string[], input: Bytes | string = '') => run('git', args, folder, input);
  await git(['init', '--quiet', '--bare', '--initial-branch=main']);
  const trees = new Map<string, Map<string, Stored>>();
  const parentsOf = new Map<string, string[]>();
  const blobs = new Map<string, Bytes>();
  const bases = new Map<string, Promise<string>>();
  const compared = new Map<string, Promise<ListedFile[]>>();
  let made = 0;

  const store = (content: Content): Stored => {
    const isLink = typeof content === 'object' && 'link' in content;
    const bytes = Buffer.from((isLink ? content.link : content) as string);
    const oid = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
    blobs.set(oid, bytes);
    return { oid, bytes, mode: isLink ? 0o120000 : 0o100644 };
  };

  return {
    folder,
    parents: (commit) => parentsOf.get(commit) ?? [],
    async commit(files, parent, merged) {
      made += 1;
      const tree = new Map(Object.entries(files).map(([path, content]) => [path, store(content)] as const));
      const parts: Bytes[] = [Buffer.from(`commit refs/heads/made-${made}\nmark :1\ncommitter A Tester <tester@example.com> ${1_700_000_000 + made * 60} +0000\ndata 6\nA step\n${parent ? `from ${parent}\n` : ''}${merged ? `merge ${merged}\n` : ''}deleteall\n`)];
      for (const [path, { bytes, mode }] of tree) {
        const name = `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
        parts.push(Buffer.from(`M ${mode.toString(8)} inline ${name}\ndata ${bytes.length}\n`), bytes, Buffer.from('\n'));
      }
      parts.push(Buffer.from('get-mark :1\n'));
      const commit = (await git(['fast-import', '--quiet', '--cat-blob-fd=1'], Buffer.concat(parts))).trim();
      trees.set(commit, tree);
      parentsOf.set(commit, [parent, merged].filter((each) => each !== undefined));
      return commit;
    },
    tree: (commit) => trees.get(commit),
    blob: (oid) => blobs.get(oid),
    isKnown: (commit) => trees.has(commit),
    archive: (commit) => archived(folder, commit),
    async mergeBase(one, other) {
      if (one === other) return one;
      const key = `${one} ${other}`;
      const known = bases.get(key) ?? git(['merge-base', one, other]).catch(() => '');
      bases.set(key, known);
      return (await known).trim() || undefined;
    },
    compare(base, head) {
      const key = `${base} ${head}`;
      const known = compared.get(key) ?? git(['diff-tree', '-r', '-M', '--full-index', '--raw', '-z', '-p', base, head]).then((text) => listed(text));
      compared.set(key, known);
      return known;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The history of a repository that is there, read as it is asked for: to hold readers against real changes. */
export function historyIn(folder: string, commits: readonly string[]): History {
  const git = (args: string[]) => run('git', args, folder, '');
  const sync = (args: string[]): Bytes => execFileSync('git', args, { cwd: folder, env: environment, maxBuffer: 2 ** 30 });
  const trees = new Map(commits.map((commit) => {
    const entries = sync(['ls-tree', '-r', '-z', commit]).toString().split('\0').filter((line) => line !== '');
    return [commit, new Map(entries.map((line): [string, Stored] => {
      const [about, path] = [line.slice(0, line.indexOf('\t')), line.slice(line.indexOf('\t') + 1)];
      const [mode, type, oid] = about.split(' ');
      let known: Bytes | undefined;
      return [path, { oid: oid!, mode: Number.parseInt(mode!, 8), get bytes() {
        return (known ??= type === 'blob' ? sync(['cat-file', 'blob', oid!]) : Buffer.alloc(0));
      } }];
    }))];
  }));
  return {
    folder,
    parents: () => [],
    commit: () => Promise.reject(new Error('a history that is there is not written to')),
    tree: (commit) => trees.get(commit),
    blob: (oid) => sync(['cat-file', 'blob', oid]),
    isKnown: (commit) => trees.has(commit),
    archive: (commit) => archived(folder, commit),
    mergeBase: async (one, other) => (await git(['merge-base', one, other])).trim(),
    compare: async (base, head) => listed(await git(['diff-tree', '-r', '-M', '--full-index', '--raw', '-z', '-p', base, head])),
    remove: () => {},
  };
}

function archived(folder: string, commit: string): Bytes {
  return execFileSync('git', ['archive', '--format=tar.gz', `--prefix=acme-shop-${commit.slice(0, 7)}/`, commit], { cwd: folder, env: environment, maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'ignore'] });
}

/** The files of a diff in git's own words: `--raw -z` entries, an empty one, then a patch for each in the same order. */
function listed(text: string): ListedFile[] {
  if (text === '') return [];
  const files: ListedFile[] = [];
  let at = 0;
  const field = (): string => {
    const end = text.indexOf('\0', at);
    const value = text.slice(at, end < 0 ? text.length : end);
    at = end < 0 ? text.length : end + 1;
    return value;
  };
  while (text[at] === ':') {
    const [, , , sha, status] = field().split(' ');
    const first = field();
    const isRename = status!.startsWith('R');
    const filename = isRename ? field() : first;
    const word = isRename ? 'renamed' : { A: 'added', D: 'removed' }[status!] ?? 'modified';
    files.push({ sha: status === 'D' ? null : sha!, filename, status: word, additions: 0, deletions: 0, changes: 0, ...(isRename && { previous_filename: first }) });
  }
  if (text[at] === '\0') at += 1;
  const sections = text.slice(at).split(/^(?=diff --git )/m);
  files.forEach((file, index) => {
    const section = sections[index] ?? '';
    const start = section.search(/^@@ /m);
    if (start < 0) return;
    const patch = section.slice(start).replace(/\n$/, '');
    const lines = patch.split('\n');
    file.additions = lines.filter((line) => line.startsWith('+')).length;
    file.deletions = lines.filter((line) => line.startsWith('-')).length;
    file.changes = file.additions + file.deletions;
    file.patch = patch;
  });
  return files;
}

function run(command: string, args: string[], cwd: string, input: Bytes | string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: environment });
    const out: Bytes[] = [];
    const errors: Bytes[] = [];
    child.stdout.on('data', (piece: Bytes) => out.push(piece));
    child.stderr.on('data', (piece: Bytes) => errors.push(piece));
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(Buffer.concat(out).toString()) : reject(new Error(`${args[0]} failed: ${Buffer.concat(errors).toString()}`))));
    // Git may be done before it has read all of nothing.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
