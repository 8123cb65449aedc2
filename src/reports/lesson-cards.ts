import type { Finding, LessonCard, Review } from '../model.ts';

/** The card of a lesson. A review names the cards of all its lessons; should one be missing, the report still names the lesson. */
export function cardOf(lessons: Review['lessons'], id: string): LessonCard {
  const card = Object.hasOwn(lessons, id) ? lessons[id] : undefined;
  return card ?? {
    id,
    title: id,
    severity: 'note',
    status: 'active',
    story: { what: '', cost: {} },
    lesson: '',
    links: {},
    ask: [],
    steps: [],
    origin: '',
    waivable: true,
  };
}

/** Findings by lesson, in the order in which the lessons first come. */
export function byLesson(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.lesson);
    if (group === undefined) groups.set(finding.lesson, [finding]);
    else group.push(finding);
  }
  return groups;
}
