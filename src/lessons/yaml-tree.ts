import { boolCoreTag, EVENT_ID, floatCoreTag, getScalarValue, intCoreTag, NOT_RESOLVED, nullCoreTag, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml';
import type { Event, ScalarEvent } from 'js-yaml';
import type { FaultCode } from '../fault.ts';
import { quoted } from './source-text.ts';
import type { Complaint, Extent, SourceText } from './source-text.ts';

/** A YAML value that knows where it stands. */
export type YamlNode = ScalarNode | ListNode | MapNode | UnreadableNode;
export type ScalarNode = {
  kind: 'scalar';
  value: string | number | boolean | null;
  style: 'plain' | 'quoted' | 'block';
  /** The value as written, with its quotes. Empty where nothing is written. */
  extent: Extent;
  /** The same without quotes: what offsets inside the value count from. */
  content: Extent;
};
export type ListNode = { kind: 'list'; items: YamlNode[]; extent: Extent };
export type MapNode = { kind: 'map'; entries: Map<string, Entry>; extent: Extent };
/** A value that has been complained about already. */
export type UnreadableNode = { kind: 'unreadable'; extent: Extent };
export type Entry = { key: Extent; node: YamlNode };

export type YamlTree = { root?: YamlNode; complaints: Complaint[] };

/** Above this a text is not read. In UTF-16 units: a card is a page, not a book. */
export const largestCard = 65_536;
/** Collections inside each other. */
const deepest = 40;
/** Values of a text with every alias written out. */
const mostValues = 20_000;

/** What a text is called in sentences, and the codes for what is wrong with it as YAML. */
export type TextKind = { noun: string; /** The next step when the file holds nothing; absent where that is fine. */ empty?: string; notYaml: FaultCode; tooLarge: FaultCode };

/**
 * Reads YAML 1.2 into values with places. Aliases are followed as long as they do not let the text grow; tags, second
 * documents and repeated keys are complaints, and what stands beside them is still read.
 */
export function readYaml(source: SourceText, kind: TextKind): YamlTree {
  if (source.text.length > largestCard) {
    return { complaints: [{ code: kind.tooLarge, message: `${kind.noun} is larger than 64 kB`, hint: 'keep the story short and link to the long version' }] };
  }
  let events: Event[];
  try {
    events = parseEvents(source.text, { maxDepth: deepest });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { complaints: [syntaxComplaint(source.text, error, kind)] };
  }
  return new TreeBuilder(source.text, events, kind).build();
}

/** The plain value of a node, for a check against a schema. Keys cannot reach the prototype. */
export function plainValue(node: YamlNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plainValue);
  if (node.kind === 'unreadable') return undefined;
  const value: Record<string, unknown> = Object.create(null);
  for (const [key, entry] of node.entries) value[key] = plainValue(entry.node);
  return value;
}

/** The node at a path of keys and indices, if the text has one. */
export function nodeAt(node: YamlNode | undefined, path: readonly PropertyKey[]): YamlNode | undefined {
  for (const step of path) {
    if (node?.kind === 'map') node = node.entries.get(String(step))?.node;
    else if (node?.kind === 'list') node = node.items[Number(step)];
    else return undefined;
  }
  return node;
}

/** The value under a key of a map, if there is one. */
export function child(node: YamlNode | undefined, key: string): YamlNode | undefined {
  return node?.kind === 'map' ? node.entries.get(key)?.node : undefined;
}

/** The entries of a list; none for anything else. */
export function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  return node?.kind === 'list' ? node.items : [];
}

/** What belongs to each key of a map: from the key to the next one, or to `end`. */
export function sectionsOf(map: YamlNode | undefined, end = Number.MAX_SAFE_INTEGER): Map<string, Extent> {
  const entries = map?.kind === 'map' ? [...map.entries] : [];
  return new Map(entries.map(([name, { key }], index) => [name, { start: key.start, end: entries[index + 1]?.[1].key.start ?? end }]));
}

/** True when one stretch begins inside another. */
export function beginsIn(inner: Extent | undefined, outer: Extent): boolean {
  return inner !== undefined && inner.start >= outer.start && inner.start < outer.end;
}

/** Where a piece of a scalar's value stands in the text; the whole scalar where escapes or folding hide it. */
export function extentWithin(source: SourceText, node: ScalarNode, offset: number, length: number): Extent {
  const written = source.text.slice(node.content.start, node.content.end);
  const value = String(node.value);
  if (written === value) return { start: node.content.start + offset, end: node.content.start + offset + length };
  const found = written.indexOf(value.slice(offset, offset + length));
  return found < 0 ? node.extent : { start: node.content.start + found, end: node.content.start + found + length };
}

type Anchored = { node: YamlNode; size: number };

/** Turns the flat stream of events into nodes. It looks at every event once. */
class TreeBuilder {
  private readonly text: string;
  private readonly events: readonly Event[];
  private readonly kind: TextKind;
  private readonly complaints: Complaint[] = [];
  private readonly anchors = new Map<string, Anchored>();
  private next = 0;
  /** Values so far, aliases written out. */
  private size = 0;

  constructor(text: string, events: readonly Event[], kind: TextKind) {
    this.text = text;
    this.events = events;
    this.kind = kind;
  }

  build(): YamlTree {
    const documents: YamlNode[] = [];
    while (this.next < this.events.length) {
      const event = this.events[this.next++]!;
      // Here: between documents, or at the end of one.
      if (event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) continue;
      this.next--;
      const node = this.node();
      if (!isNothing(node)) documents.push(node);
    }
    const [root, second] = documents;
    if (second) {
      const marker = this.text.lastIndexOf('\n---', second.extent.start) + 1;
      this.complain(
        'a second document begins here',
        `${this.kind.noun} is one YAML document; put the other one into a file of its own`,
        marker <= root!.extent.start ? second.extent : { start: marker, end: marker + 3 },
      );
    }
    if (!root && this.kind.empty) this.complaints.push({ code: this.kind.notYaml, message: `${this.kind.noun} is empty`, hint: this.kind.empty });
    if (!root) return { complaints: this.complaints };
    return { root, complaints: this.complaints };
  }

  private node(): YamlNode {
    const event = this.events[this.next++]!;
    const before = this.size++;
    if (event.type === EVENT_ID.ALIAS) return this.alias(event.anchorStart, event.anchorEnd);
    if (event.type !== EVENT_ID.SCALAR && event.type !== EVENT_ID.SEQUENCE && event.type !== EVENT_ID.MAPPING) {
      throw new Error(`a YAML event of type ${event.type} where a value was expected`);
    }
    let node: YamlNode;
    if (event.type === EVENT_ID.SCALAR) node = this.scalar(event);
    else if (event.type === EVENT_ID.SEQUENCE) node = this.list(event.start);
    else node = this.map(event.start);
    if (event.tagStart >= 0) node = this.refuseTag(event.tagStart, event.tagEnd);
    if (event.anchorStart >= 0) this.anchors.set(this.text.slice(event.anchorStart, event.anchorEnd), { node, size: this.size - before });
    return node;
  }

  private scalar(event: ScalarEvent): ScalarNode {
    if (event.valueStart < 0) return { kind: 'scalar', value: null, style: 'plain', extent: { start: 0, end: 0 }, content: { start: 0, end: 0 } };
    const content = { start: event.valueStart, end: event.valueEnd };
    const written = getScalarValue(this.text, event);
    if (event.style === SCALAR_STYLE.PLAIN) return { kind: 'scalar', value: plainScalar(written), style: 'plain', extent: content, content };
    if (event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK) {
      const shown = afterIndentation(this.text, content);
      return { kind: 'scalar', value: written, style: 'block', extent: shown, content: shown };
    }
    return { kind: 'scalar', value: written, style: 'quoted', extent: { start: content.start - 1, end: content.end + 1 }, content };
  }

  private list(start: number): ListNode {
    const items: YamlNode[] = [];
    while (!this.closes()) {
      const item = this.node();
      items.push(isNothing(item) ? { ...item, extent: { start, end: start + 1 } } : item);
    }
    return { kind: 'list', items, extent: { start, end: start + 1 } };
  }

  private map(start: number): MapNode {
    const entries = new Map<string, Entry>();
    while (!this.closes()) {
      const key = this.node();
      const value = this.node();
      if (key.kind !== 'scalar') {
        if (key.kind !== 'unreadable') this.complain('a key must be a plain name', 'write `name: value`', key.extent);
        continue;
      }
      if (isNothing(key)) key.extent = { start, end: start + 1 };
      const name = this.text.slice(key.content.start, key.content.end);
      // A value that is not written is shown at its key, the only thing there is to see.
      const node = isNothing(value) ? { ...value, extent: key.extent } : value;
      if (name === '__proto__') this.complain('no key can be called "__proto__"', 'take another name', key.extent);
      else if (entries.has(name)) this.complain(`${quoted(name)} stands here a second time`, 'keep one of the two; YAML does not join them', key.extent);
      else entries.set(name, { key: key.extent, node });
    }
    return { kind: 'map', entries, extent: { start, end: start + 1 } };
  }

  /** True at the end of the collection, which is then left. */
  private closes(): boolean {
    if (this.events[this.next]?.type !== EVENT_ID.POP) return false;
    this.next++;
    return true;
  }

  private alias(start: number, end: number): YamlNode {
    const extent = { start: start - 1, end };
    const name = this.text.slice(start, end);
    const anchored = this.anchors.get(name);
    if (!anchored) {
      this.complain(`${quoted(`*${name}`)} refers to an anchor that is not defined above`, `a text that begins with * must be in quotes: "*${name}"`, extent);
      return { kind: 'unreadable', extent };
    }
    this.size += anchored.size;
    if (this.size > mostValues) {
      this.complain(`the aliases make ${this.kind.noun} grow without measure`, 'write the values out where they are needed', extent);
      return { kind: 'unreadable', extent };
    }
    return { ...anchored.node, extent };
  }

  private refuseTag(start: number, end: number): YamlNode {
    const tag = this.text.slice(start, end);
    const extent = { start, end };
    this.complain(`${quoted(tag)} is a YAML tag, and tags have no meaning here`, `a text that begins with ! must be in quotes: "${tag}"`, extent);
    return { kind: 'unreadable', extent };
  }

  private complain(message: string, hint: string, extent: Extent | undefined): void {
    this.complaints.push({ code: this.kind.notYaml, message, hint, extent });
  }
}

function isNothing(node: YamlNode): node is ScalarNode {
  return node.kind === 'scalar' && node.value === null && node.extent.start === node.extent.end;
}

/** A value without quotes: nothing, a boolean, a number or a text, by YAML 1.2's core rules (so `no` and `2027-06-01` are texts). */
function plainScalar(written: string): string | number | boolean | null {
  for (const tag of [nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag]) {
    const value = tag.resolve(written, false, tag.tagName);
    if (value !== NOT_RESOLVED) return value;
  }
  return written;
}

/** A block's content without the blanks before its first character. */
function afterIndentation(text: string, content: Extent): Extent {
  let start = content.start;
  while (start < content.end && /\s/.test(text[start]!)) start++;
  return { start, end: content.end };
}

/** What the parser could not read, in words that name the usual traps. */
function syntaxComplaint(text: string, error: YAMLException, kind: TextKind): Complaint {
  const offset = Math.min(error.mark?.position ?? 0, text.length);
  const trap = trapAt(text, offset, error.reason);
  return { code: kind.notYaml, message: trap.message, hint: trap.hint, extent: trap.extent ?? { start: offset, end: offset + 1 } };
}

type Trap = { message: string; hint: string; extent?: Extent };

function trapAt(text: string, offset: number, reason: string): Trap {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const before = text.slice(Math.max(lineStart, offset - 300), offset);
  const rest = /^[^\r\n]*/.exec(text.slice(offset, offset + 200))![0];
  const first = text[offset] ?? '';
  const tabs = /tab character|indentation/.test(reason) ? tabIndentations(text) : [];
  const tabHere = tabs.find(({ extent }) => extent.end > lineStart);

  if (tabHere && tabHere.extent.start <= offset + 1) return tabTrap(tabHere, tabs.filter((other) => other !== tabHere));
  if (/nesting exceeded/.test(reason)) return { message: `this is nested more than ${deepest} levels deep`, hint: 'a card needs far fewer; is a bracket too many here?' };
  if (/null byte|non-printable/.test(reason)) return { message: 'a character here is not allowed in YAML', hint: 'save the file as UTF-8 text' };
  if (/unknown escape sequence/.test(reason)) {
    return { message: `"\\${first}" is not an escape of YAML's double quotes`, hint: `use single quotes, or double the backslash: "\\\\${first}"` };
  }
  if ('@`%'.includes(first) && first !== '' && /(^|[:,[{-])\s*$/.test(before)) {
    return { message: `a value in YAML cannot begin with ${first}`, hint: 'put the whole value in quotes', extent: { start: offset, end: offset + rest.length } };
  }
  if (/["']\s*$/.test(before) && /bad indentation|separator is expected/.test(reason)) {
    return { message: 'the value goes on after its closing quote', hint: "put the whole value in one pair of quotes; inside '…' an apostrophe is written twice" };
  }
  if ((first === '>' || first === '|') && /[:,[{-]\s*$/.test(before)) return blockTrap(first);
  const sign = /(?:^|[:\s])([>|])\s*$/.exec(before)?.[1];
  if (sign && /line break/.test(reason)) return blockTrap(sign);
  if (first === ':' && /^\s*(?:- +)?[^\s:#]+:\s/.test(before)) {
    return { message: 'a colon and a space inside a text begin a new key', hint: 'put the whole value in quotes' };
  }
  if (/deficient indentation|flow collection|unexpected end/.test(reason)) {
    return { message: 'a bracket or a quote that was opened above is still open here', hint: 'close it, or indent this line further than the key above it' };
  }
  if (/indentation|multiline key|implicit key|separator is expected/.test(reason)) {
    return { message: 'this line does not fit the indentation around it', hint: 'keys of one map begin in the same column, and every key ends with a colon and a space' };
  }
  return { message: `this is not YAML: ${reason}`, hint: 'a value with special characters needs quotes' };
}

function blockTrap(sign: string): Trap {
  return { message: `a value that begins with ${sign} is a block of lines to YAML`, hint: `put it in quotes, as in "${sign} 5"` };
}

type TabIndentation = { line: number; extent: Extent };

/** The tabs that indent a line with something on it. */
function tabIndentations(text: string): TabIndentation[] {
  const found: TabIndentation[] = [];
  let line = 1;
  let lineStart = 0;
  while (lineStart < text.length) {
    let offset = lineStart;
    while (text[offset] === ' ') offset++;
    let end = offset;
    while (text[end] === '\t') end++;
    const rest = text[end];
    if (end > offset && rest !== undefined && rest !== '\n' && rest !== '\r') found.push({ line, extent: { start: offset, end } });
    const newline = text.indexOf('\n', end);
    if (newline < 0) break;
    lineStart = newline + 1;
    line++;
  }
  return found;
}

function tabTrap(first: TabIndentation, others: readonly TabIndentation[]): Trap {
  const lines = others.slice(0, 8).map((other) => other.line).join(', ') + (others.length > 8 ? ' and more' : '');
  const also = others.length === 0 ? '' : ` (also line${others.length === 1 ? '' : 's'} ${lines})`;
  return { message: 'this line is indented with a tab', hint: `indent with spaces${also}`, extent: first.extent };
}
