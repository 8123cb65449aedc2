/**
 * How far a change reaches into its files. Two sides can only differ about code that the change wrote, about code that depends on
 * it by a name, and about what such code hands its work to. Everywhere else both give the same answers, so neither is asked.
 */
import type { ChangedFile } from '../change/change.ts';
import { areLeftAlone, onOtherSide, type Lines } from '../change/lines.ts';
import { ts, type Node, type SourceFile } from '../code/compiler.ts';
import { stemOf } from '../code/paths.ts';
import type { Asked, Extent } from '../code/scene.ts';
import { parentNames } from '../code/syntax.ts';
import { servers } from '../libraries/servers.ts';
import { mayPutIntoSql } from '../recognition/request-facts.ts';
import { partsOf, type Part } from './parts.ts';

/** A changed file with its trees: both where it stands on both sides and can be parsed. */
export type FilePair = { file: ChangedFile; head: SourceFile | undefined; base: SourceFile | undefined };

/** The parts of changed files that are asked about. All code of other files is. */
class Reach implements Asked {
  private readonly extents: ReadonlyMap<Node, Extent>;

  constructor(extents: ReadonlyMap<Node, Extent>) {
    this.extents = extents;
  }

  /** Undefined for what is no part: it belongs to the part around it. */
  extentOf(node: Node): Extent | undefined {
    return this.extents.get(node);
  }

  /** True for code that stands in a part which is asked about. */
  includes(node: Node): boolean {
    for (let up = node; up; up = up.parent) {
      const extent = this.extents.get(up);
      if (extent) return extent === 'whole' || extent === 'through';
    }
    return true;
  }
}

/** Parts of one file, and characters looked through for names, beyond which nobody tells the parts of a change apart any more. */
const mostParts = 4_000;
const mostText = 400_000_000;

/**
 * The parts of changed files that are asked about; undefined for all of them, where to tell them apart would cost more than to ask.
 * @param further names that the change touches in files which are not looked at.
 * @param besides whether lessons look at what runs before or after a statement: then all that runs as a file is loaded hangs together.
 */
export function reachOf(pairs: readonly FilePair[], further: Iterable<string>, besides: boolean): Asked | undefined {
  return new Spread(pairs, besides).from(further);
}

/** Names that lines of a file declare, for files that nobody parses. */
export function namesDeclaredIn({ hunks, path }: ChangedFile): string[] {
  const names = hunks.flatMap(({ lines }) => lines.flatMap(({ kind, text }) => (kind === 'context' ? [] : [...text.matchAll(declared)].flatMap(([, one, other]) => one ?? other ?? []))));
  return hunks.length > 0 ? [...names, stemOf(path)] : names;
}
const declared = /\b(?:function\*?|const|let|var|class|interface|type|enum)\s+([\w$]{2,80})|^\s{0,20}(?:(?:public|static|async|get|export)\s+){0,4}([\w$]{2,80})\s*[(:=]/g;

/** Packages that say what a whole file is. */
const telling = new Set(Object.values(servers).flatMap(({ packages }) => packages as readonly string[]).concat('class-validator', 'express-validator', 'zod', 'joi'));

type FileParts = {
  file: ChangedFile;
  head: Part[];
  base: Part[];
  /** What it says at the head, if it is there. */
  text: string;
  /** Parts of the head whose meaning is still what it was. */
  unchanged: number;
};

/** A name that means something else now: in which file (undefined for one that nobody parsed), whether to others as well, and what those must mention. */
type Name = { name: string; file: FileParts | undefined; isLocal: boolean; owners: readonly string[] };

class Spread {
  private readonly files: FileParts[];
  private readonly fileOf = new Map<string, FileParts>();
  /** Parts whose meaning may be another one now. */
  private readonly changed = new Set<Part>();
  /** Parts that are asked about. */
  private readonly asked = new Set<Part>();
  private readonly byName = new Map<string, Part[]>();
  private readonly open: Name[] = [];
  private readonly mentioning = new Map<string, ReadonlySet<FileParts>>();
  /** What says of its names what they are, by the words that it says. Made when first asked for. */
  private saying: Map<string, Part[]> | undefined;
  private readonly spreadNames = new Set<string>();
  /** Files in which something that runs as they are loaded may do something else now, where that bears on what runs beside it. */
  private readonly surface = new Set<FileParts>();
  private readonly besides: boolean;
  private textLeft = mostText;

  constructor(pairs: readonly FilePair[], besides: boolean) {
    this.besides = besides;
    this.files = pairs.map(({ file, head, base }) => {
      const [now, before] = [head ? partsOf(head, 'head') : [], base ? partsOf(base, 'base') : []];
      return { file, head: now, base: before, text: (head ?? base)!.text, unchanged: now.length };
    });
    for (const each of this.files) {
      this.fileOf.set(`head ${each.file.path}`, each);
      if (each.file.basePath !== undefined) this.fileOf.set(`base ${each.file.basePath}`, each);
    }
  }

  from(further: Iterable<string>): Asked | undefined {
    if (this.files.some(({ head, base }) => head.length + base.length > mostParts)) return undefined;
    for (const each of this.files) for (const part of each.head) for (const name of part.names) push(this.byName, name, part);
    for (const name of further) this.open.push({ name, file: undefined, isLocal: false, owners: [] });
    for (const each of this.files) {
      for (const part of [...each.head, ...each.base]) if (this.isTouched(part, each)) this.change(part);
      this.compareImports(each);
    }
    if (!this.spread()) return undefined;
    for (const part of [...this.changed]) {
      if (this.besides && mayRun(part)) this.surface.add(this.fileWith(part));
      this.handOn(part);
    }
    for (const each of this.files) this.askWhatSaysSo(each);
    return new Reach(this.extents());
  }

  private isTouched({ kind, side, lines }: Part, { file }: FileParts): boolean {
    return kind !== 'alias' && !lines.every((own) => areLeftAlone(file, side, own));
  }

  // -- what may mean something else ---------------------------------------------------------------------------------------

  private change(part: Part): void {
    if (this.changed.has(part)) return;
    this.changed.add(part);
    this.ask(part);
    const file = this.fileWith(part);
    if (part.side === 'head') file.unchanged -= 1;
    for (const name of part.names) this.open.push({ name, file, isLocal: part.isLocal, owners: part.owners });
    for (const event of part.events) this.open.push({ name: event, file, isLocal: false, owners: [] });
    for (const member of part.members) this.change(member);
    if (part.kind === 'option' && part.holder) this.change(part.holder);
    // `'use server'` says what every function of its file is.
    if (ts.isExpressionStatement(part.node) && ts.isStringLiteralLike(part.node.expression)) for (const each of file.head) this.change(each);
    if (part.side === 'base') for (const other of this.counterparts(part, file)) this.change(other);
  }

  private fileWith(part: Part): FileParts {
    return this.fileOf.get(`${part.side} ${part.path}`)!;
  }

  /** False where that takes too long. */
  private spread(): boolean {
    for (let next = this.open.pop(); next; next = this.open.pop()) {
      const { name, file, isLocal, owners } = next;
      const key = [name, ...(isLocal || owners.length > 0 ? [file?.file.path, isLocal, ...owners] : [])].join(' ');
      if (this.spreadNames.has(key)) continue;
      this.spreadNames.add(key);
      if (file) this.spreadIn(file, name);
      if (!isLocal) for (const each of this.filesThatMention(owners)) if (each !== file) this.spreadIn(each, name);
      if (this.textLeft < 0) return false;
    }
    return true;
  }

  /** Whoever says one of these, or of what holds one, also as a part of a longer word, may mean a member of it. */
  private filesThatMention(owners: readonly string[]): ReadonlySet<FileParts> {
    const key = owners.join();
    let files = this.mentioning.get(key);
    if (!files) {
      const all = this.withHolders(owners);
      files = new Set(owners.length === 0 || this.textLeft < 0 ? this.files : this.files.filter((file) => all.some((owner) => this.says(file, owner))));
      this.mentioning.set(key, files);
    }
    return files;
  }

  /** Looks through a file's text, as long as the bound allows. */
  private says({ text }: FileParts, name: string): boolean {
    this.textLeft -= text.length;
    return this.textLeft < 0 || text.includes(name);
  }

  /** These, what they are built on and what is built on them, and all that is said to be one: `ctx.posts` of `type Context = { posts: PostsService }`. */
  private withHolders(owners: readonly string[]): string[] {
    const all = new Set(owners);
    for (const name of all) {
      if ((this.textLeft -= name.length) < 0) break;
      for (const part of this.byName.get(name) ?? []) for (const each of heritageOf(part)) all.add(each);
      for (const part of this.sayingOf(name)) for (const each of part.names) if (each.length > 1) all.add(each);
    }
    return [...all];
  }

  private sayingOf(name: string): readonly Part[] {
    if (!this.saying) {
      this.saying = new Map();
      for (const { head } of this.files) {
        for (const part of head) for (const word of new Set(saidOf(part).match(words))) push(this.saying, word, part);
      }
    }
    return this.saying.get(name) ?? [];
  }

  /** What stands at the base alone was changed anyway. */
  private spreadIn(file: FileParts, name: string): void {
    // Where nothing is left that means what it did, as in a file that is new, nothing can come to mean something else.
    if (file.unchanged === 0 || !this.says(file, name)) return;
    for (const part of file.head) {
      if (part.kind === 'import' && leadsTo(part.node, name)) this.reopen(part);
      if (!this.changed.has(part) && mentions(part.text, name, timesDeclared(name, part) + 1)) this.changeBy(name, part);
    }
  }

  /** What comes from a file that passes something else on may be something else by any name. */
  private reopen(part: Part): void {
    for (const name of importsIn([part]).keys()) this.open.push({ name, file: this.fileWith(part), isLocal: true, owners: [] });
  }

  /** A class that is built on something else now is another one with all its members; what is said of it beside bears on them alone. */
  private changeBy(name: string, part: Part): void {
    if (!ts.isClassDeclaration(part.node) || part.node.heritageClauses?.some((clause) => mentions(clause.getText(), name))) return this.change(part);
    for (const each of [part, ...part.members]) this.ask(each);
  }

  /** What a file calls something else by a name than before, or nothing any more. */
  private compareImports(file: FileParts): void {
    const { head, base } = file;
    const [now, before] = [importsIn(head), importsIn(base)];
    for (const [name] of [...now, ...before]) if (now.get(name) !== before.get(name)) this.open.push({ name, file, isLocal: true, owners: [] });
    if (base.length > 0 && head.length > 0) {
      const packages = (imports: ReadonlyMap<string, string>): string => [...new Set([...imports.values()].map((each) => each.split('\0')[0]!))].filter((each) => telling.has(each)).sort().join();
      if (packages(now) !== packages(before)) for (const part of [...head, ...base]) this.ask(part);
    }
  }

  // -- what else is asked about -------------------------------------------------------------------------------------------

  /** Both sides are asked about the same code, or what one of them alone says would look new. */
  private ask(part: Part): void {
    if (this.asked.has(part)) return;
    this.asked.add(part);
    for (const other of this.counterparts(part, this.fileWith(part))) this.ask(other);
  }

  /** What is handed on to a function may make something else of it: a route that no longer checks. */
  private handOn(part: Part): void {
    if (givesOnly(part.node)) return;
    const file = this.fileWith(part);
    for (const word of new Set(part.text.match(words))) {
      for (const each of this.byName.get(word) ?? []) {
        if (each.kind === 'alias') for (const other of each.path === part.path ? (this.byName.get(each.text) ?? []) : []) this.ask(other);
        else if (each.kind !== 'type' && (each.path === part.path || (!each.isLocal && this.filesThatMention(each.owners).has(file)))) this.ask(each);
      }
    }
  }

  private askWhatSaysSo({ file, head, base }: FileParts): void {
    // What a path tells of its file may be something else under another one.
    const isMoved = file.basePath !== file.path;
    const parts = [...head, ...base];
    const isChanged = parts.some((part) => this.changed.has(part));
    // A parameter in a statement counts where no handler of its file leads there.
    for (const part of parts) if (isMoved || part.text.includes('lesson-ok') || (isChanged && mayPutIntoSql(part.text))) this.ask(part);
  }

  /** The parts of the other side that hold lines of this one. */
  private counterparts({ side, lines: here }: Part, { file, head, base }: FileParts): Part[] {
    const lines = here.flatMap((own) => onOtherSide(file, side, own));
    if (lines.length === 0) return [];
    return (side === 'head' ? base : head).filter((other) => other.lines.some((own) => lines.some((each) => overlap(own, each))));
  }

  private extents(): Map<Node, Extent> {
    const extents = new Map<Node, Extent>();
    for (const each of this.files) {
      for (const part of [...each.head, ...each.base]) {
        if (part.kind === 'alias') continue;
        if (part.way.length === 0) extents.set(part.node, this.asked.has(part) ? 'whole' : this.surface.has(each) ? 'surface' : 'none');
        else {
          const extent = this.asked.has(part) || this.isAskedWithin(part) || this.surface.has(each) ? 'through' : 'none';
          for (const node of part.way) extents.set(node, extent);
        }
      }
    }
    return extents;
  }

  private isAskedWithin(part: Part): boolean {
    return part.members.some((member) => this.asked.has(member) || this.isAskedWithin(member));
  }
}

/** What a part says of what its names stand for; of a function, what it gives and what it makes. */
function saidOf({ kind, text }: Part): string {
  if (kind === 'script' || kind === 'import') return '';
  return kind === 'function' ? (text.match(/\)\s*:[^{}=;]{0,200}|\bnew\s+[\w$]+/g) ?? []).join() : text;
}

/** What a class or an interface is built on. */
function heritageOf({ node }: Part): string[] {
  if (!ts.isClassDeclaration(node) && !ts.isInterfaceDeclaration(node)) return [];
  return parentNames(node).filter((name) => name.length > 1);
}

/** True for what only makes names known to others. */
function givesOnly(node: Node): boolean {
  return ts.isReturnStatement(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isExportAssignment(node);
}

/** True for what may run as its file is loaded: callbacks run where they stand. */
function mayRun({ kind }: Part): boolean {
  return kind !== 'type' && kind !== 'import' && kind !== 'alias';
}

function overlap([first, last]: Lines, [from, to]: Lines): boolean {
  return first <= to && from <= last;
}

function push<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}

const words = /[\w$\u0080-\uffff]+/g;
const inWord = /[\w$\u0080-\uffff]/;

/** True where a name stands in a text as a whole word, so many times. */
function mentions(text: string, name: string, times = 1): boolean {
  let left = times;
  for (let at = text.indexOf(name); at >= 0 && left > 0; at = text.indexOf(name, at + 1)) {
    if (!inWord.test(text[at - 1] ?? '') && !inWord.test(text[at + name.length] ?? '')) left -= 1;
  }
  return left === 0;
}

/** Once where a part writes this name to call itself so, and not for what goes by the name of its file: beside it may mean something else that is called the same. */
function timesDeclared(name: string, { names, node, kind, path }: Part): number {
  return names.includes(name) && kind !== 'script' && !ts.isShorthandPropertyAssignment(node) && name !== stemOf(path) ? 1 : 0;
}

/** True for an import from a file of this name. */
function leadsTo(node: Node, name: string): boolean {
  return ts.isImportDeclaration(node) && ts.isStringLiteralLike(node.moduleSpecifier) && stemOf(node.moduleSpecifier.text) === name;
}

/** What each imported name stands for. */
function importsIn(parts: readonly Part[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { node, kind } of parts) {
    if (kind !== 'import' || !ts.isImportDeclaration(node) || !ts.isStringLiteralLike(node.moduleSpecifier)) continue;
    const from = node.moduleSpecifier.text;
    const { name, namedBindings } = node.importClause ?? {};
    if (name) found.set(name.text, `${from}\0default`);
    if (namedBindings && ts.isNamespaceImport(namedBindings)) found.set(namedBindings.name.text, `${from}\0*`);
    if (namedBindings && ts.isNamedImports(namedBindings)) for (const each of namedBindings.elements) found.set(each.name.text, `${from}\0${(each.propertyName ?? each.name).text}`);
  }
  return found;
}
