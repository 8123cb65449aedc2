import type { Fault } from '../fault.ts';
import { bindingsOf, unbound, unboundTests } from './bindings.ts';
import type { Bindings } from './bindings.ts';
import { card as cardSchema } from './card-schema.ts';
import type { Card } from './card-schema.ts';
import { globTrouble } from './glob.ts';
import type { CardPlace, Example, Lesson, Matcher } from './lesson.ts';
import { partsOf } from './parts.ts';
import { looksForSomething } from './looks-for.ts';
import { readMatcher, text } from './read-matcher.ts';
import type { Desk, KnownWords } from './read-matcher.ts';
import { checkShape } from './shape.ts';
import { openSourceText, quoted } from './source-text.ts';
import type { Complaint, SourceText } from './source-text.ts';
import { asVariable, mentionsInCode, mentionsInText, variablesAnywhere } from './variables.ts';
import type { Mention } from './variables.ts';
import { beginsIn, child, extentWithin, itemsOf, nodeAt, readYaml, sectionsOf } from './yaml-tree.ts';
import type { ScalarNode, YamlNode } from './yaml-tree.ts';

export type { KnownWords } from './read-matcher.ts';

export type ReadOptions = {
  /** The words that `is` may name. */
  knownWords: KnownWords;
  /** `built-in`, or the card's path, which is what it is unless said. */
  origin?: string;
};

/**
 * A card after reading: the lesson when nothing is wrong, the card's id as far as it can be told, and everything that is wrong. Of a
 * faulty card, `matchers` are those that could be read, so that what is wrong with their patterns can be told at once with the rest.
 */
export type ReadLesson = { lesson?: Lesson; id?: string; faults: Fault[]; matchers?: Matcher[] };

const kind = {
  noun: 'the card', top: 'the card',
  empty: 'a card needs id, title, story and lesson',
  notYaml: 'lesson/not-yaml', tooLarge: 'lesson/too-large', unknownKey: 'lesson/unknown-key', missingKey: 'lesson/missing-key',
  wrongValue: 'lesson/wrong-value', notBuilt: 'lesson/not-built',
} as const;

/**
 * Reads a card: YAML text to a checked lesson, or all its faults at once in the order of the text. What needs the
 * TypeScript compiler (patterns that parse, examples that bite) is proven later, in `matching`.
 */
export function readLesson(cardText: string, file: string, options: ReadOptions): ReadLesson {
  const source = openSourceText(file, cardText);
  const tree = readYaml(source, kind);
  const complaints = [...tree.complaints];
  if (!tree.root) return { faults: source.faults(complaints) };
  const shape = checkShape(source, tree.root, cardSchema, kind);
  const desk: Desk = { source, knownWords: options.knownWords, complain: (complaint) => complaints.push(complaint) };
  const matchers = readMatchers(desk, tree.root);
  checkTogether(desk, tree.root, matchers.detect, shape.meant);
  checkVariables(desk, tree.root, matchers, shape.complaints);
  checkParts(desk, matchers);
  checkExamples(desk, tree.root, matchers.detect);
  checkPlaces(desk, tree.root);
  // Where a value is wrong in its shape and in its meaning, the meaning says more.
  const told = new Set(complaints.map((complaint) => complaint.extent?.start));
  complaints.push(...shape.complaints.filter(({ extent }) => !extent || !told.has(extent.start)));
  const id = child(tree.root, 'id');
  const named = id?.kind === 'scalar' && typeof id.value === 'string' ? { id: id.value } : {};
  const { detect, grades, fineWhen } = matchers;
  if (complaints.length > 0 || !shape.value) return { ...named, faults: source.faults(complaints), matchers: [detect, ...grades, ...fineWhen].flatMap((matcher) => matcher ?? []) };
  return { ...named, lesson: composeLesson(source, tree.root, shape.value, matchers, options.origin ?? file), faults: [] };
}

/** Faults for team cards that share an id: each but the first (by file) is told. */
export function duplicateIds(lessons: readonly Lesson[]): Fault[] {
  const first = new Map<string, Lesson>();
  return [...lessons].sort((a, b) => (a.source.file < b.source.file ? -1 : 1)).flatMap((lesson) => {
    const other = first.get(lesson.id);
    if (!other) {
      first.set(lesson.id, lesson);
      return [];
    }
    const source = openSourceText(lesson.source.file, lesson.source.text);
    const start = Math.max(source.text.search(/^id\s*:/m), 0);
    const end = start + /^[^\r\n]*/.exec(source.text.slice(start))![0].length;
    return [source.fault({
      code: 'lesson/duplicate-id', message: `${quoted(lesson.id)} is the id of another card as well`,
      hint: `the other one is ${other.source.file}; give one of them a new id`, extent: { start, end },
    })];
  });
}

type Matchers = {
  detect?: Matcher | undefined;
  grades: (Matcher | undefined)[];
  fineWhen: (Matcher | undefined)[];
};

function readMatchers(desk: Desk, root: YamlNode): Matchers {
  return {
    detect: readMatcher(desk, child(root, 'detect')),
    grades: itemsOf(child(root, 'grades')).map((grade) => readMatcher(desk, child(grade, 'when'))),
    fineWhen: itemsOf(child(root, 'fine-when')).map((fine) => readMatcher(desk, fine)),
  };
}

/** `removed` and `text` read something else than a piece of code, so they can only stand where the whole card is about that. */
function checkParts(desk: Desk, { detect, grades, fineWhen }: Matchers): void {
  const complain = (matcher: Matcher, message: string, hint: string): void => {
    const start = desk.source.offset(matcher.at);
    desk.complain({ code: 'lesson/wrong-value', message, hint, extent: { start, end: start + 1 } });
  };
  const visit = (matcher: Matcher, mayRemove: boolean, mayText: boolean): void => {
    if (matcher.removed && !mayRemove) complain(matcher.removed, '"removed" cannot stand here', 'it stands at the top of detect, or in any and all there');
    if (matcher.text && !mayText) complain(matcher, '"text" reads the lines of a file, so it cannot stand here', 'it stands at the top of detect, or in any, all and not there; for the text of code write where: { $X: { text: … } }');
    for (const each of [...(matcher.any ?? []), ...(matcher.all ?? [])]) visit(each, mayRemove, mayText);
    if (matcher.not) visit(matcher.not, false, mayText);
    const others = [matcher.inside, matcher.contains, matcher.after, matcher.before, matcher['guarded-by'], matcher.reaches, matcher['reached-by'], matcher.without, matcher.removed];
    for (const each of others) if (each) visit(each, false, false);
  };
  if (detect) visit(detect, true, true);
  const readsLines = detect !== undefined && partsOf(detect).some(({ reads }) => reads === 'lines' || reads === 'file');
  for (const each of [...grades, ...fineWhen]) if (each) visit(each, false, readsLines);
  for (const part of detect ? partsOf(detect) : []) {
    const mixed = part.reads === 'lines' ? asksAboutCode(part.matcher) : undefined;
    if (mixed) complain(mixed, 'what reads the lines of a file cannot ask about code as well', 'write the two as branches of any, or as two cards');
  }
}

/** The first matcher that asks about code, where lines are read. */
function asksAboutCode(matcher: Matcher): Matcher | undefined {
  if (matcher.is || matcher.code || matcher.inside || matcher.contains || matcher.after || matcher.before || matcher['guarded-by'] || matcher.reaches || matcher['reached-by'] || matcher.without) return matcher;
  for (const each of [...(matcher.all ?? []), ...(matcher.any ?? []), ...(matcher.not ? [matcher.not] : [])]) {
    const found = asksAboutCode(each);
    if (found) return found;
  }
  return undefined;
}

/** An example is code, or code before and after a change; what a change takes away can only be shown as the latter. */
function checkExamples(desk: Desk, root: YamlNode, detect: Matcher | undefined): void {
  const onlyRemoved = detect !== undefined && partsOf(detect).every(({ reads }) => reads === 'removed');
  for (const kind of ['bad', 'good']) {
    for (const item of itemsOf(nodeAt(root, ['examples', kind]))) {
      const [code, before, after] = ['code', 'before', 'after'].map((key) => child(item, key));
      const complain = (message: string, hint: string): void => desk.complain({ code: 'lesson/wrong-value', message, hint, extent: item.extent });
      if (item.kind === 'map' && code && (before || after)) complain('an example has "code", or "before" and "after"', 'remove one of them');
      else if (item.kind === 'map' && !code && !(before && after) && item.entries.size > 0) complain('this example holds no code', 'write { code: "…" }, or { before: "…", after: "…" }');
      else if (onlyRemoved && kind === 'bad' && !before && (code || item.kind === 'scalar')) complain('what a change takes away is shown by the code before and after it', 'write { before: "…", after: "…" }');
    }
  }
}

/** Globs can match, links lead somewhere, files lie in the repository. */
function checkPlaces(desk: Desk, root: YamlNode): void {
  for (const path of [['scope', 'files'], ['scope', 'except'], ['touches', 'files']]) {
    for (const glob of itemsOf(nodeAt(root, path))) checkGlob(desk, text(glob));
  }
  for (const [name, entry] of links(root)) checkLink(desk, name, text(entry));
  for (const example of [...itemsOf(nodeAt(root, ['examples', 'bad'])), ...itemsOf(nodeAt(root, ['examples', 'good']))]) checkExampleFile(desk, text(child(example, 'file')));
}

/** Every variable that is used is bound. A card whose `detect` cannot be read gets no opinion on that. */
function checkVariables(desk: Desk, root: YamlNode, { detect, grades, fineWhen }: Matchers, shapeComplaints: readonly Complaint[]): void {
  if (!detect) return;
  const section = sectionsOf(root).get('detect') ?? { start: 0, end: 0 };
  const isMisshapen = shapeComplaints.some(({ extent }) => beginsIn(extent, section));
  // What stands under a misspelt key may bind as well, so in a misshapen `detect` every variable counts as bound.
  const around = isMisshapen ? variablesAnywhere(desk.source.text.slice(section.start, section.end)) : new Set<string>();
  const found = bindingsOf(detect);
  const bindings = { ...found, sure: new Set([...found.sure, ...around]) };
  const complaints = unboundTests(desk.source, detect, around);
  for (const matcher of [...grades, ...fineWhen]) {
    if (matcher) complaints.push(...unboundTests(desk.source, matcher, bindings.sure));
  }
  for (const complaint of complaints) desk.complain(complaint);
  checkMentions(desk, text(child(root, 'message')), mentionsInText, bindings);
  checkMentions(desk, text(nodeAt(root, ['fix', 'replace'])), mentionsInCode, bindings);
}

/** Keys that need or exclude each other. `meant` are keys that are there, only misspelt. */
function checkTogether(desk: Desk, root: YamlNode, detect: Matcher | undefined, meant: ReadonlySet<string>): void {
  if (root.kind !== 'map') return;
  const { entries } = root;
  const has = (name: string): boolean => entries.has(name) || meant.has(name);
  const complain = (code: Complaint['code'], at: string, message: string, hint: string): void => {
    desk.complain({ code, message, hint, extent: entries.get(at)?.key });
  };
  const value = (name: string): unknown => {
    const node = entries.get(name)?.node;
    return node?.kind === 'scalar' ? node.value : undefined;
  };
  const safe = nodeAt(root, ['fix', 'safe']);
  if (safe?.kind === 'scalar' && safe.value === true && !nodeAt(root, ['fix', 'replace'])) {
    desk.complain({ code: 'lesson/missing-key', message: '"safe" needs "replace" beside it', hint: 'say in replace what the code becomes', extent: safe.extent });
  }
  if (!has('detect')) {
    for (const name of ['grades', 'fine-when'].filter((key) => entries.has(key))) {
      complain('lesson/missing-key', name, `"${name}" needs "detect" beside it`, 'say in detect what to look for');
    }
    if (value('severity') === 'warn' || value('severity') === 'block') {
      complain('lesson/wrong-value', 'severity', 'a card without "detect" only reminds: its severity is note', 'write severity: note, or say in detect what to look for');
    }
    if (entries.has('id') && !has('touches') && value('status') !== 'draft' && value('status') !== 'retired') {
      complain('lesson/missing-key', 'id', 'this card can never speak: it has neither "detect" nor "touches"', 'say in detect what to look for, or in touches which files recall it; until then status: draft');
    }
    return;
  }
  if (entries.has('touches')) complain('lesson/wrong-value', 'touches', '"touches" is for cards without "detect"', 'remove one of the two');
  const needs = ['message', 'examples'].filter((name) => !has(name));
  if (needs.length > 0 && entries.has('detect')) {
    complain(
      'lesson/missing-key', 'detect', `a card with "detect" also needs ${needs.map((name) => `"${name}"`).join(' and ')}`,
      [
        ...(needs.length > 1 ? ['add these keys:'] : []),
        ...(has('message') ? [] : ['message: one sentence about the line, with $X for what was found']),
        ...(has('examples') ? [] : ['examples: { bad: […], good: […] }, because a card must prove that it bites']),
      ].join('\n'),
    );
  }
  if (detect && Object.keys(detect).length > 1 && !looksForSomething(detect)) {
    complain('lesson/wrong-value', 'detect', '"detect" does not say what to look for', 'it needs is, code, removed, text, file or together (with any: in every branch); the other keys only narrow that down');
  }
}

function checkMentions(desk: Desk, node: ScalarNode | undefined, find: typeof mentionsInText, bindings: Bindings): void {
  if (!node) return;
  const { variables, misspelt } = find(String(node.value));
  const extent = (mention: Mention) => extentWithin(desk.source, node, mention.offset, mention.name.length);
  for (const mention of variables) {
    if (!bindings.sure.has(mention.name)) desk.complain(unbound(mention.name, bindings, extent(mention)));
  }
  for (const mention of misspelt) {
    const upper = asVariable(mention.name);
    const hint = upper && bindings.sure.has(upper) ? `did you mean "${upper}"?` : 'a name that code itself begins with $ is written behind a dot: db.$queryRaw';
    desk.complain({ code: 'lesson/lower-case-variable', message: `${quoted(mention.name)} is not a variable: those are $ and upper-case letters`, hint, extent: extent(mention) });
  }
}

function checkGlob(desk: Desk, node: ScalarNode | undefined): void {
  const trouble = node && globTrouble(String(node.value));
  if (trouble) desk.complain({ code: 'lesson/bad-glob', ...trouble, extent: node.extent });
}

/** A link is an address of the web, a path in the repository, or the number of an issue or pull request. */
function checkLink(desk: Desk, name: string, node: ScalarNode | undefined): void {
  if (!node) return;
  const link = String(node.value).trim();
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(link)?.[1]?.toLowerCase();
  const isAddress = scheme === 'https' || scheme === 'http';
  if (isAddress ? URL.canParse(link) && !/\s/.test(link) : !scheme && !link.startsWith('//') && isInRepository(link)) return;
  desk.complain({ code: 'lesson/wrong-value', message: `the link ${quoted(name)} leads nowhere`, hint: 'write an address that begins with https://, a path in the repository, or "#123"', extent: node.extent });
}

function checkExampleFile(desk: Desk, node: ScalarNode | undefined): void {
  if (!node || isInRepository(String(node.value))) return;
  desk.complain({ code: 'lesson/wrong-value', message: 'the file of an example is a path in the repository', hint: 'such as src/orders.ts', extent: node.extent });
}

function isInRepository(path: string): boolean {
  return !/[\\\u0000-\u001f]/.test(path) && !path.startsWith('/') && !path.split('/').includes('..');
}

function composeLesson(source: SourceText, root: YamlNode, value: Card, matchers: Matchers, origin: string): Lesson {
  const replace = nodeAt(root, ['fix', 'replace']);
  return {
    id: value.id,
    title: value.title.trim(),
    severity: value.severity ?? (matchers.detect ? 'warn' : 'note'),
    status: value.status ?? 'active',
    story: { what: value.story.what.trim(), cost: costOf(value) },
    lesson: value.lesson.trim(),
    links: Object.fromEntries(Object.entries(value.links ?? {}).map(([name, link]) => [name, link.trim()])),
    ask: value.ask ?? [],
    steps: value.fix?.steps ?? [],
    origin,
    waivable: value.waivers ?? true,
    scope: { files: value.scope?.files ?? ['**'], except: value.scope?.except ?? [] },
    message: (value.message ?? value.title).trim(),
    ...(matchers.detect && { detect: matchers.detect }),
    grades: (value.grades ?? []).map(({ severity }, index) => ({ when: matchers.grades[index]!, severity })),
    fineWhen: (value['fine-when'] ?? []).map(({ because }, index) => ({ matcher: matchers.fineWhen[index]!, because: because.trim() })),
    examples: { bad: readExamples(source, nodeAt(root, ['examples', 'bad'])), good: readExamples(source, nodeAt(root, ['examples', 'good'])) },
    ...(replace?.kind === 'scalar' && { replace: { text: String(replace.value).trimEnd(), safe: value.fix?.safe ?? false, at: source.place(replace.content.start) } }),
    ...(value.touches && { touches: { files: value.touches.files ?? [], symbols: value.touches.symbols ?? [] } }),
    ...(value.expires && { review: value.expires.review }),
    source: { file: source.file, text: source.text },
  };
}

function costOf(value: Card): Lesson['story']['cost'] {
  const { minutes, users, money, 'people-days': peopleDays } = value.story.cost ?? {};
  return {
    ...(minutes !== undefined && { minutes }),
    ...(users !== undefined && { users }),
    ...(money !== undefined && { money }),
    ...(peopleDays !== undefined && { 'people-days': peopleDays }),
  };
}

function readExamples(source: SourceText, list: YamlNode | undefined): Example[] {
  return itemsOf(list).flatMap((item) => {
    const after = child(item, 'after');
    const code = text(item) ?? text(child(item, 'code')) ?? (after?.kind === 'scalar' ? after : undefined);
    if (!code) return [];
    const [file, before] = [text(child(item, 'file')), text(child(item, 'before'))];
    const also = itemsOf(child(item, 'also-changed')).flatMap((path) => text(path) ?? []);
    const at: CardPlace = source.place(code.content.start);
    return [{
      code: String(code.value), ...(file && { file: String(file.value) }), ...(before && { before: String(before.value) }),
      ...(also.length > 0 && { alsoChanged: also.map((path) => String(path.value)) }), at,
    }];
  });
}

function links(root: YamlNode): [string, YamlNode][] {
  const node = child(root, 'links');
  return node?.kind === 'map' ? [...node.entries].map(([name, entry]) => [name, entry.node]) : [];
}
