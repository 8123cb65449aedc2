import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { Review } from '../../src/model.ts';
import { jsonReport } from '../../src/reports/json.ts';
import { card, finding, hostileTexts, quietReview, richReview } from './sample-review.ts';

const schema = JSON.parse(readFileSync(new URL('../../schema/review.schema.json', import.meta.url), 'utf8'));
const published = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true }).compile(schema);
const exact = new Ajv({ strict: false, allErrors: true }).compile(closed(schema));

/** The schema with no room for keys it does not name: the published one lets later versions add some. */
function closed(node: unknown): any {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const copy: Record<string, unknown> = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  if (copy['$id'] !== undefined) copy['$id'] = `${copy['$id']}#closed`;
  // `waived` adds to what `finding` names, so only its parts can be closed.
  const isObject = copy['type'] === 'object' && copy['properties'] !== undefined && copy['allOf'] === undefined;
  return isObject && copy['additionalProperties'] === undefined ? { ...copy, additionalProperties: false } : copy;
}

function valid(review: Review): unknown {
  const value: unknown = JSON.parse(jsonReport(review));
  expect(published(value), JSON.stringify(published.errors)).toBe(true);
  return value;
}

const scan: Review = (() => {
  const { base: _, ...rest } = quietReview({ findings: [finding({ introduced: null, placement: 'none' })], lessons: { 'n-plus-one': card() } });
  return rest;
})();

describe('the published schema', () => {
  test.each([
    ['with nothing in it', quietReview()],
    ['with everything in it', richReview()],
    ['of a scan', scan],
  ])('holds for a review %s', (_, review) => {
    valid(review);
  });

  test('names every key that a report has', () => {
    for (const review of [quietReview(), scan, { ...richReview(), waived: [] }]) {
      expect(exact(JSON.parse(jsonReport(review))), JSON.stringify(exact.errors)).toBe(true);
    }
  });

  test('refuses what is no review', () => {
    const value = JSON.parse(jsonReport(richReview()));
    for (const wrong of [
      { ...value, schema: 'once-bitten.review/2' },
      { ...value, verdict: 'fine' },
      { ...value, findings: [{ ...value.findings[0], line: 0 }] },
      { ...value, findings: [{ ...value.findings[0], introduced: false }] },
      { ...value, findings: [{ ...value.findings[0], fingerprint: undefined }] },
      { ...value, waived: [{ ...value.waived[0], waiver: { ...value.waived[0].waiver, reason: '' } }] },
      { ...value, skipped: [{ path: 'a', why: 'boring' }] },
      { ...value, notes: undefined },
    ]) {
      expect(published(JSON.parse(JSON.stringify(wrong)))).toBe(false);
    }
  });
});

test('keys come in the published order', () => {
  const value = JSON.parse(jsonReport(richReview()));
  expect(Object.keys(value)).toEqual(['schema', 'base', 'head', 'verdict', 'findings', 'fixed', 'waived', 'notes', 'skipped', 'lessons', 'stats']);
  expect(Object.keys(value)).toEqual(Object.keys(schema.properties));
  expect(Object.keys(value.findings.at(-1))).toEqual(Object.keys(schema.definitions.finding.properties));
  expect(Object.keys(value.notes[0])).toEqual(Object.keys(schema.definitions.note.properties));
  expect(Object.keys(value.lessons['n-plus-one'])).toEqual(Object.keys(schema.definitions.lesson.properties));
  expect(Object.keys(value.stats)).toEqual(Object.keys(schema.definitions.stats.properties));
});

test('a review read back is the review that was written', () => {
  const { findings, ...rest } = richReview();
  const { findings: read, ...others } = JSON.parse(jsonReport(richReview()));
  expect(others).toEqual(rest);
  expect(read).toEqual(findings);
});

test('what a card or a finding holds beyond its type stays inside', () => {
  const stray = { ...card(), source: { file: 'x', text: 'whole card' }, detect: { code: 'x' } };
  const odd = { ...finding(), node: 'a syntax tree' };
  const text = jsonReport(quietReview({ findings: [odd], lessons: { 'n-plus-one': stray } }));
  expect(text).not.toMatch(/whole card|syntax tree|detect/);
});

test('evidence of secrets has no text', () => {
  const value = ['hunter', '2hunter', '2'].join('');
  const evidence = [{ path: 'a.ts', line: 1, text: `password = "${value}"` }];
  expect(jsonReport(quietReview({ findings: [finding({ lesson: 'secret-in-code', evidence })] }))).not.toContain(value);
});

test.each(hostileTexts.map((text, index) => ({ text, index })))('hostile text $index survives unharmed, and harms no terminal or log', ({ text }) => {
  const review = quietReview({ findings: [finding({ message: text, path: text })], skipped: [{ path: text, why: 'ignored' }] });
  const written = jsonReport(review);
  expect(written).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b]|##\[/);
  expect(written).not.toMatch(/^\s*::/m);
  expect(JSON.parse(written).findings[0]).toMatchObject({ message: text, path: text });
  valid(review);
});

test('a lesson named like something built in is a lesson', () => {
  const text = jsonReport(quietReview({ lessons: { constructor: card({ id: 'constructor' }) } }));
  expect(JSON.parse(text).lessons.constructor.id).toBe('constructor');
});
