import type { Cost } from '../model.ts';
import type { Example, Lesson } from './lesson.ts';
import { codeSpan, sayMatcher } from './say-matcher.ts';

/** A card as a page of Markdown: what happened, what we do now, how it looks, how to mend it, where it is fine, whom to ask. */
export function lessonPage(lesson: Lesson): string {
  const origin = lesson.origin === 'built-in' ? 'built-in lesson' : `from ${codeSpan(lesson.origin)}`;
  const blocks = [
    `# ${prose(lesson.title)}`,
    `${codeSpan(lesson.id)} · ${lesson.severity} · ${lesson.status} · ${origin}`,
    ...section('What happened', [prose(lesson.story.what), costSentence(lesson.story.cost)]),
    ...section('What we do now', [prose(lesson.lesson)]),
    ...section('What is looked for', lookedFor(lesson)),
    ...section('How it looks', [...examples('This is caught:', lesson.examples.bad), ...examples('This is fine:', lesson.examples.good)]),
    ...section('How to mend it', howToMend(lesson)),
    ...section('Where it is fine', [list(lesson.fineWhen.map(({ matcher, because }) => `${sentence(because)} (${sayMatcher(matcher)})`))]),
    ...section('Whom to ask', [lesson.ask.map(codeSpan).join(', ')]),
    ...section('Read more', [list(Object.entries(lesson.links).map(([name, link]) => sayLink(name, link)))]),
    ...section('When it does not hold here', howToWaive(lesson)),
    lesson.review === undefined ? '' : `This card is looked at again on ${lesson.review}.`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** What a mistake cost, such as "95 minutes, 9,000 users, about 18,000 EUR"; empty when nobody wrote it down. */
export function sayCost(cost: Cost): string {
  const { minutes, users, money, 'people-days': peopleDays } = cost;
  const parts = [
    minutes !== undefined && counted(minutes, 'minute'),
    users !== undefined && counted(users, 'user'),
    money !== undefined && (typeof money === 'number' ? grouped(money) : money.trim()),
    peopleDays !== undefined && `${grouped(peopleDays)} people-day${peopleDays === 1 ? '' : 's'}`,
  ];
  return parts.filter((part) => part !== false).join(', ');
}

/** A section, or nothing when it would be empty. */
function section(title: string, blocks: readonly string[]): string[] {
  const filled = blocks.filter((block) => block !== '');
  return filled.length === 0 ? [] : [`## ${title}`, ...filled];
}

function costSentence(cost: Cost): string {
  const said = sayCost(cost);
  return said === '' ? '' : `It cost ${prose(said)}.`;
}

function lookedFor(lesson: Lesson): string[] {
  const { files, except } = lesson.scope;
  const inside = files.includes('**') ? 'In all files' : `In ${files.map(codeSpan).join(', ')}`;
  const outside = except.length === 0 ? '' : `, but not in ${except.map(codeSpan).join(', ')}`;
  const where = files.includes('**') && except.length === 0 ? '' : `${inside}${outside}.`;
  if (lesson.detect) {
    const grades = lesson.grades.map(({ when, severity }) => `- ${severity}: ${sayMatcher(when)}`);
    return [`${upperFirst(sayMatcher(lesson.detect))}.`, where, grades.length > 0 ? `Its severity is ${lesson.severity}, except:` : '', grades.join('\n')];
  }
  const { files: touched = [], symbols = [] } = lesson.touches ?? {};
  const recalled = [...touched, ...symbols].map(codeSpan).join(', ');
  return [recalled === '' ? '' : `Nothing is checked: the story is recalled when a change touches ${recalled}.`];
}

function howToMend(lesson: Lesson): string[] {
  const steps = lesson.steps.map((step, index) => `${index + 1}. ${prose(step)}`).join('\n');
  return [steps, lesson.replace ? `Instead:\n\n${fenced(lesson.replace.text, 'ts')}` : ''];
}

function howToWaive(lesson: Lesson): string[] {
  if (!lesson.waivable) return ['This lesson cannot be waived.'];
  return [
    'Say so on the line, or on the line above it, and say why:',
    fenced(`// lesson-ok ${lesson.id}: <reason>`, 'ts'),
    'With `until=YYYY-MM-DD` behind the reason it holds until that day.',
  ];
}

function examples(title: string, all: readonly Example[]): string[] {
  return all.length === 0 ? [] : [title, ...all.map((example) => (example.file === undefined ? '' : `In ${codeSpan(example.file)}:\n\n`) + fenced(example.code, languageOf(example.file)))];
}

/** The word behind the fence, for highlighting. */
function languageOf(file: string | undefined): string {
  if (file !== undefined && /(?:^|\/)\.env[^/]*$/.test(file)) return 'dotenv';
  const extension = file === undefined ? 'ts' : file.slice(file.lastIndexOf('.') + 1).toLowerCase();
  return /^[a-z0-9]{1,12}$/.test(extension) ? extension : 'text';
}

function fenced(code: string, language: string): string {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${code.replace(/\s+$/, '')}\n${fence}`;
}

function sayLink(name: string, link: string): string {
  return /^https?:\/\//i.test(link) ? `[${name}](${link.replace(/[<>()\s]/g, percent)})` : `${name}: ${codeSpan(link)}`;
}

/** A character that would end a link's address in Markdown. */
function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** A card's own words on one line. Code in backticks stays; what looks like HTML becomes text. */
function prose(text: string): string {
  const parts = text.replace(/\s+/g, ' ').trim().split('`');
  return parts.map((part, index) => (index % 2 === 1 && index < parts.length - 1 ? part : part.replaceAll('<', '\\<'))).join('`');
}

/** The same as a sentence: begins with a capital, ends with its full stop taken off. */
function sentence(text: string): string {
  return upperFirst(prose(text)).replace(/\.$/, '');
}

function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** 18000 → 18,000. */
function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
