/** How much room text takes on a terminal, where some characters take two columns and some none. */

const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\uff01-\uff60]/u;
const unspaced = /[\p{M}\p{Default_Ignorable_Code_Point}]/u;

/** The columns that a text takes, as far as terminals agree. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += columnsOfCharacter(character);
  return columns;
}

function columnsOfCharacter(character: string): number {
  if (character < '\u007f') return 1;
  if (unspaced.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

/** The beginning of a text that fits into `most` columns, with an ellipsis where it is cut. */
export function firstColumns(text: string, most: number): string {
  if (columnsOf(text) <= most) return text;
  let columns = 1;
  let kept = '';
  for (const character of text) {
    columns += columnsOfCharacter(character);
    if (columns > most) break;
    kept += character;
  }
  return `${kept}…`;
}

/** The end of a text that fits into `most` columns. */
export function lastColumns(text: string, most: number): string {
  const characters = [...text];
  let columns = 0;
  let from = characters.length;
  while (from > 0 && columns + columnsOfCharacter(characters[from - 1]!) <= most) columns += columnsOfCharacter(characters[--from]!);
  return characters.slice(from).join('');
}
