import { ts, type Expression } from '../code/compiler.ts';
import { argument, bare, calleeName, memberAccess } from '../code/syntax.ts';
import type { Library } from '../libraries/library.ts';
import { argumentOf, argumentsOf } from './query-arguments.ts';
import type { Operation } from './query-chain.ts';
import { isTextual, plainText } from './query-text.ts';
import { isAggregateText } from './sql-text.ts';

/** `select({ total: count() })`, `select(knex.raw('count(*) as total'))` read one row, unless it is grouped. */
export function isAggregating(own: readonly Operation[], library: Library): boolean {
  if (own.some(({ link }) => /^groupBy(?:Raw)?$/.test(link?.name ?? ''))) return false;
  if (own.some(({ name, given }) => name === 'select' && argumentsOf(given).length > 0 && argumentsOf(given).every(isAggregateByText))) return true;
  // `.select('SUM(payment.amount)', 'sum').addSelect('COUNT(*)', 'count')` of TypeORM, whose second argument is a name.
  const selected = library.name === 'typeorm' ? own.filter(({ name }) => /^(?:add)?[sS]elect$/.test(name)).map(({ given }) => argumentOf(given, 0)) : [];
  if (selected.length > 0 && selected.every((each) => each !== undefined && isTextual(each) && isAggregateText(plainText(each)))) return true;
  if (!library.aggregates) return false;
  return own.some(({ call, given }) => {
    const columns = call.columns === undefined ? undefined : argumentOf(given, call.columns);
    if (!columns || !ts.isObjectLiteralExpression(columns) || columns.properties.length === 0) return false;
    return columns.properties.every((column) => ts.isPropertyAssignment(column) && isAggregate(column.initializer, library.aggregates!));
  });
}

/** `knex.raw('count(*)::integer as total')`. */
function isAggregateByText(column: Expression): boolean {
  const node = bare(column);
  const text = ts.isCallExpression(node) && calleeName(node) === 'raw' ? argument(node, 0) : undefined;
  return text !== undefined && isTextual(bare(text)) && isAggregateText(plainText(bare(text)));
}

function isAggregate(column: Expression, functions: readonly string[]): boolean {
  const node = bare(column);
  if (ts.isTaggedTemplateExpression(node)) return isAggregateText(plainText(node.template));
  if (!ts.isCallExpression(node)) return false;
  // `count().mapWith(Number)`, `` sql`count(*)`.as('total') ``.
  const access = memberAccess(bare(node.expression));
  return functions.includes(calleeName(node) ?? '') || (access !== undefined && isAggregate(access.of, functions));
}
