import type { Cost, Severity, Skipped } from '../model.ts';

/** A number with its thousands apart and at most one decimal: `1,200`, `0.5`. */
export function grouped(number: number): string {
  const [whole = '', decimal] = String(Math.round(number * 10) / 10).split('.');
  const parted = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return decimal === undefined ? parted : `${parted}.${decimal}`;
}

/** A number and its noun: `1 finding`, `2 findings`. The plural is given where it is not formed with an s. */
export function counted(number: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(number)} ${number === 1 ? noun : plural}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** A time span as people say it: `35 ms`, `1.2 s`, `3 min 5 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.max(0, Math.round(milliseconds))} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${grouped(Math.floor(seconds / 60))} min ${seconds % 60} s`;
}

/** What a mistake cost, in one phrase without a full stop; undefined when nobody wrote it down. */
export function costPhrase(cost: Cost): string | undefined {
  const parts: string[] = [];
  if (cost.minutes !== undefined) parts.push(counted(cost.minutes, 'minute'));
  if (cost.users !== undefined) parts.push(counted(cost.users, 'affected user'));
  if (cost.money !== undefined) parts.push(typeof cost.money === 'number' ? `${grouped(cost.money)} in money` : cost.money.trim());
  if (cost['people-days'] !== undefined) parts.push(counted(cost['people-days'], 'day of work', 'days of work'));
  const known = parts.filter((part) => part !== '');
  return known.length > 0 ? listed(known) : undefined;
}

/** What happened and what it cost, as one sentence; '' when the card tells no story. */
export function storySentence(story: { what: string; cost: Cost }, most = 320): string {
  const what = story.what.trim();
  const cost = costPhrase(story.cost);
  if (what === '') return cost === undefined ? '' : `The cost: ${cost}.`;
  const told = what.length > most ? `${what.slice(0, most)}…` : what;
  return cost === undefined ? asSentence(told) : `${told.replace(/[.\s]+$/, '')} (cost: ${cost}).`;
}

/** The text with a full stop, unless it ends in a mark of its own. */
export function asSentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' || /[.!?…:;]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** The text with its first letter as a capital. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The lines of a hint as sentences. Only the first begins with a capital: the others may begin with a key or a list's name, as it is written. */
export function hintSentences(hint = ''): string[] {
  return capitalised(hint.trim()).split('\n').map(asSentence).filter((line) => line !== '');
}

/** From the loudest to the quietest: for sorting. */
export function loudness(severity: Severity): number {
  return { block: 0, warn: 1, note: 2 }[severity];
}

/** Why a file was passed over, in words that complete "not reviewed because it is …". */
export const whySkipped: Record<Skipped['why'], string> = {
  binary: 'binary',
  'too-large': 'over 1 MB',
  generated: 'generated',
  symlink: 'a symbolic link',
  submodule: 'a submodule',
  unreadable: 'unreadable',
  ignored: 'ignored by the settings',
  budget: 'beyond the time budget',
};
