/** Keeps secrets out of what is said: no lesson shows a line that another one found a secret in. */
import type { Span } from '../model.ts';
import { isRandom } from '../vocabulary/secret/value.ts';
import type { Sighting } from './examine.ts';

/** Up to this length a piece of a secret may be told. In characters. */
const mostTold = 4;
/** What is shorter, or has no digit among its letters, could be a word of the text that happens to be somebody's password. */
const unmistakable = /^(?=.*\d)(?=.*[a-z]).{8,}$/is;

/** So many secrets of one file are looked for on its other lines as well. */
const mostRepeated = 200;

/** The texts that sightings are about and nobody may read, wherever they stand in their file. `textOf` is the whole text of a file. */
export function secretsAmong(sightings: readonly Sighting[], textOf: (path: string) => string | undefined): Secrets {
  const byLine = new Map<string, string[]>();
  const add = (line: number, path: string, value: string): void => {
    const key = `${line} ${path}`;
    byLine.set(key, [...(byLine.get(key) ?? []), value]);
  };
  const repeated = new Map<string, Set<string>>();
  for (const { secret, span } of sightings) {
    const value = secret && textOf(span.path)?.slice(secret.start, secret.end);
    if (!value) continue;
    for (const line of linesOf(span)) add(line, span.path, value);
    if (unmistakable.test(value)) repeated.set(span.path, (repeated.get(span.path) ?? new Set()).add(value));
  }
  for (const [path, values] of repeated) {
    for (const value of [...values].slice(0, mostRepeated)) for (const line of linesWith(value, textOf(path)!)) add(line, path, value);
  }
  return byLine;
}

/** The lines on which a text begins, counted from 1. */
function linesWith(value: string, text: string): number[] {
  const lines: number[] = [];
  let line = 1;
  let passed = 0;
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
    for (let next = text.indexOf('\n', passed); next >= 0 && next < at; next = text.indexOf('\n', passed)) {
      line += 1;
      passed = next + 1;
    }
    lines.push(line);
  }
  return lines;
}

/** Secrets by the line (`line path`) that they stand on. */
export type Secrets = ReadonlyMap<string, readonly string[]>;

/** The sightings with the code of lines that hold a secret left out, and what they quote of it cut. */
export function withhold(sightings: readonly Sighting[], secrets: Secrets): Sighting[] {
  if (secrets.size === 0) return [...sightings];
  return sightings.map((sighting) => {
    const { span, evidence } = sighting;
    const own = linesOf(span).flatMap((line) => secrets.get(`${line} ${span.path}`) ?? []);
    const others = evidence.flatMap(({ path, line }) => secrets.get(`${line} ${path}`) ?? []);
    if (sighting.secret || own.length + others.length === 0) return sighting;
    const kept = evidence.map((step) => (secrets.has(`${step.line} ${step.path}`) ? { ...step, text: '' } : step));
    return {
      ...sighting,
      message: withoutPieces(sighting.message, [...own, ...others]),
      advice: withoutPieces(sighting.advice, [...own, ...others]),
      evidence: own.length > 0 && kept.length === 0 ? [{ path: span.path, line: span.line, text: '' }] : kept,
    };
  });
}

/** A text that somebody else wrote, such as a reason, without the secrets that are unmistakable in it. */
export function withoutSecrets(text: string, secrets: Secrets): string {
  let told = text;
  for (const value of new Set([...secrets.values()].flat())) if (unmistakable.test(value)) told = withoutPieces(told, [value], isRandom(value) ? mostTold + 1 : 8);
  return told;
}

function linesOf({ line, endLine }: Span): number[] {
  return Array.from({ length: Math.min(200, endLine - line + 1) }, (_, at) => line + at);
}

/** A text without these values. What was shortened holds the beginning of one, so every beginning is cut as far as it goes, from `least` characters on. */
function withoutPieces(text: string, values: readonly string[], least = mostTold + 1): string {
  let told = text;
  for (const value of values) {
    const beginning = value.slice(0, least);
    if (beginning.length < least) continue;
    for (let at = told.indexOf(beginning); at >= 0; at = told.indexOf(beginning, at + 1)) {
      let length = beginning.length;
      while (length < value.length && told[at + length] === value[length]) length += 1;
      told = `${told.slice(0, at)}…${told.slice(at + length)}`;
    }
  }
  return told;
}
