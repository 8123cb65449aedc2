/** The one error thrown on purpose: something a user can mend. Anything else that is thrown is our bug and keeps its stack. */

/** Every code a fault may carry, with what it is about. Printed in the docs. */
export const faultCodes = {
  'usage/unknown-command': 'a command that does not exist',
  'usage/unknown-option': 'an option that does not exist, or lacks its value',
  'usage/no-such-path': 'a path that is not in the revision or working tree',
  'usage/no-such-revision': 'a revision that git does not know',
  'usage/no-repository': 'a folder that is no git repository',
  'usage/no-such-lesson': 'a lesson id that is not in use here',
  'usage/exists': 'a file that would have been overwritten',
  'git/failed': 'git could not be started or failed',
  'lesson/not-yaml': 'a card that is not YAML',
  'lesson/unknown-key': 'a key that cards do not have',
  'lesson/missing-key': 'a key that every card needs',
  'lesson/wrong-value': 'a value of the wrong kind',
  'lesson/unknown-word': 'a word that is not in the vocabulary',
  'lesson/unknown-attribute': 'an attribute that the word does not have',
  'lesson/bad-pattern': 'a code pattern that is not TypeScript',
  'lesson/bad-regex': 'a regular expression that cannot be used',
  'lesson/bad-glob': 'a glob that cannot be used',
  'lesson/unbound-variable': 'a variable that nothing binds',
  'lesson/lower-case-variable': 'a variable whose name is not upper case',
  'lesson/bad-example-silent': 'a bad example that the card does not catch',
  'lesson/good-example-hit': 'a good example that the card catches',
  'lesson/duplicate-id': 'two cards with one id',
  'settings/not-yaml': 'settings that are not YAML',
  'settings/unknown-key': 'a setting that does not exist',
  'settings/wrong-value': 'a setting of the wrong kind',
  'settings/unknown-lesson': 'a setting for a lesson that is not in use',
} as const;

export type FaultCode = keyof typeof faultCodes;

/** A place that a user can open. Lines and columns count from 1. */
export type At = { file: string; line?: number; column?: number };

export type FaultDetails = {
  message: string;
  /** The next step, or the nearest right spelling. */
  hint?: string;
  at?: At;
  /** The offending line with a caret under the place, ready to print. */
  frame?: string;
};

/** A mistake that a user can mend: what is wrong, where, and what to do. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: FaultCode;
  readonly hint?: string;
  readonly at?: At;
  readonly frame?: string;

  constructor(code: FaultCode, details: FaultDetails) {
    super(details.message);
    this.code = code;
    if (details.hint !== undefined) this.hint = details.hint;
    if (details.at !== undefined) this.at = details.at;
    if (details.frame !== undefined) this.frame = details.frame;
  }
}
