/**
 * Hostile text made fit to be seen: one line, no control characters, nothing that a reader's eye cannot notice.
 * Everything from a pull request or a card goes through here before a report escapes it for its own format.
 */

/** Controls, characters that draw nothing or turn the writing direction, halves of pairs, interlinear marks. */
const unseen = /[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Cs}\ufff9-\ufffb]/gu;

/** Joiners and variation selectors, which ordinary writing and emoji need between characters beyond ASCII. */
const joining = /[\u200c\u200d\ufe0e\ufe0f]/;

const ignorable = /\p{Default_Ignorable_Code_Point}/u;

/** More marks on one letter than any script uses: they would paint over the lines around. */
const piledMarks = /(\p{M}{4})\p{M}+/gu;

/** The text with every unseen character spelled out, such as `⟨U+202E⟩` for one that reverses the writing direction. */
export function visible(text: string): string {
  return text
    .replace(unseen, (character, offset: number) => (isOrdinaryJoiner(text, character, offset) ? character : spelledOut(character)))
    .replace(piledMarks, '$1');
}

function isOrdinaryJoiner(text: string, character: string, offset: number): boolean {
  if (!joining.test(character)) return false;
  const before = text.charAt(offset - 1);
  if (character === '\u200d' && before === '\ufe0f') return true;
  return before > '\u007f' && !ignorable.test(before);
}

function spelledOut(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return `⟨U+${point.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** The text on one line: every run of white space and line ends becomes one space, and what is unseen is spelled out. */
export function oneLine(text: string): string {
  return visible(text.replace(/[\s\u0085]+/g, ' ').trim());
}

/** The text cut to at most `most` UTF-16 units, with an ellipsis where something is missing. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${wholeCharacters(text.slice(0, most - 1)).trimEnd()}…`;
}

/** One line of at most `most` UTF-16 units. The work is bounded however long the text is. */
export function brief(text: string, most: number): string {
  const cut = text.length > most * 4 ? `${wholeCharacters(text.slice(0, most * 4))}…` : text;
  return shortened(oneLine(cut), most);
}

function wholeCharacters(text: string): string {
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text;
}

/**
 * A line of output that the runner which keeps a CI's log does not obey: it takes `::command` at the start of a line and
 * `##[command]` anywhere in it for its own. A zero-width space parts them.
 */
export function withoutLogCommand(line: string): string {
  return line.replace(/^(\s*(?:\u001b\[\d+m)*):(?=:)/, '$1:\u200b').replaceAll('##[', '##\u200b[');
}
