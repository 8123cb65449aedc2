import type { FlowMatcher, IsMatcher, Matcher, WhereTest } from './lesson.ts';

/** A matcher in words, for a page that explains a card: "`db-call` with verb `write`, inside `iteration`". Markdown. */
export function sayMatcher(matcher: Matcher): string {
  const subject = [matcher.is && sayWord(matcher.is), matcher.code && sayCode(matcher.code), ...(matcher.all ?? []).map(grouped), matcher.any && sayAny(matcher.any), matcher.removed && `the removal of ${grouped(matcher.removed)}`, matcher.text && `a line that matches ${codeSpan(matcher.text.source)}`];
  const conditions = [
    matcher.file && `in ${sayList(matcher.file.globs)}`,
    matcher.together && `when a change touches ${sayList(matcher.together.changed)} and not ${sayList(matcher.together.needs)}`,
    matcher.inside && `inside ${grouped(matcher.inside)}`,
    matcher.contains && `with ${grouped(matcher.contains)} inside it`,
    matcher.after && `after ${grouped(matcher.after)}`,
    matcher.before && `before ${grouped(matcher.before)}`,
    matcher['guarded-by'] && `guarded by ${grouped(matcher['guarded-by'])}`,
    matcher.reaches && `that reaches ${grouped(matcher.reaches)}${sayInto(matcher.reaches)}`,
    matcher['reached-by'] && `reached by ${grouped(matcher['reached-by'])}${sayInto(matcher['reached-by'])}`,
    matcher.without && `without ${grouped(matcher.without)} inside it`,
    matcher.not && `not ${grouped(matcher.not)}`,
    ...(matcher.where ?? []).map((test) => `where ${codeSpan(test.variable)} ${sayTest(test)}`),
  ];
  return [subject.filter(Boolean).join(' and '), ...conditions].filter(Boolean).join(', ');
}

/** Markdown code that shows a text exactly, whatever backticks it holds. */
export function codeSpan(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

function sayInto({ into }: FlowMatcher): string {
  return into === undefined ? '' : ` in ${codeSpan(into)}`;
}

/** In parentheses when it has several parts, so that nobody has to guess what belongs together. */
function grouped(matcher: Matcher): string {
  const parts = Object.keys(matcher).filter((key) => key !== 'at' && key !== 'into').length;
  const said = sayMatcher(matcher);
  return parts > 1 || (matcher.any?.length ?? 0) > 1 || (matcher.all?.length ?? 0) > 1 ? `(${said})` : said;
}

function sayList(globs: readonly string[]): string {
  return globs.map(codeSpan).join(' or ');
}

function sayAny(matchers: readonly Matcher[]): string {
  return matchers.map(grouped).join(' or ');
}

function sayWord(is: IsMatcher): string {
  const attributes = Object.entries(is.attributes).flatMap(([name, test]) => ('equals' in test ? [`${name} ${test.equals.map((value) => codeSpan(String(value))).join(' or ')}`] : []));
  return codeSpan(is.word) + (attributes.length > 0 ? ` with ${attributes.join(' and ')}` : '');
}

function sayCode(code: { text: string; from?: string }): string {
  return codeSpan(code.text) + (code.from === undefined ? '' : ` from ${codeSpan(code.from)}`);
}

/** What a variable must be, as what follows its name: "matches `^users`" or "is above 5000". */
export function sayTest(test: WhereTest): string {
  const asked = [
    test.text && `matches ${codeSpan(test.text.source)}`,
    test.number && `is ${comparisons[test.number.operator]} ${test.number.value}`,
    test.literal !== undefined && (test.literal ? 'is written out' : 'is not written out'),
    test['one-of'] && `is ${test['one-of'].map((value) => codeSpan(String(value))).join(' or ')}`,
    test.is && `is ${sayWord(test.is)}`,
  ];
  return asked.filter(Boolean).join(' and ');
}

const comparisons = { '>': 'above', '>=': 'at least', '<': 'below', '<=': 'at most', '=': 'exactly' } as const;
