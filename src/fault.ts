/** The one error thrown on purpose: something a user can mend. Anything else that is thrown is our bug and keeps its stack. */

/** Every code a fault may carry, with what it is about. Printed in the docs. */
export const faultCodes = {
  'usage/unknown-command': 'a command that does not exist',
  'usage/unknown-option': 'an option that does not exist, or lacks its value',
  'usage/missing-argument': 'a command without the argument it needs',
  'usage/unexpected-argument': 'an argument that the command has no use for',
  'usage/no-such-path': 'a path that is not in the revision or working tree',
  'usage/no-such-revision': 'a revision that git does not know',
  'usage/no-repository': 'a folder that is no git repository',
  'usage/no-working-tree': 'a bare repository where a working tree is needed',
  'usage/wrong-value': 'an option whose value cannot be used',
  'usage/no-such-lesson': 'a lesson id that is not in use here',
  'usage/exists': 'a file that would have been overwritten',
  'git/failed': 'git could not be started or failed',
  'lesson/not-yaml': 'a card that is not YAML',
  'lesson/too-large': 'a card above 64 kB',
  'lesson/not-built': 'a part of the card language that this version does not have',
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
  'lesson/example-not-parsed': 'an example that is neither JavaScript nor TypeScript',
  'lesson/unreadable': 'a card that cannot be read as text',
  'lesson/duplicate-id': 'two cards with one id',
  'settings/unreadable': 'settings that cannot be read as text',
  'settings/not-yaml': 'settings that are not YAML',
  'settings/too-large': 'settings above 64 kB',
  'settings/not-built': 'a setting that this version does not have',
  'settings/bad-glob': 'a glob in the settings that cannot be used',
  'settings/unknown-key': 'a setting that does not exist',
  'settings/wrong-value': 'a setting of the wrong kind',
  'settings/unknown-lesson': 'a setting for a lesson that is not in use',
  'settings/no-cards': 'a folder in extends that is not there, or holds no cards',
  'settings/out-of-reach': 'cards of another repository that cannot be read',
  'github/unknown-event': 'an event of GitHub that says nothing about a change',
  'github/wrong-input': 'an input of the Action that cannot be used',
  'github/token': 'a token that GitHub does not accept',
  'github/permission': 'a permission that the token lacks',
  'github/not-found': 'a pull request or commit that GitHub does not show',
  'github/unavailable': 'an answer of GitHub that did not come, or not whole',
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

// Control characters, those that turn the reading direction, those without width, and halves of characters: text of a
// repository may hold them to move a terminal's cursor or to hide what a line says.
const unprintable = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text of the repository on one line of a terminal: what cannot be seen becomes one visible character each, so columns stay true. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => {
    if (character === '\t') return '→';
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
  });
}

/** Beyond this width a hint goes below the caret instead of beside it. In characters. */
const comfortableWidth = 100;

/**
 * A fault as every door prints it: `file:line:column  message`, the lines of the card with a caret, the hint. The hint
 * begins beside the caret when there is room. Plain text without colours; no newline at the end.
 */
export function formatFault(fault: Fault): string {
  const { file, line, column } = fault.at ?? {};
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  const lines = [printable(place === '' ? fault.message : `${place}  ${fault.message}`)];
  lines.push(...(fault.frame?.split('\n') ?? []).map(printable));
  const hints = (fault.hint?.split('\n') ?? []).map(printable);
  const caret = lines.at(-1)!;
  if (fault.frame?.endsWith('^') && hints[0] && caret.length + 1 + hints[0].length <= comfortableWidth) {
    lines[lines.length - 1] = `${caret} ${hints.shift()}`;
  }
  return [...lines, ...hints.map((hint) => `   ${hint}`)].join('\n');
}
