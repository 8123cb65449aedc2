import { Fault } from '../fault.ts';
import type { ChangedFile, Hunk, HunkLine } from './change.ts';

/** More characters of hunks than this are not kept in one change: the hunks of the files after it are then unknown. */
const mostHunkText = 128 * 1024 * 1024;

/** A line longer than this is cut, and the hunks of its file are unknown. In characters. */
const longestLine = 16 * 1024 * 1024;

/** A diff that arrives piece by piece. */
export type DiffReading = {
  /** Takes the next piece of text, which may end anywhere. Throws a Fault `git/failed` for text that is no git diff. */
  write(piece: string): void;
  /** The files of the diff, when all of it was written. */
  end(): ChangedFile[];
};

/**
 * The files in the text of a git diff, in the diff's order. Paths are what they were in git, unquoted. Hunks that are cut off,
 * contradict their own counts or are too large to keep are left out, and their file says so (`hunksKnown`).
 * Throws a Fault `git/failed` for text that is no git diff.
 */
export function parseDiff(text: string): ChangedFile[] {
  const diff = readDiff();
  diff.write(text);
  return diff.end();
}

/**
 * The hunks of the `patch` that GitHub gives for a file. Undefined when the patch is cut off or contradicts its own counts:
 * its hunks are then unknown.
 */
export function parsePatch(patch: string): Hunk[] | undefined {
  const section = newSection('');
  eachLine(patch, line => takeBodyLine(section, line));
  closeHunk(section);
  return section.broken || section.hunks.length === 0 ? undefined : section.hunks;
}

/** Reads a git diff while it is being written, so that a large one is never held as one text. */
export function readDiff(): DiffReading {
  const files: ChangedFile[] = [];
  let section: Section | undefined;
  let room = mostHunkText;
  let unfinished = '';
  let cut = false;

  const close = () => {
    if (!section) return;
    closeHunk(section);
    room -= section.size;
    addFile(files, changedFile(section));
    section = undefined;
  };
  const take = (line: string) => {
    if (isSectionHead(line)) {
      close();
      section = openSection(line);
    } else if (section) {
      takeLine(section, line);
      if (cut || section.size > room) dropHunks(section);
    } else if (line !== '') {
      throw new Fault('git/failed', { message: `The diff holds a line that git does not write: ${JSON.stringify(line.slice(0, 80))}` });
    }
    cut = false;
  };
  const keep = (part: string) => {
    if (unfinished.length + part.length > longestLine) cut = true;
    else unfinished += part;
  };

  return {
    write(piece) {
      let start = 0;
      for (let end = piece.indexOf('\n'); end !== -1; end = piece.indexOf('\n', start)) {
        keep(piece.slice(start, end));
        const line = unfinished;
        unfinished = '';
        take(line);
        start = end + 1;
      }
      keep(piece.slice(start));
    },
    end() {
      if (unfinished !== '') take(unfinished);
      unfinished = '';
      close();
      return files;
    },
  };
}

/** What the diff has told of one file so far. */
type Section = {
  path: string;
  renamedFrom?: string;
  added: boolean;
  deleted: boolean;
  copied: boolean;
  baseMode?: string;
  headMode?: string;
  binary: boolean;
  hunks: Hunk[];
  open?: { hunk: Hunk; baseLeft: number; headLeft: number };
  /** Something in it was not understood, or not kept. */
  broken: boolean;
  /** Characters kept in the hunks. */
  size: number;
};

function newSection(path: string): Section {
  return { path, added: false, deleted: false, copied: false, binary: false, hunks: [], broken: false, size: 0 };
}

function isSectionHead(line: string): boolean {
  return line.startsWith('diff --git ') || line.startsWith('diff --cc ') || line.startsWith('diff --combined ');
}

function openSection(line: string): Section {
  if (line.startsWith('diff --git ')) return newSection(pathOfHeader(line.slice('diff --git '.length)));
  // A merge with several parents: its hunks have a column for each, and say nothing about one base.
  const section = newSection(unquoted(line.slice(line.indexOf(' ', 'diff --c'.length) + 1)));
  section.broken = true;
  return section;
}

/**
 * The path in `a/<path> b/<path>`. Both are the same (a rename tells its own two), so that an unquoted path may hold
 * spaces, even ` b/`, and still be read in one way only.
 */
function pathOfHeader(names: string): string {
  const first = names.startsWith('"') ? names.slice(0, endOfQuoted(names)) : names.slice(0, (names.length - 1) / 2);
  const second = names.slice(first.length + 1);
  const [base, head] = [unquoted(first), unquoted(second)];
  if (base.startsWith('a/') && head.startsWith('b/') && base.slice(2) === head.slice(2)) return base.slice(2);
  return '';
}

function takeLine(section: Section, line: string): void {
  if (section.open || section.hunks.length > 0 || line.startsWith('@@ ')) takeBodyLine(section, line);
  else takeHeaderLine(section, line);
}

function takeHeaderLine(section: Section, line: string): void {
  const value = (key: string) => (line.startsWith(key) ? line.slice(key.length) : undefined);
  const renamedFrom = value('rename from ');
  const head = value('rename to ') ?? value('copy to ');
  const added = value('new file mode ');
  const deleted = value('deleted file mode ');

  if (renamedFrom !== undefined) section.renamedFrom = unquoted(renamedFrom);
  else if (head !== undefined) {
    section.path = unquoted(head);
    section.copied = line.startsWith('copy ');
  } else if (added !== undefined) {
    section.added = true;
    section.headMode = added;
  } else if (deleted !== undefined) {
    section.deleted = true;
    section.baseMode = deleted;
  } else if (line.startsWith('old mode ')) section.baseMode = line.slice('old mode '.length);
  else if (line.startsWith('new mode ')) section.headMode = line.slice('new mode '.length);
  else if (line.startsWith('index ')) takeIndexLine(section, line);
  else if (line.startsWith('Binary files ') || line === 'GIT binary patch') section.binary = true;
}

/** `index <base>..<head> <mode>`: the mode is there when it is the same on both sides. */
function takeIndexLine(section: Section, line: string): void {
  const mode = line.split(' ')[2];
  if (mode === undefined) return;
  section.baseMode ??= mode;
  section.headMode ??= mode;
}

/** A line from the first hunk on. */
function takeBodyLine(section: Section, line: string): void {
  if (line.startsWith('\\')) return markUnterminated(section);
  if (section.open) {
    if (!takeHunkLine(section, line)) section.broken = true;
    return;
  }
  if (line === '') return;
  const hunk = openHunk(line);
  if (!hunk) {
    section.broken = true;
    return;
  }
  section.hunks.push(hunk);
  if (hunk.baseLines + hunk.headLines > 0) section.open = { hunk, baseLeft: hunk.baseLines, headLeft: hunk.headLines };
}

const hunkHeader = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@/;

function openHunk(line: string): Hunk | undefined {
  const found = hunkHeader.exec(line);
  if (!found) return undefined;
  const [baseStart, baseLines, headStart, headLines] = found.slice(1).map(digits => Number(digits ?? 1));
  return { baseStart: baseStart!, baseLines: baseLines!, headStart: headStart!, headLines: headLines!, lines: [] };
}

const kinds: Record<string, HunkLine['kind']> = { ' ': 'context', '+': 'added', '-': 'removed' };

/** False when the line cannot stand here: the hunk is cut off, or holds more lines than it said. */
function takeHunkLine(section: Section, line: string): boolean {
  const open = section.open!;
  // An empty context line may come without its space (`diff.suppressBlankEmpty`, and mail programs).
  const kind = line === '' ? 'context' : kinds[line[0]!];
  const base = kind === 'added' ? 0 : 1;
  const head = kind === 'removed' ? 0 : 1;
  if (!kind || base > open.baseLeft || head > open.headLeft) {
    delete section.open;
    return false;
  }
  if (!section.broken) {
    open.hunk.lines.push({ kind, text: line.slice(1) });
    section.size += line.length;
  }
  open.baseLeft -= base;
  open.headLeft -= head;
  if (open.baseLeft + open.headLeft === 0) delete section.open;
  return true;
}

/** `\ No newline at end of file` speaks of the line above it. */
function markUnterminated(section: Section): void {
  const last = section.hunks.at(-1)?.lines.at(-1);
  if (last) last.unterminated = true;
}

function closeHunk(section: Section): void {
  if (section.open) section.broken = true;
  delete section.open;
}

function dropHunks(section: Section): void {
  section.broken = true;
  section.size = 0;
  for (const hunk of section.hunks) hunk.lines = [];
}

function changedFile(section: Section): ChangedFile {
  if (section.path === '') throw new Fault('git/failed', { message: 'The diff names a file in a way that git does not.' });
  const status = section.deleted ? 'deleted' : section.added || section.copied ? 'added' : section.renamedFrom !== undefined ? 'renamed' : 'modified';
  const file: ChangedFile = {
    path: section.path,
    status,
    binary: section.binary,
    hunks: section.broken ? [] : section.hunks,
    hunksKnown: !section.broken,
  };
  if (status !== 'added') file.basePath = section.renamedFrom ?? section.path;
  const special = specialOf(section.deleted ? section.baseMode : section.headMode);
  if (special) file.special = special;
  return file;
}

function specialOf(mode: string | undefined): ChangedFile['special'] {
  if (mode === '120000') return 'symlink';
  if (mode === '160000') return 'submodule';
  return undefined;
}

/** Where one path is deleted and added again, its type has changed (a file became a link, a link a file): one changed file. */
function addFile(files: ChangedFile[], file: ChangedFile): void {
  const before = files.at(-1);
  const sameName = before?.path === file.path && before.status === 'deleted' && file.status === 'added';
  if (!sameName) files.push(file);
  else files[files.length - 1] = before.special ? file : retyped(before, file);
}

function retyped(before: ChangedFile, after: ChangedFile): ChangedFile {
  return {
    ...after,
    status: 'modified',
    basePath: before.path,
    binary: before.binary || after.binary,
    hunks: oneHunk([...before.hunks, ...after.hunks]),
    hunksKnown: before.hunksKnown && after.hunksKnown,
  };
}

/** Everything goes, then everything comes: as one hunk, so that no line is taken for unchanged. */
function oneHunk(hunks: Hunk[]): Hunk[] {
  if (hunks.length < 2) return hunks;
  const sum = (count: (hunk: Hunk) => number) => hunks.reduce((total, hunk) => total + count(hunk), 0);
  return [{ baseStart: 1, baseLines: sum(hunk => hunk.baseLines), headStart: 1, headLines: sum(hunk => hunk.headLines), lines: hunks.flatMap(hunk => hunk.lines) }];
}

function eachLine(text: string, take: (line: string) => void): void {
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
    take(text.slice(start, end));
    start = end + 1;
  }
  if (start < text.length) take(text.slice(start));
}

const escapes: Record<string, number> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92 };
const octal = /^[0-3][0-7]{2}$/;

/** A path as git prints it: as it is, or in quotes with the escapes of C, where octal ones are bytes of UTF-8. */
function unquoted(name: string): string {
  if (!name.startsWith('"')) return name;
  const inside = name.slice(1, endOfQuoted(name) - 1);
  const bytes: Buffer[] = [];
  let plain = 0;
  for (let at = inside.indexOf('\\'); at !== -1; at = inside.indexOf('\\', plain)) {
    bytes.push(Buffer.from(inside.slice(plain, at)));
    const digits = inside.slice(at + 1, at + 4);
    const code = octal.test(digits) ? Number.parseInt(digits, 8) : escapes[inside[at + 1] ?? ''];
    bytes.push(code === undefined ? Buffer.from(inside.slice(at, at + 2)) : Buffer.of(code));
    plain = at + (octal.test(digits) ? 4 : 2);
  }
  bytes.push(Buffer.from(inside.slice(plain)));
  return Buffer.concat(bytes).toString('utf8');
}

/** The place after the quote that closes the name which opens at the start. */
function endOfQuoted(name: string): number {
  for (let at = 1; at < name.length; at += 1) {
    if (name[at] === '\\') at += 1;
    else if (name[at] === '"') return at + 1;
  }
  return name.length;
}
