import { expect, test } from 'vitest';
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
