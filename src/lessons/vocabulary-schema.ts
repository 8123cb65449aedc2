import * as z from 'zod';
import { keyGuides, matcher } from './card-schema.ts';

/** The one description of a team's own words: what `readVocabulary` accepts and what the published JSON Schema says. */

const value = z.union([z.string(), z.number(), z.boolean()], { error: 'must be a text, a number, true or false' });

const entry = z.strictObject({
  ...matcher.shape,
  with: z.record(z.string(), value, { error: 'must be { attribute: value }' }).optional().meta({ description: 'What is known of it: { verb: read-many }. A variable of the pattern gives its text.' }),
}, { error: 'must be a matcher such as { code: "ordersRepo.load($$$)", from: "@acme/orders", with: { verb: read-many } }' })
  .register(keyGuides, { ...keyGuides.get(matcher), alsoCalled: { ...keyGuides.get(matcher)?.alsoCalled, attributes: 'with', is: 'code', verb: 'with' } });

const entries = z.array(entry, { error: 'must be a list of matchers' }).min(1, { error: 'must hold at least one matcher' }).max(200, { error: 'must not hold more than 200 entries' });

const word = z.strictObject({
  add: entries.optional().meta({ description: 'For a word that Once Bitten knows: what it is here as well.' }),
  means: z.string({ error: 'must be a text' }).regex(/\S/, { error: 'must not be empty' }).max(300, { error: 'must not be longer than 300 characters' }).optional().meta({ description: 'For a word of your own: what it means, in one sentence.' }),
  matches: entries.optional().meta({ description: 'For a word of your own: the code that it stands for.' }),
}, { error: 'must be { add: [ … ] }, or { means: "…", matches: [ … ] }' })
  .register(keyGuides, { alsoCalled: { summary: 'means', description: 'means', is: 'matches', any: 'matches', extend: 'add', also: 'add' } });

export const vocabularyShape = z.record(z.string().regex(/^[a-z][a-z0-9-]{0,59}$/, { error: 'must be a lower-case word with hyphens, such as db-call' }), word, { error: 'must be a mapping of words, such as db-call: { add: [ … ] }' })
  .meta({ title: 'The own words of a team', description: 'Additions to words that Once Bitten knows, and words of your own.' });
