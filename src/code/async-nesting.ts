/**
 * How deep `async` stands within `async`. The compiler looks ahead behind each one that begins an expression for the arrow of
 * `async x => …`, over all that follows, so that each level doubles the time to parse it: eighteen levels take a second, forty a year.
 */

/** People write four or five levels; sixteen take a third of a second. */
const most = 16;

/**
 * Comments, texts, and what opens or closes a level. A template's own text is not told from code, but its `${` and `}` pair up. What is not
 * closed goes on to the end of its line, or of the file: to look for its end again and again would take longer than the compiler.
 */
const steps = /\/\/[^\n]*|\/\*(?:[^]*?\*\/|[^]*)|'(?:[^'\\\n]|\\.)*'?|"(?:[^"\\\n]|\\.)*"?|\basync\b|[([{]|[)\]}]/g;

/** True when `async` is nested deeper than the compiler can read in good time. */
export function nestsAsyncTooDeep(text: string): boolean {
  if (text.split(/\basync\b/, most + 1).length <= most) return false;
  let level = 0;
  /** The levels at which those that are still open began, each deeper than the one before. */
  const open: number[] = [];
  for (const [step] of text.matchAll(steps)) {
    if (step === 'async') {
      while (open.length > 0 && open.at(-1)! >= level) open.pop();
      if (open.push(level) > most) return true;
    } else if (/^[([{]$/.test(step)) {
      level += 1;
    } else if (/^[)\]}]$/.test(step)) {
      level -= 1;
      while (open.length > 0 && open.at(-1)! > level) open.pop();
    }
  }
  return false;
}
