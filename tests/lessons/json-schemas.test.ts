import fs from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { CORE_SCHEMA, load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { jsonSchemas, printSchema } from '../../src/lessons/json-schemas.ts';
import { readLesson } from '../../src/lessons/read-lesson.ts';
import { readSettings } from '../../src/lessons/read-settings.ts';
import { cardWith } from './sound-card.ts';
import { knownWords } from './words.ts';

const ajv = new Ajv2020({ strict: false, validateFormats: false });
const schemas = jsonSchemas();
const accepts = (name: string, text: string) => ajv.validate(schemas[name]!, load(text, { schema: CORE_SCHEMA })) as boolean;

test.for(Object.keys(schemas))('schema/%s is what the check says (else: node_modules/.bin/node scripts/print-schemas.ts)', (name, { expect: here }) => {
  here(fs.readFileSync(new URL(`../../schema/${name}`, import.meta.url), 'utf8')).toBe(printSchema(schemas[name]!));
});

describe('an editor and the check agree on cards', () => {
  test.for<[string, boolean]>([
    [cardWith(), true],
    [cardWith({ scope: 'scope: { files: ["a/**"] }', expires: 'expires: { review: 2027-06-01 }', grades: 'grades: [ { when: { is: { db-call: { verb: write } } }, severity: note } ]' }), true],
    [cardWith({ detect: 'detect: { any: [ { is: { db-call: { as: $CALL } }, inside: { is: { iteration: { item: $ITEM } } } } ], where: { $CALL: { number: "> 5" } } }' }), true],
    [cardWith({ severity: 'severity: error' }), false],
    [cardWith({ title: undefined }), false],
    [cardWith({ titel: 'titel: x' }), false],
    [cardWith({ message: undefined }), false],
    [cardWith({ examples: undefined }), false],
    [cardWith({ examples: 'examples: { bad: [], good: [x] }' }), false],
    [cardWith({ detect: 'detect: { is: { db-call: { as: $CALL } }, inside: { is: iteration, insde: { is: x } } }' }), false],
    [cardWith({ detect: 'detect: { is: { db-call: {}, iteration: {} } }' }), false],
    [cardWith({ detect: 'detect: { code: "f($A)", where: { A: { literal: true } } }' }), false],
    [cardWith({ id: 'id: N_Plus' }), false],
    [cardWith({ id: 'id: 5' }), false],
  ])('%#', ([text, isSound], { expect: here }) => {
    here(accepts('lesson.schema.json', text)).toBe(isSound);
    here(readLesson(text, 'a.yml', { knownWords }).faults.length === 0).toBe(isSound);
  });
});

describe('an editor and the check agree on settings', () => {
  test.for<[string, boolean]>([
    ['extends: [once-bitten:recommended]\nlessons: { a: off, b: { severity: block } }\ngate: never', true],
    ['comments: { inline: 0, per-lesson: 50 }\nwaivers: { allow: false }\nignore: ["a/**"]', true],
    ['extends: [once-bitten:all, .github/shared, ./lessons, acme/lessons/packs@v1]', true],
    ['extends: [once-bitten:mine]', false],
    ['extends: [mine]', false],
    ['lessons: { a: on }', false],
    ['gate: fail', false],
    ['comments: { inline: 51 }', false],
    ['comments: { inline: 1.5 }', false],
    ['ignored: []', false],
  ])('%s', ([text, isSound], { expect: here }) => {
    here(accepts('settings.schema.json', text)).toBe(isSound);
    here(readSettings(text, 's.yml', ['a', 'b']).faults.length === 0).toBe(isSound);
  });
});

test('every key tells an editor what it is for', () => {
  type Described = { description?: string; $ref?: string };
  const undescribed: string[] = [];
  const walk = (node: unknown, path: string, definitions: Record<string, Described>): void => {
    if (typeof node !== 'object' || node === null) return;
    const { properties } = node as { properties?: Record<string, Described> };
    for (const [key, value] of Object.entries(properties ?? {})) {
      // What stands in several places is written once, and its description with it.
      const described = value.description ?? definitions[value.$ref?.replace('#/$defs/', '') ?? '']?.description;
      if (described === undefined) undescribed.push(`${path}.${key}`);
    }
    for (const [key, value] of Object.entries(node)) walk(value, `${path}.${key}`, definitions);
  };
  for (const [name, schema] of Object.entries(schemas)) walk(schema, `.${name}`, (schema as { $defs?: Record<string, Described> }).$defs ?? {});
  expect(undescribed).toEqual([]);
});
