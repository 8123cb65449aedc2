import type { FlowMatcher, IsMatcher, Matcher } from './lesson.ts';
import type { Complaint, SourceText } from './source-text.ts';
import { asVariable, groupsIn, mentionsInCode } from './variables.ts';

/**
 * Variables are bound by `as`, by attributes (`{ list: $LIST }`) and by `$X` in code. What stands under `not` or `without`
 * has matched nothing, so it binds only for itself; a branch of `any` may not be the one that matched.
 */
export type Bindings = { sure: ReadonlySet<string>; perhaps: ReadonlySet<string>; ruledOut: ReadonlySet<string> };

/** What a matcher binds for everything that is said after it matched. */
export function bindingsOf(matcher: Matcher): Bindings {
  const own = [...boundByWord(matcher.is), ...(matcher.where ?? []).flatMap((test) => boundByWord(test.is))];
  if (matcher.code) {
    const { variables, misspelt } = mentionsInCode(matcher.code.text);
    // A misspelt variable is complained about where it stands; its uses are not.
    own.push(...variables.map((mention) => mention.name), ...misspelt.map((mention) => asVariable(mention.name) ?? ''));
  }
  if (matcher.text) own.push(...groupsIn(matcher.text.source));
  const joined = [...joinedBy(matcher), ...(matcher.all ?? [])].flatMap((inner) => (inner ? [bindingsOf(inner)] : []));
  const branches = (matcher.any ?? []).map(bindingsOf);
  const inEveryBranch = [...(branches[0]?.sure ?? [])].filter((variable) => branches.every((branch) => branch.sure.has(variable)));
  const absent = [matcher.not, matcher.without].flatMap((inner) => (inner ? [bindingsOf(inner)] : []));
  return {
    sure: new Set([...own, ...joined.flatMap((inner) => [...inner.sure]), ...inEveryBranch]),
    perhaps: new Set([...joined, ...branches].flatMap((inner) => [...inner.sure, ...inner.perhaps])),
    ruledOut: new Set([...absent.flatMap((inner) => [...inner.sure, ...inner.perhaps]), ...[...joined, ...branches, ...absent].flatMap((inner) => [...inner.ruledOut])]),
  };
}

/** Complaints for every `where` whose variable nothing binds. `outer` is what is bound around this matcher. */
export function unboundTests(source: SourceText, matcher: Matcher, outer: ReadonlySet<string> = new Set()): Complaint[] {
  const { sure, perhaps, ruledOut } = bindingsOf(matcher);
  const bound = new Set([...outer, ...sure]);
  const own = (matcher.where ?? []).filter((test) => !bound.has(test.variable)).map((test) => {
    const start = source.offset(test.at);
    return unbound(test.variable, { sure: bound, perhaps, ruledOut }, { start, end: start + test.variable.length });
  });
  const ends: [FlowMatcher | undefined, ReadonlySet<string>][] = [[matcher['reached-by'], bound], [matcher.reaches, matcher.reaches ? new Set([...outer, ...bindingsOf(matcher.reaches).sure]) : bound]];
  for (const [end, known] of ends) {
    if (!end?.into || known.has(end.into)) continue;
    const start = source.offset(end.at);
    own.push(unbound(end.into, { sure: known, perhaps, ruledOut }, { start, end: start + 1 }));
  }
  const inner = [...joinedBy(matcher), matcher.without, matcher.not, ...(matcher.all ?? []), ...(matcher.any ?? [])];
  return [...own, ...inner.flatMap((next) => (next ? unboundTests(source, next, bound) : []))];
}

/** The relations of a matcher that must find something, so that what they bind is bound. */
function joinedBy(matcher: Matcher): Matcher[] {
  return [matcher.inside, matcher.contains, matcher.after, matcher.before, matcher['guarded-by'], matcher.reaches, matcher['reached-by'], matcher.removed].filter((each) => each !== undefined);
}

/** The complaint for a variable that is used and not bound. */
export function unbound(variable: string, bindings: Bindings, extent: Complaint['extent']): Complaint {
  return { code: 'lesson/unbound-variable', message: `nothing binds ${variable}`, hint: bindingHint(variable, bindings), extent };
}

function bindingHint(variable: string, { sure, perhaps, ruledOut }: Bindings): string {
  if (sure.has(`$$${variable}`)) return `did you mean "$$${variable}"?`;
  if (perhaps.has(variable)) return 'only some branches of "any" bind it; bind it in each of them';
  if (ruledOut.has(variable)) return 'it stands under "not" or "without" only, and what they look for is not there';
  if (sure.size === 0) return 'bind it with as: $X, with an attribute such as { list: $LIST }, or in code';
  return `bound here: ${[...sure].sort().slice(0, 12).join(', ')}`;
}

function boundByWord(is: IsMatcher | undefined): string[] {
  if (!is) return [];
  const attributes = Object.values(is.attributes).flatMap((test) => ('bind' in test ? [test.bind] : []));
  return is.as === undefined ? attributes : [is.as, ...attributes];
}
