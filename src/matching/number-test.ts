import type { WhereTest } from '../lessons/lesson.ts';

/** A card's comparison, such as "> 5000". What is no number, or not known, satisfies none. */
export function compares(value: number | undefined, { operator, value: limit }: NonNullable<WhereTest['number']>): boolean {
  if (value === undefined) return false;
  switch (operator) {
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '=':
      return value === limit;
  }
}
