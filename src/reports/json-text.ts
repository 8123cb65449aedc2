/** Characters that JSON may hold as they are, but that a terminal obeys or an eye misses. */
const unseen = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\udb40[\udc00-\udfff]/g;

/**
 * A value as indented JSON with a newline at the end. Unseen characters and the start of a runner's `##[command]` are written
 * as escapes, which any reader of JSON turns back into the very same text.
 */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replace(unseen, escapes).replaceAll('##[', '##\\u005b')}\n`;
}

function escapes(characters: string): string {
  return characters.split('').map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
}
