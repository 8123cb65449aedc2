import * as z from 'zod';
import { isDay } from './day.ts';
import { packs } from './extends.ts';
import { globs, keyGuides, scope, severity, status } from './card-schema.ts';

/** The one description of `.github/once-bitten.yml`: what `readSettings` accepts and what the published JSON Schema says. */

/** What settings may say of one lesson. */
export const lessonSetting = z.union([
  z.literal('off', { error: 'must be off' }),
  z.strictObject({
    severity: severity.optional().meta({ description: 'How loudly it speaks. Where a card has grades, this is the loudest one.' }),
    status: status.optional().meta({ description: 'draft and retired do not speak, trial speaks in the summary only.' }),
    scope: scope.optional().meta({ description: 'The files it applies to, instead of those the card names.' }),
  }, { error: 'must be { severity: …, status: …, scope: … }' })
    .register(keyGuides, { alsoCalled: { level: 'severity', files: 'scope', paths: 'scope', enabled: 'status' } }),
], { error: 'must be off, or { severity: …, status: …, scope: … }' });

const yesOrNo = z.boolean({ error: 'must be true or false' });

const limit = (most: number) => z.int({ error: 'must be a whole number' })
  .min(0, { error: 'must not be below 0' })
  .max(most, { error: `must not be above ${most}` });

const day = z.string({ error: 'must be a day such as 2027-06-01' }).refine(isDay, { error: 'must be a day such as 2027-06-01' });

/** A place that was settled from outside, because its file takes no comments or its line is no longer there. */
const settledPlace = z.strictObject({
  path: z.string({ error: 'must be a path' }).min(1, { error: 'must not be empty' }).max(500, { error: 'must not be longer than 500 characters' }).meta({ description: 'The file, from the top of the repository. No glob.' }),
  fingerprint: z.string({ error: 'must be a fingerprint of 16 characters, as reports show it' }).regex(/^[0-9a-f]{16}$/, { error: 'must be a fingerprint of 16 characters, as reports show it' }).meta({ description: 'What reports show as the fingerprint: of a secret its kind and key name, never its value.' }),
  reason: z.string({ error: 'must be a text' }).regex(/\S/, { error: 'must not be empty' }).max(500, { error: 'must not be longer than 500 characters' }).meta({ description: 'Why the finding may stay.' }),
  rotated: day.optional().meta({ description: 'The day on which the secret was made worthless. Needed for one that stands in an earlier commit.' }),
  until: day.optional().meta({ description: 'The last day on which it holds.' }),
}, { error: 'must be { path: …, fingerprint: …, reason: … }' })
  .register(keyGuides, { alsoCalled: { file: 'path', because: 'reason', id: 'fingerprint', revoked: 'rotated', expires: 'until' } });

export const settingsShape = z.strictObject({
  extends: z.array(z.string({ error: 'must be a text' }).meta({ anyOf: [{ enum: [...packs] }, { pattern: '^(?!once-bitten:)(?:\\.|.*/)' }] }), { error: 'must be a list such as [once-bitten:recommended]' })
    .max(20, { error: 'must not hold more than 20 entries' })
    .optional().meta({ description: 'Lessons that apply besides your own cards; of one id the later entry wins. once-bitten:recommended (unless said), once-bitten:all, a folder of the repository, owner/repo/folder@ref, or [] for none.' }),
  lessons: z.record(z.string(), lessonSetting, { error: 'must be a mapping such as { n-plus-one: { severity: block } }' })
    .optional().meta({ description: 'Per lesson: off, or another severity, status or scope.' }),
  gate: z.enum(['block', 'warn', 'never'], { error: 'must be block, warn or never' })
    .register(keyGuides, { alsoCalled: { off: 'never', none: 'never', false: 'never', error: 'block', warning: 'warn', note: 'warn' } })
    .optional().meta({ description: 'Which findings fail the check: block (unless said), warn, or never any.' }),
  comments: z.strictObject({
    inline: limit(50).optional().meta({ description: 'Comments in the diff, at most, for one pull request. 10 unless said.' }),
    'per-lesson': limit(50).optional().meta({ description: 'Of those, at most, of one lesson. 3 unless said.' }),
  }, { error: 'must be a mapping such as { inline: 10, per-lesson: 3 }' })
    .optional().meta({ description: 'How many findings are shown in the diff; the others are listed in the summary.' }),
  ignore: globs.optional().meta({ description: 'Globs of files that are not reviewed.' }),
  waivers: z.strictObject({
    allow: yesOrNo.optional().meta({ description: 'Whether `lesson-ok` counts at all. True unless said.' }),
    'by-author': yesOrNo.optional().meta({ description: 'Whether a waiver counts that the author of the pull request wrote. True unless said.' }),
    'from-forks': yesOrNo.optional().meta({ description: 'Whether a waiver counts that comes from a fork. False unless said.' }),
    places: z.array(settledPlace, { error: 'must be a list of { path: …, fingerprint: …, reason: … }' }).max(500, { error: 'must not hold more than 500 entries' })
      .optional().meta({ description: 'Findings that are settled by path and fingerprint: in files without comments, and in commits that are past.' }),
  }, { error: 'must be a mapping such as { allow: true }' })
    .optional().meta({ description: 'Which waivers count.' }),
}, { error: 'must be a mapping of keys, such as gate: block' })
  .meta({ title: 'Settings of Once Bitten', description: 'All keys are optional.' })
  .register(keyGuides, {
    alsoCalled: { rules: 'lessons', cards: 'lessons', extend: 'extends', exclude: 'ignore', ignores: 'ignore', 'fail-on': 'gate', level: 'gate', annotations: 'comments' },
  });
