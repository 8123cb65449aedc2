import { describe, expect, test } from 'vitest';
import { plan, planSummary, twins, isSameText, type Posted, type Wanted } from '../../src/github/plan.ts';

let ids = 0;
const posted = (key: string, more: Partial<Posted> = {}): Posted => ({ key, id: `T${(ids += 1)}`, commentId: ids, body: `about ${key}`, on: 'line', isResolved: false, isAnswered: false, mayResolve: false, isGone: false, ...more });
const wanted = (key: string, body = `about ${key}`): Wanted => ({ key, path: 'a.ts', line: 1, body: () => body });

describe('what to do about comments', () => {
  test('the same again is kept, new is created, other words are an edit', () => {
    const [same, changed] = [posted('same'), posted('changed')];
    const fresh = wanted('fresh');
    expect(plan([same, changed], [wanted('same'), wanted('changed', 'other words'), fresh])).toEqual({ create: [fresh], edit: [{ posted: changed, body: 'other words' }], retire: [], keep: [same] });
  });

  test('the text is made for where the comment hangs', () => {
    const onFile = posted('a', { on: 'file', body: 'on the file' });
    expect(plan([onFile], [{ key: 'a', path: 'a.ts', line: 3, body: (on) => `on the ${on}` }]).keep).toEqual([onFile]);
  });

  test.each([
    [{}, ['delete']],
    [{ mayResolve: true }, ['resolve', 'delete']],
    [{ isAnswered: true }, ['edit']],
    [{ isAnswered: true, mayResolve: true }, ['resolve', 'edit']],
  ] as const)('gone, with %o: %o', (more, ways) => {
    const gone = posted('gone', more);
    expect(plan([gone], [])).toEqual({ create: [], edit: [], retire: [{ posted: gone, ways }], keep: [] });
  });

  test('what a person resolved or answered is never edited, repeated or deleted while the finding stands', () => {
    for (const more of [{ isResolved: true }, { isAnswered: true }]) {
      const touched = posted('a', more);
      expect(plan([touched], [wanted('a', 'other words')])).toEqual({ create: [], edit: [], retire: [], keep: [touched] });
    }
    const resolved = posted('gone', { isResolved: true });
    expect(plan([resolved], [])).toMatchObject({ retire: [], keep: [resolved] });
  });

  test('a comment that says its finding is gone stays, and does not stand for one that came back', () => {
    const gone = posted('a', { isGone: true });
    const back = wanted('a');
    expect(plan([gone], [back])).toEqual({ create: [back], edit: [], retire: [], keep: [gone] });
  });

  test('of two comments of ours on one finding the oldest stands, unless a person touched the other', () => {
    const [first, second] = [posted('a'), posted('a')];
    expect(plan([second, first], [wanted('a')])).toMatchObject({ keep: [first], retire: [{ posted: second, ways: ['delete'] }] });
    const answered = posted('a', { isAnswered: true });
    expect(plan([first, answered], [wanted('a')])).toMatchObject({ keep: [answered], retire: [{ posted: first }] });
  });

  test('two runs that list the same retire the same', () => {
    const all = [posted('a'), posted('b'), posted('a'), posted('a', { isResolved: true }), posted('b', { isGone: true })];
    expect(twins(all)).toEqual(twins([...all].reverse()));
    expect(twins(all).map(({ key, isResolved }) => [key, isResolved])).toEqual([['a', false], ['a', false]]);
  });

  test('two findings with one key are one comment', () => {
    expect(plan([], [wanted('a'), wanted('a')]).create.length).toBe(1);
  });

  test('line ends, space around, and the commit in a link are no other words', () => {
    expect(isSameText('a\r\nb\n', ' a\nb')).toBe(true);
    expect(isSameText(`[line 3](https://github.com/a/b/blob/${'a'.repeat(40)}/c.ts#L3)`, `[line 3](https://github.com/a/b/blob/${'b'.repeat(40)}/c.ts#L3)`)).toBe(true);
    expect(isSameText('line 3', 'line 4')).toBe(false);
  });
});

describe('the one summary', () => {
  const [first, second] = [{ id: 1, body: 'old' }, { id: 2, body: 'old' }];

  test.each([
    [[], undefined, { remove: [] }],
    [[], 'new', { create: 'new', remove: [] }],
    [[first], 'new', { edit: { id: 1, body: 'new' }, remove: [] }],
    [[first], 'old', { remove: [] }],
    [[second, first], 'old', { remove: [2] }],
    [[second, first], undefined, { remove: [1, 2] }],
  ] as const)('%o and %o: %o', (there, body, planned) => {
    expect(planSummary(there, body)).toEqual(planned);
  });
});
