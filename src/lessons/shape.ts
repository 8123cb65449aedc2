import * as z from 'zod';
import type { FaultCode } from '../fault.ts';
import { keyGuides } from './card-schema.ts';
import type { KeyGuide } from './card-schema.ts';
import { byNearness, nearest } from './nearest.ts';
import { quoted } from './source-text.ts';
import type { Complaint, Extent, SourceText } from './source-text.ts';
import { nodeAt, plainValue } from './yaml-tree.ts';
import type { YamlNode } from './yaml-tree.ts';

/** What the checked text is called, and the codes for what its shape can lack. */
export type ShapeKind = { noun: string; top: string; unknownKey: FaultCode; missingKey: FaultCode; wrongValue: FaultCode; notBuilt: FaultCode };

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** More keys than these are no help to anybody. */
const mostKeysNamed = 12;

/**
 * Checks a tree against a schema. Every complaint stands at the key or value it is about, with the nearest right spelling.
 * `meant` names the keys of the top that misspelt ones most likely meant, so that nobody calls them missing.
 */
export function checkShape<Schema extends z.ZodType>(
  source: SourceText, root: YamlNode, schema: Schema, kind: ShapeKind,
): { value?: z.infer<Schema>; complaints: Complaint[]; meant: ReadonlySet<string> } {
  const result = schema.safeParse(plainValue(root));
  if (result.success) return { value: result.data, complaints: [], meant: new Set() };
  const check: Check = { source, root, schema, kind, meant: new Set(), missing: new Map() };
  const issues = result.error.issues.flatMap((issue) => settled(issue, []));
  // Unknown keys first: a misspelt key is not also told as missing.
  const unknown = issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? unknownKeys(check, issue.path, issue.keys) : []));
  // One complaint for a value: of the wrong kind it is also too short, too long and not among the choices.
  const first = new Map<string, Issue>();
  for (const issue of issues) {
    const key = pathKey(issue.path);
    if (issue.code !== 'unrecognized_keys' && !first.has(key)) first.set(key, issue);
  }
  const wrong = [...first.values()].flatMap((issue) => wrongValue(check, issue));
  return { complaints: [...unknown, ...wrong, ...missingKeys(check)], meant: check.meant };
}

type Check = {
  source: SourceText;
  root: YamlNode;
  schema: z.ZodType;
  kind: ShapeKind;
  /** Paths of keys that an unknown key most likely meant. */
  meant: Set<string>;
  /** Keys that are not there, by the path of the map that needs them. */
  missing: Map<string, { parent: Path; keys: string[] }>;
};

/** A union's issue becomes the issues of the one alternative that was meant, when the kind of value tells which. */
function settled(issue: Issue, prefix: Path): Issue[] {
  const path = [...prefix, ...issue.path];
  if (issue.code !== 'invalid_union') return [{ ...issue, path }];
  const meant = issue.errors.filter((errors) => !errors.some((error) => error.path.length === 0 && /^invalid_(?:type|value|union)$/.test(error.code)));
  const [only] = meant;
  if (meant.length !== 1 || !only) return [{ ...issue, path }];
  return only.flatMap((error) => settled(error, path));
}

function unknownKeys(check: Check, path: Path, keys: readonly string[]): Complaint[] {
  const object = objectsAt(check.schema, path)[0];
  const known = object ? Object.keys(object.shape) : [];
  const guide = object && keyGuides.get(object);
  const map = nodeAt(check.root, path);
  const unused = known.filter((key) => map?.kind !== 'map' || !map.entries.has(key));
  return keys.map((key) => {
    const extent = map?.kind === 'map' ? map.entries.get(key)?.key : undefined;
    const allowed = `allowed here: ${byNearness(key, known).slice(0, mostKeysNamed).join(', ')}${known.length > mostKeysNamed ? ', …' : ''}`;
    if (guide?.notBuilt?.includes(key)) {
      return { code: check.kind.notBuilt, message: `this version of Once Bitten does not have ${quoted(key)} here`, hint: allowed, extent };
    }
    const elsewhere = whereItBelongs(check, path, object, key);
    if (elsewhere) return { code: check.kind.unknownKey, message: `unknown key ${quoted(key)}`, hint: elsewhere, extent };
    const guess = calledHere(guide, key) ?? nearest(key, unused);
    if (guess) check.meant.add(pathKey([...path, guess]));
    return { code: check.kind.unknownKey, message: `unknown key ${quoted(key)}`, hint: guess ? `did you mean ${quoted(guess)}?\n${allowed}` : allowed, extent };
  });
}

/** Our name for what is called so elsewhere. */
function calledHere(guide: KeyGuide | undefined, name: string): string | undefined {
  const names = guide?.alsoCalled ?? {};
  return Object.hasOwn(names, name.toLowerCase()) ? names[name.toLowerCase()] : undefined;
}

/** A key that is right, but one level too deep or too high. */
function whereItBelongs(check: Check, path: Path, object: z.ZodObject | undefined, key: string): string | undefined {
  for (const [name, inner] of Object.entries(object?.shape ?? {})) {
    if (objectsAt(inner as z.ZodType, []).some((candidate) => Object.hasOwn(candidate.shape, key))) return `${quoted(key)} belongs under ${quoted(name)}`;
  }
  const top = objectsAt(check.schema, [])[0];
  if (path.length > 0 && top && Object.hasOwn(top.shape, key)) return `${quoted(key)} belongs at the top of ${check.kind.top}; is it indented too far?`;
  return undefined;
}

function wrongValue(check: Check, issue: Issue): Complaint[] {
  const node = nodeAt(check.root, issue.path);
  if (!node) {
    noteMissing(check, issue.path);
    return [];
  }
  // Here: it has been complained about already.
  if (node.kind === 'unreadable') return [];
  if (issue.code === 'invalid_key') {
    const key = String(issue.path.at(-1));
    return [{ code: check.kind.wrongValue, message: `${quoted(key)} ${issue.issues[0]?.message ?? issue.message}`, extent: keyExtent(check, issue.path) }];
  }
  const number = asText(check, issue, node);
  if (number) return [{ code: check.kind.wrongValue, message: `${nameOf(check, issue.path)} ${number.message}, not ${shown(check, node)}`, hint: number.hint, extent: node.extent }];
  const isSize = issue.code === 'too_big' || issue.code === 'too_small';
  const emptiness = issue.code === 'invalid_format' && node.kind === 'scalar' && String(node.value).trim() === '';
  const instead = isSize || emptiness ? '' : `, not ${shown(check, node)}`;
  return [{
    code: check.kind.wrongValue,
    message: `${nameOf(check, issue.path)} ${issue.message}${instead}`,
    hint: valueHint(check, issue, node),
    extent: node.extent,
  }];
}

function noteMissing(check: Check, path: Path): void {
  const parent = path.slice(0, -1);
  if (check.meant.has(pathKey(path))) return;
  const known = check.missing.get(pathKey(parent)) ?? { parent, keys: [] };
  known.keys.push(String(path.at(-1)));
  check.missing.set(pathKey(parent), known);
}

/** One complaint for all keys that one map lacks, with what they mean. */
function missingKeys(check: Check): Complaint[] {
  return [...check.missing.values()].map(({ parent, keys }) => {
    const object = objectsAt(check.schema, parent)[0];
    const names = keys.map((key) => `"${key}"`);
    const subject = names.length === 1 ? `${names[0]} is` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)} are`;
    return {
      code: check.kind.missingKey,
      message: `${subject} missing`,
      hint: [...(keys.length > 1 ? ['add these keys:'] : []), ...keys.map((key) => `${key}: ${object?.shape[key]?.meta()?.description ?? 'needed here'}`)].join('\n'),
      extent: parent.length === 0 ? undefined : keyExtent(check, parent),
    };
  });
}

/** For a number or `true` where a text is needed: what would be wrong with it in quotes, or that quotes are all it needs. */
function asText(check: Check, issue: Issue, node: YamlNode): { message: string; hint?: string } | undefined {
  if (node.kind !== 'scalar' || node.style !== 'plain' || typeof node.value === 'string' || node.value === null) return undefined;
  const schema = schemasAt(check.schema, issue.path).find((found) => found instanceof z.ZodString);
  if (!schema) return undefined;
  const written = check.source.text.slice(node.content.start, node.content.end);
  const inQuotes = schema.safeParse(written);
  if (!inQuotes.success) return { message: inQuotes.error.issues[0]!.message };
  const read = typeof node.value === 'number' ? 'a number' : 'true or false';
  return { message: issue.message, hint: `without quotes YAML reads ${read} here; in quotes it is a text: "${written}"` };
}

function valueHint(check: Check, issue: Issue, node: YamlNode): string | undefined {
  const expected = issue.code === 'invalid_type' ? issue.expected : undefined;
  if (expected === 'array' && node.kind !== 'list') return 'write it as a list: ["…"], or each entry on a line of its own after a hyphen';
  if (node.kind !== 'scalar') return undefined;
  if (node.value === null) return commentHint(check, node.extent) ?? undefined;
  const written = check.source.text.slice(node.content.start, node.content.end);
  if (expected === 'number' && typeof node.value === 'string' && written.trim() !== '' && Number.isFinite(Number(written))) return `without quotes: ${written}`;
  if (expected === 'boolean') return /^(?:yes|on|y|true)$/i.test(written) ? 'did you mean true?' : /^(?:no|off|n|false)$/i.test(written) ? 'did you mean false?' : undefined;
  if (issue.code !== 'invalid_value') return undefined;
  const guide = schemasAt(check.schema, issue.path).map((schema) => keyGuides.get(schema)).find((found) => found?.alsoCalled);
  const guess = calledHere(guide, written) ?? nearest(written, issue.values.map(String));
  return guess && `did you mean "${guess}"?`;
}

/** `fix: #812` is the commonest way to say nothing in YAML. */
function commentHint(check: Check, key: Extent): string | undefined {
  const comment = /^\s*:\s+(#[^\s]{1,60})/.exec(check.source.text.slice(key.end, key.end + 120))?.[1];
  return comment && `${quoted(comment)} begins a comment in YAML; put it in quotes`;
}

function shown(check: Check, node: YamlNode): string {
  if (node.kind === 'list') return 'a list';
  if (node.kind !== 'scalar') return 'a mapping';
  if (node.value === null) return 'nothing';
  if (typeof node.value === 'string') return quoted(node.value);
  return check.source.text.slice(node.content.start, node.content.end).slice(0, 60);
}

/** A key by its own name; an entry of a list by the list's name and its number. */
function nameOf(check: Check, path: Path): string {
  if (path.length === 0) return check.kind.noun;
  let from = path.length - 1;
  while (from > 0 && typeof path[from] === 'number') from--;
  return `"${String(path[from])}${path.slice(from + 1).map((index) => `[${String(index)}]`).join('')}"`;
}

function keyExtent(check: Check, path: Path): Extent | undefined {
  const parent = nodeAt(check.root, path.slice(0, -1));
  return parent?.kind === 'map' ? parent.entries.get(String(path.at(-1)))?.key : nodeAt(check.root, path)?.extent;
}

function pathKey(path: Path): string {
  return path.map(String).join('\u0000');
}

/** The schemas of maps that may stand at a path. */
function objectsAt(schema: z.ZodType, path: Path): z.ZodObject[] {
  return schemasAt(schema, path).filter((found) => found instanceof z.ZodObject);
}

/** All schemas that may stand at a path, unions taken apart. */
function schemasAt(schema: z.ZodType, path: Path): z.ZodType[] {
  let found = alternatives(schema);
  for (const step of path) found = found.flatMap((outer) => stepInto(outer, step)).flatMap(alternatives);
  return found;
}

function alternatives(schema: z.ZodType): z.ZodType[] {
  if (schema instanceof z.ZodOptional) return alternatives(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodLazy) return alternatives(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => alternatives(option as z.ZodType));
  return [schema];
}

function stepInto(schema: z.ZodType, step: PropertyKey): z.ZodType[] {
  if (schema instanceof z.ZodObject) return Object.hasOwn(schema.shape, step) ? [schema.shape[String(step)] as z.ZodType] : [];
  if (schema instanceof z.ZodArray) return [schema.element as z.ZodType];
  if (schema instanceof z.ZodRecord) return [schema.valueType as z.ZodType];
  return [];
}
