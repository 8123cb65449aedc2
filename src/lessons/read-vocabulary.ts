import type { Fault } from '../fault.ts';
import { bindingsOf, unbound, unboundTests } from './bindings.ts';
import type { CardPlace, Matcher } from './lesson.ts';
import { byNearness, nearest } from './nearest.ts';
import { looksForSomething } from './looks-for.ts';
import { checkAttributeNamed, checkAttributeValue, complainOfSpelling, readMatcher, type Desk, type KnownWords } from './read-matcher.ts';
import { checkShape } from './shape.ts';
import { openSourceText, quoted } from './source-text.ts';
import { isVariable } from './variables.ts';
import { vocabularyShape } from './vocabulary-schema.ts';
import { beginsIn, child, itemsOf, readYaml, sectionsOf, type YamlNode } from './yaml-tree.ts';

/** One shape of code that a team's word stands for, and what is known of it. */
export type OwnEntry = {
  matcher: Matcher;
  /** Attribute → its value, or the variable whose text it is. */
  attributes: Record<string, string | number | boolean>;
  at: CardPlace;
};

/** A word as a team uses it: more code for one that is built in, or a word of its own. */
export type OwnWord = {
  name: string;
  /** What it means; absent for additions to a built-in word. */
  means?: string;
  entries: OwnEntry[];
  source: { file: string; text: string };
};

const kind = {
  noun: 'the vocabulary', top: 'the vocabulary',
  notYaml: 'lesson/not-yaml', tooLarge: 'lesson/too-large', unknownKey: 'lesson/unknown-key', missingKey: 'lesson/missing-key',
  wrongValue: 'lesson/wrong-value', notBuilt: 'lesson/not-built',
} as const;

/**
 * Reads a team's own words: YAML text to checked words, or all its faults at once. Words with a fault are left out. What needs
 * the compiler (patterns that parse) is proven later, in `matching`.
 * @param known the words that are built in; `reads` tells those that cannot be added to.
 */
export function readVocabulary(text: string, file: string, known: KnownWords): { words: OwnWord[]; faults: Fault[] } {
  const source = openSourceText(file, text);
  const tree = readYaml(source, kind);
  const complaints = [...tree.complaints];
  if (!tree.root) return { words: [], faults: source.faults(complaints) };
  const shape = checkShape(source, tree.root, vocabularyShape, kind);
  complaints.push(...shape.complaints);
  const entries = tree.root.kind === 'map' ? [...tree.root.entries] : [];
  const own = entries.flatMap(([name, { node }]) => (known.words.has(name) ? [] : [[name, { attributes: attributesIn(node) }] as const]));
  const all: KnownWords = { words: new Map([...own, ...known.words]) };
  const sections = sectionsOf(tree.root);
  const words = entries.flatMap(([name, { key, node }]): OwnWord[] => {
    const before = complaints.length;
    const desk: Desk = { source, knownWords: all, complain: (complaint) => complaints.push(complaint) };
    const isBuiltIn = known.words.has(name);
    checkKind(desk, name, key, node, known);
    const read = itemsOf(child(node, isBuiltIn ? 'add' : 'matches')).flatMap((item) => readEntry(desk, isBuiltIn ? name : undefined, item) ?? []);
    const means = child(node, 'means');
    const isFaulty = complaints.length > before || shape.complaints.some(({ extent }) => !extent || beginsIn(extent, sections.get(name)!));
    if (isFaulty || read.length === 0) return [];
    return [{ name, ...(!isBuiltIn && means?.kind === 'scalar' && { means: String(means.value).trim() }), entries: read, source: { file: source.file, text: source.text } }];
  });
  const told = new Set<string>();
  return { words, faults: source.faults(complaints.filter(({ extent, message }) => {
    const key = `${extent?.start} ${message}`;
    return !told.has(key) && told.add(key);
  })) };
}

/** The words that cards may use in this repository: those built in, and the team's own. */
export function knownWith(known: KnownWords, own: readonly OwnWord[]): KnownWords {
  const added = own.filter(({ name }) => !known.words.has(name));
  return { words: new Map([...known.words, ...added.map(({ name, entries }) => [name, { attributes: guides(entries.flatMap(({ attributes }) => Object.keys(attributes))) }] as const)]) };
}

function guides(names: readonly string[]): Record<string, { means: string }> {
  return Object.fromEntries(names.map((name) => [name, { means: 'as the vocabulary says' }]));
}

function attributesIn(node: YamlNode): Record<string, { means: string }> {
  return guides(itemsOf(child(node, 'matches')).flatMap((item) => {
    const known = child(item, 'with');
    return known?.kind === 'map' ? [...known.entries.keys()] : [];
  }));
}

function checkKind(desk: Desk, name: string, key: { start: number; end: number }, node: YamlNode, known: KnownWords): void {
  const has = (each: string): boolean => child(node, each) !== undefined;
  const word = known.words.get(name);
  if (word && 'reads' in word && word.reads === 'text') {
    desk.complain({ code: 'lesson/wrong-value', message: `${quoted(name)} reads the text of files, so no code can be added to it`, hint: 'write a card with text: "…" instead', extent: key });
  } else if (word && (has('matches') || has('means'))) {
    desk.complain({ code: 'lesson/wrong-value', message: `${quoted(name)} is a word that Once Bitten has already`, hint: 'write what it is here as well under add, or give your word another name', extent: key });
  } else if (word && !has('add')) {
    desk.complain({ code: 'lesson/missing-key', message: `${quoted(name)} says nothing`, hint: `write ${name}: { add: [ { code: "…", from: "…" } ] }`, extent: key });
  } else if (!word && has('add')) {
    const open = [...known.words].flatMap(([each, guide]) => ('reads' in guide && guide.reads === 'text' ? [] : [each]));
    const guess = nearest(name, open);
    const words = byNearness(name, open).slice(0, 12).join(', ');
    desk.complain({ code: 'lesson/unknown-word', message: `${quoted(name)} is not a word of the vocabulary that could be added to`, hint: `${guess ? `did you mean ${quoted(guess)}?\n` : ''}words: ${words}\na word of your own has means and matches`, extent: key });
  } else if (!word && node.kind === 'map' && !(has('means') && has('matches'))) {
    desk.complain({ code: 'lesson/missing-key', message: `a word of your own needs "means" and "matches"`, hint: `write ${name}: { means: "…", matches: [ { code: "…" } ] }`, extent: key });
  }
}

function readEntry(desk: Desk, builtIn: string | undefined, node: YamlNode): OwnEntry | undefined {
  const matcher = readMatcher(desk, node);
  if (!matcher || node.kind !== 'map') return undefined;
  if (Object.keys(matcher).length > 1 && (!looksForSomething(matcher) || matcher.text || matcher.removed || matcher.together)) {
    desk.complain({ code: 'lesson/wrong-value', message: 'this does not say which code it is', hint: 'it needs code or is; removed, together and text are for cards', extent: node.extent });
  }
  const bindings = bindingsOf(matcher);
  for (const complaint of unboundTests(desk.source, matcher)) desk.complain(complaint);
  const attributes: OwnEntry['attributes'] = {};
  const known = child(node, 'with');
  for (const [name, { key, node: value }] of known?.kind === 'map' ? known.entries : []) {
    if (value.kind !== 'scalar' || value.value === null) continue;
    if (builtIn !== undefined) checkAttributeNamed(desk, builtIn, name, key);
    if (typeof value.value === 'string' && isVariable(value.value)) {
      if (!bindings.sure.has(value.value)) desk.complain(unbound(value.value, bindings, value.extent));
    } else if (typeof value.value === 'string' && value.value.startsWith('$')) complainOfSpelling(desk, value.value, value.extent);
    else if (builtIn !== undefined) checkAttributeValue(desk, builtIn, name, value);
    attributes[name] = value.value;
  }
  return { matcher, attributes, at: desk.source.place(node.extent.start) };
}
