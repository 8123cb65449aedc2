import { isRepositoryPath } from '../change/path.ts';
import { lessonsFolder } from '../commands/lessons-in-force.ts';
import { Fault } from '../fault.ts';
import type { Gate } from '../reports/placement.ts';

/** Where findings are told on the pull request itself. */
export type Comments = 'inline' | 'summary' | 'off';

/** What a workflow asks of the Action. */
export type Inputs = {
  token: string;
  /** Keeps several reviews of one pull request apart. */
  id: string;
  /** The folder of cards in the repository. */
  lessons: string;
  /** Stands above the settings where given. */
  gate: Gate | undefined;
  pullRequest: string;
  comments: Comments;
  /** Milliseconds for the whole run. */
  budget: number;
};

/** Reads and checks all inputs. Throws a Fault `github/wrong-input` or `github/token`. */
export function readInputs(input: (name: string) => string): Inputs {
  const token = input('token').trim();
  if (token === '') throw new Fault('github/token', { message: 'The Action has no token', hint: 'leave the input `token` out, or give it `${{ github.token }}`' });
  return {
    token,
    id: idOf(input('id')),
    lessons: folderOf(input('lessons')),
    gate: oneOf('gate', input('gate'), ['block', 'warn', 'never'] as const),
    pullRequest: input('pull-request'),
    comments: oneOf('comments', input('comments'), ['inline', 'summary', 'off'] as const) ?? 'inline',
    budget: secondsOf(input('time-budget')) * 1000,
  };
}

function idOf(text: string): string {
  const id = text.trim() || 'default';
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/.test(id)) throw wrong('id', text, 'use up to 40 letters, digits, dots, dashes and underscores');
  return id;
}

function folderOf(text: string): string {
  const folder = (text.trim() || lessonsFolder).replace(/^(?:\.\/)+/, '').replace(/\/+$/, '');
  if (!isRepositoryPath(folder)) throw wrong('lessons', text, 'give a folder inside the repository, such as `.github/lessons`');
  return folder;
}

function oneOf<Value extends string>(name: string, text: string, values: readonly Value[]): Value | undefined {
  const given = text.trim();
  if (given === '') return undefined;
  const value = values.find((each) => each === given);
  if (value === undefined) throw wrong(name, text, `give one of ${values.join(', ')}`);
  return value;
}

function secondsOf(text: string): number {
  const given = text.trim() || '300';
  if (!/^\d{1,5}$/.test(given) || Number(given) < 10) throw wrong('time-budget', text, 'give a number of seconds, at least 10');
  return Number(given);
}

function wrong(name: string, text: string, hint: string): Fault {
  return new Fault('github/wrong-input', { message: `The input ${name} is "${text.slice(0, 60)}", which cannot be used`, hint });
}
