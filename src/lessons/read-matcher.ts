import { RE2JS, RE2JSException } from 're2js';
import type { AttributeTest, CodeMatcher, FlowMatcher, IsMatcher, Matcher, WhereTest } from './lesson.ts';
import { globTrouble } from './glob.ts';
import { byNearness, nearest } from './nearest.ts';
import { oneOf, quoted } from './source-text.ts';
import type { Complaint, Extent, SourceText } from './source-text.ts';
import { asVariable, isVariable, mentionsInCode } from './variables.ts';
import { child, extentWithin, itemsOf } from './yaml-tree.ts';
import type { MapNode, ScalarNode, YamlNode } from './yaml-tree.ts';

/** The words that cards may use, and what each can be asked for. */
export type KnownWords = {
  words: ReadonlyMap<string, { attributes: Readonly<Record<string, { means: string; values?: readonly (string | boolean)[] }>> }>;
};

/** What reading a matcher needs: the text for places, the words, and where complaints go. */
export type Desk = { source: SourceText; knownWords: KnownWords; complain(complaint: Complaint): void };

const relations = ['inside', 'contains', 'after', 'before', 'guarded-by', 'reaches', 'reached-by', 'without', 'not', 'removed'] as const;

/**
 * A matcher of the `detect` language with its places. What has the wrong shape is left out here, because the check of the
 * shape tells it; words, attributes, regular expressions and the spelling of variables are complained about.
 */
export function readMatcher(desk: Desk, node: YamlNode | undefined): Matcher | undefined {
  if (node?.kind !== 'map') return undefined;
  const matcher: Matcher = { at: desk.source.place(node.extent.start) };
  const is = readIs(desk, child(node, 'is'));
  if (is) matcher.is = is;
  const code = readCode(desk, node);
  if (code) matcher.code = code;
  for (const relation of relations) {
    const inner = readMatcher(desk, child(node, relation));
    if (!inner) continue;
    matcher[relation] = inner;
    const into = relation === 'reaches' || relation === 'reached-by' ? child(child(node, relation), 'into') : undefined;
    const variable = into && readVariable(desk, into);
    if (variable !== undefined) (inner as FlowMatcher).into = variable;
  }
  for (const group of ['any', 'all'] as const) {
    const list = child(node, group);
    if (list?.kind !== 'list') continue;
    matcher[group] = list.items.flatMap((item) => readMatcher(desk, item) ?? []);
  }
  const line = text(child(node, 'text'));
  if (line) {
    checkRegex(desk, line);
    matcher.text = { source: String(line.value), at: desk.source.place(line.content.start) };
  }
  const file = child(node, 'file');
  const globs = readGlobs(desk, file);
  if (file && globs.length > 0) matcher.file = { globs, at: desk.source.place(file.extent.start) };
  const together = readTogether(desk, child(node, 'together'));
  if (together) matcher.together = together;
  const where = readWhere(desk, child(node, 'where'));
  if (where.length > 0) matcher.where = where;
  if (Object.keys(matcher).length === 1 && [...node.entries.keys()].every((key) => key === 'because' || key === 'into' || key === 'with')) {
    desk.complain({ code: 'lesson/wrong-value', message: 'an empty matcher matches everything', hint: 'say what to look for: is, code, inside, …', extent: node.extent });
  }
  return matcher;
}

/** One glob or a list of them. */
function readGlobs(desk: Desk, node: YamlNode | undefined): string[] {
  return (node?.kind === 'list' ? node.items : [node]).flatMap((item) => {
    const glob = text(item);
    if (!glob) return [];
    const trouble = globTrouble(String(glob.value));
    if (trouble) desk.complain({ code: 'lesson/bad-glob', ...trouble, extent: glob.extent });
    return [String(glob.value)];
  });
}

function readTogether(desk: Desk, node: YamlNode | undefined): Matcher['together'] {
  if (node?.kind !== 'map') return undefined;
  const changed = readGlobs(desk, child(node, 'changed'));
  const needs = readGlobs(desk, child(node, 'needs'));
  return changed.length > 0 && needs.length > 0 ? { changed, needs, at: desk.source.place(node.extent.start) } : undefined;
}

function readCode(desk: Desk, node: MapNode): CodeMatcher | undefined {
  const code = text(child(node, 'code'));
  const from = text(child(node, 'from'));
  if (from && !node.entries.has('code')) {
    desk.complain({ code: 'lesson/missing-key', message: '"from" needs "code" beside it', hint: '`from` says which package the function in `code` comes from', extent: node.entries.get('from')!.key });
  }
  if (!code) return undefined;
  for (const mention of mentionsInCode(String(code.value)).misspelt) {
    complainOfSpelling(desk, mention.name, extentWithin(desk.source, code, mention.offset, mention.name.length));
  }
  return { text: String(code.value), ...(from && { from: String(from.value) }), at: desk.source.place(code.content.start) };
}

function readIs(desk: Desk, node: YamlNode | undefined): IsMatcher | undefined {
  const name = text(node);
  if (name) {
    checkWord(desk, String(name.value), name.extent);
    return { word: String(name.value), attributes: {}, at: desk.source.place(name.extent.start) };
  }
  if (node?.kind !== 'map') return undefined;
  const words = [...node.entries];
  if (words.length !== 1) {
    desk.complain({
      code: 'lesson/wrong-value',
      message: `"is" takes one word, not ${words.length === 0 ? 'none' : words.map(([word]) => quoted(word)).slice(0, 4).join(' and ')}`,
      hint: words.length === 0 ? 'write is: db-call' : 'for either of them write any: [ { is: … }, { is: … } ]',
      extent: words[1]?.[1].key ?? node.extent,
    });
  }
  const [first] = words;
  if (!first) return undefined;
  const [word, entry] = first;
  for (const [other, { key }] of words) checkWord(desk, other, key);
  const is: IsMatcher = { word, attributes: {}, at: desk.source.place(entry.key.start) };
  if (entry.node.kind === 'scalar' && entry.node.value === null) {
    desk.complain({ code: 'lesson/wrong-value', message: `nothing follows ${quoted(word)}`, hint: `without attributes write is: ${word}`, extent: entry.node.extent });
  }
  if (entry.node.kind !== 'map') return is;
  for (const [attribute, { key, node: value }] of entry.node.entries) {
    if (attribute === 'as') {
      const as = readVariable(desk, value);
      if (as) is.as = as;
      continue;
    }
    checkAttributeNamed(desk, word, attribute, key);
    const test = readAttributeTest(desk, word, attribute, value);
    if (test) is.attributes[attribute] = test;
  }
  return is;
}

function readAttributeTest(desk: Desk, word: string, attribute: string, node: YamlNode): AttributeTest | undefined {
  if (node.kind === 'scalar' && typeof node.value === 'string' && node.value.startsWith('$')) {
    const bind = readVariable(desk, node);
    return bind === undefined ? undefined : { bind };
  }
  const scalars = (node.kind === 'list' ? node.items : [node]).filter((item) => item.kind === 'scalar' && item.value !== null) as ScalarNode[];
  for (const item of scalars) checkAttributeValue(desk, word, attribute, item);
  return scalars.length === 0 ? undefined : { equals: scalars.map((item) => item.value!) };
}

/** The variable that a value names. Complains of one that is not spelt `$X`. */
function readVariable(desk: Desk, node: YamlNode): string | undefined {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') {
    if (node.kind !== 'unreadable') desk.complain({ code: 'lesson/wrong-value', message: 'a variable is needed here', hint: 'write $ and upper-case letters, such as $CALL', extent: node.extent });
    return undefined;
  }
  if (isVariable(node.value)) return node.value;
  complainOfSpelling(desk, node.value, node.extent);
  // What was meant counts as bound, so that its uses are not complained about as well.
  return asVariable(node.value);
}

/** Complains of a variable that is not spelt `$X`. */
export function complainOfSpelling(desk: Desk, written: string, extent: Extent): void {
  const upper = asVariable(written);
  desk.complain({
    code: 'lesson/lower-case-variable',
    message: `${quoted(written)} is not a variable: those are $ and upper-case letters`,
    ...(upper && { hint: `did you mean "${upper}"?` }),
    extent,
  });
}

function readWhere(desk: Desk, node: YamlNode | undefined): WhereTest[] {
  if (node?.kind !== 'map') return [];
  if (node.entries.size === 0) desk.complain({ code: 'lesson/wrong-value', message: '"where" asks nothing', hint: 'write where: { $X: { text: "…" } }', extent: node.extent });
  return [...node.entries].flatMap(([variable, { key, node: tests }]) => {
    if (!isVariable(variable)) {
      complainOfSpelling(desk, variable, key);
      return [];
    }
    if (tests.kind !== 'map') return [];
    const test: WhereTest = { variable, at: desk.source.place(key.start) };
    const regex = text(child(tests, 'text'));
    if (regex) {
      checkRegex(desk, regex);
      test.text = { source: String(regex.value), at: desk.source.place(regex.content.start) };
    }
    const number = readComparison(child(tests, 'number'));
    if (number) test.number = number;
    const literal = child(tests, 'literal');
    if (literal?.kind === 'scalar' && typeof literal.value === 'boolean') test.literal = literal.value;
    const is = readIs(desk, child(tests, 'is'));
    if (is) test.is = is;
    const values = itemsOf(child(tests, 'one-of')).flatMap((item) => (item.kind === 'scalar' && item.value !== null ? [item.value] : []));
    if (values.length > 0) test['one-of'] = values;
    if (tests.entries.size === 0) {
      desk.complain({ code: 'lesson/wrong-value', message: `nothing is asked of ${variable}`, hint: 'ask for text, number, one-of, is or literal', extent: tests.extent });
    }
    return [test];
  });
}

function readComparison(node: YamlNode | undefined): WhereTest['number'] {
  const found = node?.kind === 'scalar' ? /^\s*(>=|<=|>|<|=)\s*(-?\d+(?:\.\d+)?)\s*$/.exec(String(node.value)) : null;
  return found ? { operator: found[1] as '>' | '>=' | '<' | '<=' | '=', value: Number(found[2]) } : undefined;
}

function checkRegex(desk: Desk, node: ScalarNode): void {
  const source = String(node.value);
  if (source.includes('\n')) {
    desk.complain({
      code: 'lesson/bad-regex',
      message: 'the regular expression holds a line break, so it hardly ever matches',
      hint: node.style === 'block' ? 'a YAML block with | or > ends with a line break; put the expression in single quotes' : 'put the expression on one line, in single quotes',
      extent: node.extent,
    });
    return;
  }
  try {
    RE2JS.compile(source);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const unsupported = /\(\?[=!<]|\\[1-9]/.test(source);
    desk.complain({
      code: 'lesson/bad-regex',
      message: error.message.replace(/^error parsing regexp: /, 'the regular expression cannot be used: '),
      hint: unsupported ? 'expressions run in linear time (RE2), which has no look-around and no back-references' : 'in single quotes a backslash is written once; the syntax is RE2',
      extent: node.extent,
    });
  }
}

function checkWord(desk: Desk, word: string, extent: Extent): void {
  const known = [...desk.knownWords.words.keys()];
  if (desk.knownWords.words.has(word)) return;
  const guess = nearest(word, known);
  const words = byNearness(word, known).slice(0, 12);
  desk.complain({
    code: 'lesson/unknown-word',
    message: `${quoted(word)} is not a word of the vocabulary`,
    hint: `${guess ? `did you mean ${quoted(guess)}?\n` : ''}words: ${words.join(', ')}${known.length > words.length ? ', …' : ''}`,
    extent,
  });
}

/** Complains of an attribute that a word does not have. */
export function checkAttributeNamed(desk: Desk, word: string, attribute: string, extent: Extent): void {
  const attributes = desk.knownWords.words.get(word)?.attributes;
  if (!attributes || Object.hasOwn(attributes, attribute)) return;
  const known = [...Object.keys(attributes), 'as'];
  const guess = nearest(attribute, known);
  desk.complain({
    code: 'lesson/unknown-attribute',
    message: `${quoted(word)} has no attribute ${quoted(attribute)}`,
    hint: `${guess ? `did you mean ${quoted(guess)}?\n` : ''}allowed here: ${byNearness(attribute, known).slice(0, 12).join(', ')}${known.length > 12 ? ', …' : ''}`,
    extent,
  });
}

/** Complains of a value that an attribute never has. */
export function checkAttributeValue(desk: Desk, word: string, attribute: string, node: ScalarNode): void {
  const attributes = desk.knownWords.words.get(word)?.attributes;
  const values = attributes && Object.hasOwn(attributes, attribute) ? attributes[attribute]!.values : undefined;
  if (!values || values.includes(node.value as string | boolean)) return;
  const written = String(node.value);
  const same = values.find((value) => String(value) === written);
  const guess = nearest(written, values.map(String));
  desk.complain({
    code: 'lesson/wrong-value',
    message: `${quoted(attribute)} of ${word} is ${oneOf(values.map(String))}, never ${quoted(written)}`,
    ...(same !== undefined ? { hint: `without quotes: ${written}` } : guess && { hint: `did you mean "${guess}"?` }),
    extent: node.extent,
  });
}

/** A scalar that holds a text with something in it. */
export function text(node: YamlNode | undefined): ScalarNode | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' && node.value.trim() !== '' ? node : undefined;
}
