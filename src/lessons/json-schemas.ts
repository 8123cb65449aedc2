import * as z from 'zod';
import { card } from './card-schema.ts';
import { vocabularyShape } from './vocabulary-schema.ts';
import { settingsShape } from './settings-schema.ts';

/** Where the published schemas can be fetched, for `# yaml-language-server: $schema=…` in a card. */
const publishedAt = 'https://raw.githubusercontent.com/once-bitten/once-bitten/v1/schema';

/** The JSON Schemas that editors complete and check cards and settings with, by file name under `schema/`. */
export function jsonSchemas(): Record<string, object> {
  return {
    'lesson.schema.json': published('lesson.schema.json', card),
    'vocabulary.schema.json': published('vocabulary.schema.json', vocabularyShape),
    'settings.schema.json': published('settings.schema.json', settingsShape),
  };
}

/** A schema's text as it stands in its file. */
export function printSchema(schema: object): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function published(file: string, schema: z.ZodType): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return { $schema, $id: `${publishedAt}/${file}`, ...rest };
}
