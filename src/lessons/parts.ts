import type { Matcher } from './lesson.ts';

/**
 * One way in which a lesson can be found: in code, in code that a change took away, in the lines of a file whatever it holds,
 * in a file as such, or in the change as a whole.
 */
export type Part = { reads: 'code' | 'removed' | 'lines' | 'file' | 'change'; matcher: Matcher };

/** Alternatives inside alternatives multiply; more parts than these are not taken apart. */
const mostParts = 64;

/** The parts of a `detect`: alternatives that read different things are taken apart, those of one kind stay together. */
export function partsOf(detect: Matcher): Part[] {
  const kinds = new Set(alternativesOf(detect).map(readsOf));
  const [only] = kinds;
  if (kinds.size === 1 && only === 'code') return [{ reads: 'code', matcher: detect }];
  return alternativesOf(detect).map((matcher) => ({ reads: readsOf(matcher), matcher: readsOf(matcher) === 'removed' ? withoutRemoved(matcher) : matcher }));
}

/** The same matcher with every `any` at its top written out as matchers of their own. */
function alternativesOf(matcher: Matcher): Matcher[] {
  const { any, all, ...rest } = matcher;
  const ways = (all ?? []).reduce<Matcher[][]>((so, each) => so.flatMap((way) => alternativesOf(each).map((one) => [...way, one])).slice(0, mostParts), [[]]);
  const own = ways.map((way): Matcher => (way.length > 0 ? { ...rest, all: way } : rest));
  if (!any) return own;
  const branches = any.flatMap(alternativesOf);
  const isAlone = Object.keys(rest).length === 1;
  return own.flatMap((one) => branches.map((branch): Matcher => (isAlone && !one.all ? branch : { ...one, all: [...(one.all ?? []), branch] }))).slice(0, mostParts);
}

function readsOf(matcher: Matcher): Part['reads'] {
  if (has(matcher, 'removed')) return 'removed';
  if (has(matcher, 'text')) return 'lines';
  if (has(matcher, 'is') || has(matcher, 'code')) return 'code';
  if (has(matcher, 'file')) return 'file';
  return has(matcher, 'together') ? 'change' : 'code';
}

function has(matcher: Matcher, key: keyof Matcher): boolean {
  return matcher[key] !== undefined || (matcher.all?.some((each) => has(each, key)) ?? false);
}

/** What must have been there: `removed` and what stands beside it speak of the same code. */
function withoutRemoved({ removed, ...rest }: Matcher): Matcher {
  const all = [...(removed ? [removed] : []), ...(rest.all ?? []).map(withoutRemoved)];
  return removed && Object.keys(rest).length === 1 ? removed : all.length > 0 ? { ...rest, all } : rest;
}

/** True when some part of a card reads files other than code, or the list of changed files alone. */
export function readsAnyFile(detect: Matcher): boolean {
  return partsOf(detect).some(({ reads }) => reads === 'lines' || reads === 'file' || reads === 'change');
}
