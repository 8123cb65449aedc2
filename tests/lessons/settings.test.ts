import { describe, expect, test } from 'vitest';
import type { Lesson } from '../../src/lessons/lesson.ts';
import { readLesson } from '../../src/lessons/read-lesson.ts';
import { applySettings, defaultSettings } from '../../src/lessons/settings.ts';
import type { LessonSetting, Settings } from '../../src/lessons/settings.ts';
import { cardWith } from './sound-card.ts';
import { knownWords } from './words.ts';

const lesson = (id: string, change: Partial<Lesson> = {}): Lesson => {
  const file = change.origin ?? `lessons/${id}.yml`;
  const read = readLesson(cardWith({ id: `id: ${id}` }), file, { knownWords, origin: 'built-in' });
  return { ...read.lesson!, ...change };
};
const ids = (lessons: readonly Lesson[], settings: Partial<Settings> = {}) => applySettings(lessons, { ...defaultSettings, ...settings }).lessons.map((each) => each.id);

const builtIn = [lesson('n-plus-one'), lesson('missing-limit', { status: 'trial' }), lesson('fresh', { status: 'draft' }), lesson('old', { status: 'retired' })];

test('the lessons in force are those that speak, by id whatever the order of the cards', () => {
  expect(ids(builtIn)).toEqual(['missing-limit', 'n-plus-one']);
  expect(ids([...builtIn].reverse())).toEqual(['missing-limit', 'n-plus-one']);
});

test('all built-in lessons means the drafts too, in the summary', () => {
  const { lessons } = applySettings(builtIn, { ...defaultSettings, extends: ['once-bitten:all'] });
  expect(lessons.map((each) => [each.id, each.status])).toEqual([['fresh', 'trial'], ['missing-limit', 'trial'], ['n-plus-one', 'active']]);
});

test('no built-in lessons leaves the cards of the team', () => {
  expect(ids([...builtIn, lesson('ours', { origin: '.github/lessons/ours.yml' })], { extends: [] })).toEqual(['ours']);
});

test('settings turn lessons off, on, up and elsewhere, and leave the cards as they are', () => {
  const cards = structuredClone(builtIn);
  const { lessons } = applySettings(cards, {
    ...defaultSettings,
    lessons: new Map<string, LessonSetting>([
      ['missing-limit', 'off'],
      ['fresh', { status: 'active' }],
      ['n-plus-one', { severity: 'block', scope: { except: ['gen/**'] } }],
    ]),
  });
  expect(lessons).toMatchObject([
    { id: 'fresh', status: 'active' },
    { id: 'n-plus-one', severity: 'block', scope: { files: ['**'], except: ['gen/**'] } },
  ]);
  expect(cards).toEqual(builtIn);
});

test('grades of a card stay, and a card that only reminds cannot block', () => {
  const graded = lesson('graded', { grades: [{ when: { at: { file: 'a', line: 1, column: 1 } }, severity: 'note' }] });
  const { detect, ...reminder } = lesson('reminder', { severity: 'note', touches: { files: ['a'], symbols: [] } });
  expect(detect).toBeDefined();
  const { lessons } = applySettings([graded, reminder], { ...defaultSettings, lessons: new Map([['graded', { severity: 'block' }], ['reminder', { severity: 'block' }]]) });
  expect(lessons).toMatchObject([{ id: 'graded', severity: 'block', grades: [{ severity: 'note' }] }, { id: 'reminder', severity: 'note' }]);
});

test('a card of the team takes the place of the built-in one, and a note says so', () => {
  const ours = lesson('n-plus-one', { origin: '.github/lessons/n-plus-one.yml', title: 'Ours' });
  for (const cards of [[...builtIn, ours], [ours, ...builtIn]]) {
    const { lessons, notes } = applySettings(cards, defaultSettings);
    expect(lessons.find((each) => each.id === 'n-plus-one')!.title).toBe('Ours');
    expect(notes).toEqual([{
      code: 'lesson/replaced', message: '.github/lessons/n-plus-one.yml takes the place of the built-in lesson n-plus-one', path: ours.source.file, incomplete: false,
    }]);
  }
  expect(applySettings([...builtIn, ours], { ...defaultSettings, extends: [] }).notes).toEqual([]);
});

test('of two cards of the team with one id the first stands', () => {
  const first = lesson('ours', { origin: 'a.yml', title: 'First' });
  const second = lesson('ours', { origin: 'b.yml', title: 'Second' });
  expect(applySettings([first, second], defaultSettings).lessons).toMatchObject([{ title: 'First' }]);
});

describe('shared cards', () => {
  const at = { file: '.github/once-bitten.yml', line: 1, column: 11 };
  const one = { name: 'cards/one', folder: 'cards/one', at };
  const two = { name: 'acme/lessons/two@v1', folder: 'two', elsewhere: { owner: 'acme', repo: 'lessons', ref: 'v1' }, at: { ...at, column: 22 } };
  const here = lesson('n-plus-one', { origin: 'cards/one/n.yml' });
  const there = lesson('n-plus-one', { origin: 'acme/lessons/two/n.yml@v1' });
  const ours = lesson('n-plus-one', { origin: '.github/lessons/n.yml' });
  const shared = new Map([[one.name, [here, lesson('more', { origin: 'cards/one/more.yml' })]], [two.name, [there]]]);
  const chosen = (lessons: readonly Lesson[], entries: Settings['extends']) => {
    const { lessons: inForce, notes } = applySettings(lessons, { ...defaultSettings, extends: entries }, shared);
    return { origins: inForce.map(({ origin }) => origin), notes: notes.map(({ message, path, line, column }) => [message, path, line, column].filter((part) => part !== undefined).join(' | ')) };
  };

  test('what comes later wins, and notes say which card took the place of which', () => {
    expect(chosen([...builtIn, ours], ['once-bitten:recommended', one, two])).toEqual({
      origins: ['built-in', 'cards/one/more.yml', '.github/lessons/n.yml'],
      notes: [
        'cards/one/n.yml takes the place of the built-in lesson n-plus-one | cards/one/n.yml',
        'acme/lessons/two/n.yml@v1 takes the place of cards/one/n.yml | .github/once-bitten.yml | 1 | 22',
        '.github/lessons/n.yml takes the place of acme/lessons/two/n.yml@v1 | .github/lessons/n.yml',
      ],
    });
    expect(chosen(builtIn, [two, one]).origins).toEqual(['cards/one/more.yml', 'cards/one/n.yml']);
  });

  test('a pack that is named after them takes their place too', () => {
    expect(chosen(builtIn, [one, 'once-bitten:recommended'])).toEqual({
      origins: ['built-in', 'cards/one/more.yml', 'built-in'],
      notes: ['the built-in lesson n-plus-one takes the place of cards/one/n.yml | cards/one/n.yml'],
    });
  });

  test('the same folder twice is no news', () => {
    expect(chosen([], [one, one]).notes).toEqual([]);
  });

  test('settings speak of them as of any card', () => {
    const { lessons } = applySettings([], { ...defaultSettings, extends: [one], lessons: new Map<string, LessonSetting>([['more', 'off'], ['n-plus-one', { severity: 'block' }]]) }, shared);
    expect(lessons.map(({ id, severity }) => [id, severity])).toEqual([['n-plus-one', 'block']]);
  });
});
