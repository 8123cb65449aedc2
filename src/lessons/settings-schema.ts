import * as z from 'zod';
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

export const settingsShape = z.strictObject({
  extends: z.array(z.string({ error: 'must be a text' }).meta({ enum: ['once-bitten:recommended', 'once-bitten:all'] }), { error: 'must be a list such as [once-bitten:recommended]' })
    .max(20, { error: 'must not hold more than 20 entries' })
    .optional().meta({ description: 'Built-in lessons: once-bitten:recommended (unless said), once-bitten:all, or [] for none.' }),
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
  }, { error: 'must be a mapping such as { allow: true }' })
    .optional().meta({ description: 'Which waivers count.' }),
}, { error: 'must be a mapping of keys, such as gate: block' })
  .meta({ title: 'Settings of Once Bitten', description: 'All keys are optional.' })
  .register(keyGuides, {
    alsoCalled: { rules: 'lessons', cards: 'lessons', extend: 'extends', exclude: 'ignore', ignores: 'ignore', 'fail-on': 'gate', level: 'gate', annotations: 'comments' },
  });
