import type { Library } from './library.ts';
import { sqlRepair } from './sql-drivers.ts';

/**
 * Tags that make a statement, which something else runs: any driver, or a connection of the project's own.
 * Source: felixfbecker/node-sql-template-strings README.md, blakeembrey/sql-template-tag README.md, nearform/sql README.md.
 */
export const sqlTemplate: Library = {
  name: 'sql-template',
  title: 'SQL template tags',
  packages: ['sql-template-strings', 'sql-template-tag', '@nearform/sql', 'pg-template-tag'],
  exports: { default: { is: 'tag' }, SQL: { is: 'tag' }, sql: { is: 'tag' }, '*': { is: 'tag' } },
  kinds: {
    tag: { called: { gives: 'statement' } },
    statement: { calls: { append: { gives: 'statement' }, setName: { gives: 'statement' }, useBind: { gives: 'statement' } } },
  },
  repair: sqlRepair,
};
