import * as z from 'zod';
import { isDay } from './day.ts';
import { lessonIdPattern, longestLessonId } from './lesson-id.ts';

/**
 * The one description of a card: what `readLesson` accepts and what the published JSON Schema says. Messages complete the
 * name of the key ("severity" must be …); descriptions are what an editor shows, and what a fault says of a missing key.
 */

/** What a schema of keys knows about keys and values that it does not have. */
export type KeyGuide = {
  /** Keys of the language that this version does not have yet. */
  notBuilt?: readonly string[];
  /** What others call a key or a value → what it is called here. */
  alsoCalled?: Readonly<Record<string, string>>;
};
export const keyGuides = z.registry<KeyGuide>();

/** A text of one or more lines. Control characters are refused: they would travel into terminals and comments. */
const text = (longest: number) => z.string({ error: 'must be a text' })
  .regex(/\S/, { error: 'must not be empty' })
  .max(longest, { error: `must not be longer than ${longest} characters` })
  .refine((value) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/.test(value), { error: 'must not hold control characters' });

/** A text of one line; the line break at the end of a YAML block does not count. */
const line = (longest: number) => text(longest).refine((value) => !/[\r\n]/.test(value.trimEnd()), { error: 'must be one line' });

const list = <Item extends z.ZodType>(item: Item, most: number, error = 'must be a list') => z.array(item, { error })
  .max(most, { error: `must not hold more than ${most} entries` });

/** Texts that become a glob; `glob.ts` says which ones can be used. */
export const globs = list(text(200), 50, 'must be a list of globs, such as ["src/**/*.ts"]');

export const severity = z.enum(['note', 'warn', 'block'], { error: 'must be note, warn or block' })
  .register(keyGuides, { alsoCalled: { error: 'block', critical: 'block', high: 'block', fail: 'block', warning: 'warn', medium: 'warn', info: 'note', low: 'note', hint: 'note' } });

export const status = z.enum(['draft', 'trial', 'active', 'retired'], { error: 'must be draft, trial, active or retired' })
  .register(keyGuides, { alsoCalled: { enabled: 'active', on: 'active', live: 'active', disabled: 'retired', off: 'retired', deprecated: 'retired', experimental: 'trial', beta: 'trial' } });

/** Globs of the files a lesson applies to. */
export const scope = z.strictObject({
  files: globs.min(1, { error: 'must hold at least one glob' }).optional().meta({ description: 'Globs of the files it applies to, from the root of the repository. All files unless said.' }),
  except: globs.optional().meta({ description: 'Globs of files it leaves alone.' }),
}, { error: 'must be { files: […], except: […] }' })
  .register(keyGuides, { notBuilt: ['on'], alsoCalled: { include: 'files', paths: 'files', exclude: 'except', ignore: 'except' } });

const scalar = z.union([z.string(), z.number(), z.boolean()], { error: 'must be a text, a number, true or false' });
const attributeTest = z.union([scalar, z.array(scalar).min(1)], { error: 'must be a value, a list of values, or a variable such as $X' });
const variableName = /^\$[A-Z][A-Z0-9_]*$/;

const wordTest = z.union([
  line(60),
  z.record(z.string(), z.record(z.string(), attributeTest, { error: 'must be { attribute: value }' }))
    .meta({ minProperties: 1, maxProperties: 1 }),
], { error: 'must be a word, or { word: { attribute: value, as: $X } }' });

const variableTest = z.strictObject({
  text: text(500).optional().meta({ description: 'A regular expression (RE2: it runs in linear time) that the text of the code must contain.' }),
  number: z.string({ error: 'must be a comparison in quotes, such as "> 5000"' })
    .regex(/^\s*(?:>=|<=|>|<|=)\s*-?\d+(?:\.\d+)?\s*$/, { error: 'must be a comparison such as "> 5000", "<= 10" or "= 0"' })
    .optional().meta({ description: 'What the number must be: "> 5000", "<= 10", "= 0".' }),
  is: wordTest.optional().meta({ description: 'A word of the vocabulary that the code must be.' }),
  'one-of': z.array(scalar, { error: 'must be a list of values, such as [get, post]' }).min(1, { error: 'must hold at least one value' }).max(50, { error: 'must not hold more than 50 entries' })
    .optional().meta({ description: 'The values that it may have.' }),
  literal: z.boolean({ error: 'must be true or false' }).optional().meta({ description: 'True for a value that is written out; false for one that is not.' }),
}, { error: 'must be a mapping such as { text: "^(get|post)$" }' })
  .register(keyGuides, { notBuilt: ['type'], alsoCalled: { regex: 'text', matches: 'text', kind: 'is', value: 'text', in: 'one-of', values: 'one-of', 'any-of': 'one-of' } });

const globOrGlobs = z.union([line(200), globs.min(1, { error: 'must hold at least one glob' })], { error: 'must be a glob, or a list of globs' });

// The type of a schema that contains itself cannot be inferred; what stands in a matcher is read with its places by `read-matcher.ts`.
type Optional = z.ZodOptional<z.ZodType>;

const matcherKeys = {
  is: wordTest.optional().meta({ description: 'A word of the vocabulary, such as db-call, or { db-call: { verb: write, as: $CALL } }.' }),
  code: text(2_000).optional().meta({ description: 'TypeScript with $X (one expression), $_ (any) and $$$ (any number of arguments, properties or statements).' }),
  from: line(214).optional().meta({ description: 'The package that the function called in `code` is imported from.' }),
  get inside(): Optional { return matcher.optional().meta({ description: 'Code around it, up to the boundary of the function, matches this.' }); },
  get contains(): Optional { return matcher.optional().meta({ description: 'Something inside it matches this.' }); },
  get after(): Optional { return matcher.optional().meta({ description: 'Something that runs before it, in the same function, matches this.' }); },
  get before(): Optional { return matcher.optional().meta({ description: 'Something that runs after it, in the same function, matches this.' }); },
  get 'guarded-by'(): Optional { return matcher.optional().meta({ description: 'A check on the way to it matches this: the test of an if around it, of an earlier if that leaves, or an earlier call such as assertHost($URL).' }); },
  get reaches(): Optional { return flow.optional().meta({ description: 'Its value flows into something that matches this, in the same function or one call further.' }); },
  get 'reached-by'(): Optional { return flow.optional().meta({ description: 'The value of something that matches this flows into it; into: $X says into which part of it.' }); },
  get without(): Optional { return matcher.optional().meta({ description: 'Nothing inside it matches this. Silent where that cannot be seen.' }); },
  get any(): Optional { return list(matcher, 50, 'must be a list of matchers').min(1, { error: 'must hold at least one matcher' }).optional().meta({ description: 'At least one of these matches.' }); },
  get all(): Optional { return list(matcher, 50, 'must be a list of matchers').min(1, { error: 'must hold at least one matcher' }).optional().meta({ description: 'Each of these matches.' }); },
  get not(): Optional { return matcher.optional().meta({ description: 'This does not match.' }); },
  get removed(): Optional { return matcher.optional().meta({ description: 'The change takes away code that matches this. Stands at the top of detect.' }); },
  together: z.strictObject({
    changed: globOrGlobs.meta({ description: 'Files of which the change touches one.' }),
    needs: globOrGlobs.meta({ description: 'Files of which it touches none, although it should.' }),
  }, { error: 'must be { changed: glob, needs: glob }' }).register(keyGuides, { alsoCalled: { files: 'changed', requires: 'needs', with: 'needs' } })
    .optional().meta({ description: 'The change touches one of some files and none of others.' }),
  text: text(500).optional().meta({ description: 'A regular expression (RE2) for one line of any file; (?<NAME>…) binds $NAME. Stands at the top of detect.' }),
  file: globOrGlobs.optional().meta({ description: 'Globs of the path of the file.' }),
  where: z.record(
    z.string().regex(variableName, { error: 'must be a variable: $ and upper-case letters' }),
    variableTest,
    { error: 'must be { $X: { text: …, number: …, one-of: …, is: …, literal: … } }' },
  ).optional().meta({ description: 'What variables must be, besides being bound.' }),
};

export const matcher = z.strictObject(matcherKeys, { error: 'must be a matcher such as { is: db-call } or { code: "db.query($SQL)" }' })
  .meta({ id: 'matcher', description: 'Keys side by side must all hold for the same code.' })
  .register(keyGuides, {
    alsoCalled: { pattern: 'code', regex: 'text', line: 'text', path: 'file', files: 'file', deleted: 'removed', has: 'contains', either: 'any', or: 'any', and: 'all', metavariable: 'where', word: 'is', follows: 'after', precedes: 'before', guarded: 'guarded-by', unless: 'not' },
  });

// The keys that contain matchers are getters, which a spread would ask too early.
const flowKeys = Object.defineProperties({
  into: z.string().regex(variableName, { error: 'must be a variable such as $URL' }).optional().meta({ description: 'The variable for the part that the value flows into.' }),
}, Object.getOwnPropertyDescriptors(matcherKeys)) as typeof matcherKeys & { into: z.ZodOptional<z.ZodString> };

const flow = z.strictObject(flowKeys, { error: 'must be a matcher such as { is: untrusted-input, into: $URL }' })
  .meta({ id: 'flow', description: 'The other end of a flow of values.' })
  .register(keyGuides, keyGuides.get(matcher)!);

const fineWhen = z.strictObject({
  ...matcher.shape,
  because: line(300).meta({ description: 'Why that is fine, in one sentence.' }),
}, { error: 'must be a matcher with because: "…"' })
  .register(keyGuides, { ...keyGuides.get(matcher), alsoCalled: { ...keyGuides.get(matcher)?.alsoCalled, reason: 'because', why: 'because' } });

const example = z.union([
  text(8_000),
  z.strictObject({
    code: text(8_000).optional().meta({ description: 'The code.' }),
    before: text(8_000).optional().meta({ description: 'The code before the change, for what a change takes away.' }),
    after: z.string({ error: 'must be a text' }).max(8_000).optional().meta({ description: 'The code after the change.' }),
    file: line(200).optional().meta({ description: 'The path of the file it stands in, where that matters.' }),
    'also-changed': list(line(200), 20, 'must be a list of paths').optional().meta({ description: 'Other files that the same change touches.' }),
  }, { error: 'must be { code: … } or { before: …, after: … }' })
    .meta({ anyOf: [{ required: ['code'] }, { required: ['before', 'after'] }] })
    .register(keyGuides, { alsoCalled: { path: 'file', name: 'file', with: 'also-changed', old: 'before', new: 'after' } }),
], { error: 'must be code, { code: …, file: … } or { before: …, after: … }' });

const examples = (description: string) => list(example, 20, 'must be a list of pieces of code')
  .min(1, { error: 'must hold at least one example' })
  .meta({ description });

const count = z.number({ error: 'must be a number' }).min(0, { error: 'must not be below 0' });

/** A calendar day as YAML 1.2 reads it: a text. */
const day = z.string({ error: 'must be a day such as 2027-06-01' })
  .refine(isDay, { error: 'must be a day such as 2027-06-01' })
  .meta({ format: 'date' });

export const card = z.strictObject({
  id: z.string({ error: 'must be a text' }).regex(lessonIdPattern, { error: 'must be lower-case words with hyphens, such as n-plus-one' }).max(longestLessonId, { error: `must not be longer than ${longestLessonId} characters` })
    .meta({ description: 'The name of the lesson, such as n-plus-one: what waivers and settings call it.' }),
  title: line(100).meta({ description: 'The lesson in one short line.' }),
  severity: severity.optional().meta({ description: 'How loudly it speaks: note (summary only), warn, or block (fails the check). warn unless said.' }),
  status: status.optional().meta({ description: 'draft and retired do not speak, trial speaks in the summary only. active unless said.' }),
  story: z.strictObject({
    what: text(1_500).meta({ description: 'What happened, in one to four sentences. No names of people.' }),
    cost: z.strictObject({
      minutes: count.optional().meta({ description: 'Minutes of disturbance.' }),
      users: count.optional().meta({ description: 'People who noticed.' }),
      money: z.union([line(100), count], { error: 'must be a text or a number' }).optional().meta({ description: 'Such as "about 18,000 EUR".' }),
      'people-days': count.optional().meta({ description: 'Days of work it took.' }),
    }, { error: 'must be a mapping such as { minutes: 95 }' })
      .register(keyGuides, { alsoCalled: { hours: 'minutes', customers: 'users', days: 'people-days', eur: 'money', usd: 'money' } })
      .optional().meta({ description: 'What it cost, as far as anybody knows.' }),
  }, { error: 'must be a mapping such as { what: "…" }' }).meta({ description: 'What happened: a card is remembered for its story.' })
    .register(keyGuides, { notBuilt: ['when', 'noticed', 'lucky'], alsoCalled: { text: 'what', description: 'what', summary: 'what' } }),
  lesson: text(600).meta({ description: 'What we do now, in one or two sentences.' }),
  links: z.record(
    z.string().regex(/^[a-z][a-z0-9-]*$/, { error: 'must be lower-case words with hyphens' }),
    line(500),
    { error: 'must be a mapping such as { postmortem: docs/2025-03-31.md }' },
  ).optional().meta({ description: 'Where to read more: addresses, paths in the repository, or "#123".' }),
  ask: list(line(100), 10, 'must be a list such as ["@acme/data"]').optional().meta({ description: 'Whom to ask: people, teams or channels with time to answer.' }),
  scope: scope.optional().meta({ description: 'The files it applies to.' }),
  message: line(300).optional().meta({ description: 'What this line does, in one sentence with $X for what was found.' }),
  detect: matcher.optional().meta({ description: 'What to look for.' }),
  grades: list(z.strictObject({
    when: matcher.meta({ description: 'When this grade holds.' }),
    severity: severity.meta({ description: 'The severity then.' }),
  }, { error: 'must be { when: { … }, severity: note }' }), 10).optional().meta({ description: 'Other severities; the first whose `when` holds decides.' }),
  'fine-when': list(fineWhen, 20).optional().meta({ description: 'Where the code is fine although `detect` matches.' }),
  fix: z.strictObject({
    steps: list(text(300), 10, 'must be a list of sentences').optional().meta({ description: 'What to do, step by step.' }),
    replace: text(2_000).optional().meta({ description: 'The code to write instead, with $X for what was found.' }),
    safe: z.boolean({ error: 'must be true or false' }).optional().meta({ description: 'True when applying `replace` is right in every case; only then it is offered as a suggestion.' }),
  }, { error: 'must be a mapping such as { steps: ["…"] }' }).optional().meta({ description: 'How to mend it.' }),
  examples: z.strictObject({
    bad: examples('Code that the card must catch.'),
    good: examples('Code that the card must leave alone.'),
  }, { error: 'must be { bad: […], good: […] }' })
    .register(keyGuides, { alsoCalled: { invalid: 'bad', valid: 'good', wrong: 'bad', right: 'good', match: 'bad', 'no-match': 'good' } })
    .optional().meta({ description: 'Code that proves the card.' }),
  expires: z.strictObject({
    review: day.meta({ description: 'The day after which the card should be looked at again.' }),
  }, { error: 'must be a mapping such as { review: 2027-06-01 }' })
    .register(keyGuides, { notBuilt: ['retire-when', 'silent-months'], alsoCalled: { date: 'review', on: 'review' } })
    .optional().meta({ description: 'When to look at the card again.' }),
  touches: z.strictObject({
    files: globs.optional().meta({ description: 'Globs of files whose change recalls the story.' }),
    symbols: list(line(200), 50).optional().meta({ description: 'Names whose change recalls the story.' }),
  }, { error: 'must be { files: […], symbols: […] }' }).optional().meta({ description: 'For a card without `detect`: what recalls its story in the summary.' }),
  waivers: z.boolean({ error: 'must be true or false' }).optional().meta({ description: 'False when the lesson cannot be waived.' }),
}, { error: 'must be a mapping of keys, such as id: n-plus-one' })
  .meta({
    title: 'A lesson card of Once Bitten',
    description: 'One lesson that a team has already paid for.',
    dependentRequired: { detect: ['message', 'examples'], grades: ['detect'], 'fine-when': ['detect'] },
  })
  .register(keyGuides, {
    notBuilt: ['provenance', 'replaces', 'see-also', 'owner'],
    alsoCalled: {
      name: 'title', description: 'story', why: 'story', level: 'severity', pattern: 'detect', rule: 'detect', paths: 'scope', files: 'scope',
      owners: 'ask', author: 'ask', tests: 'examples', exceptions: 'fine-when', waivable: 'waivers', enabled: 'status', references: 'links',
    },
  });

/** What the schema lets through; `readLesson` turns it into a `Lesson`. */
export type Card = z.infer<typeof card>;
