/** A name behind a dollar sign, where it stands in its text. */
export type Mention = {
  /** As written: `$CALL` and `$$$ARGS` are different variables. */
  name: string;
  offset: number;
};

export type Mentions = {
  variables: Mention[];
  /** Names that look like variables and are none: `$call`, `$Call`, `$$CALL`. */
  misspelt: Mention[];
};

const name = /\$+[A-Za-z_][A-Za-z0-9_]*/g;
const variable = /^(?:\$|\$\$\$)[A-Z][A-Z0-9_]*$/;

/** True for `$X`: a dollar sign and upper-case letters. */
export function isVariable(text: string): boolean {
  return /^\$[A-Z][A-Z0-9_]*$/.test(text);
}

/** The variables that a regular expression binds: `(?<IMAGE>…)` is `$IMAGE`. */
export function groupsIn(expression: string): string[] {
  return [...expression.matchAll(/\(\?P?<([A-Z][A-Z0-9_]*)>/g)].map((match) => `$${match[1]!}`);
}

/** The variable that a misspelt one most likely meant. */
export function asVariable(written: string): string | undefined {
  const name = written.slice(0, 60).replace(/[^A-Za-z0-9]+/g, ' ').trim().replaceAll(' ', '_').toUpperCase();
  return isVariable(`$${name}`) ? `$${name}` : undefined;
}

/** Every `$X` that a text holds, whatever it means there. */
export function variablesAnywhere(text: string): Set<string> {
  return new Set([...text.matchAll(name)].map(([written]) => written).filter((written) => variable.test(written)));
}

/** The variables in a sentence. A name behind a dot (`db.$queryRaw`) belongs to the library. */
export function mentionsInText(text: string): Mentions {
  return sorted([...text.matchAll(name)].filter((match) => text[match.index - 1] !== '.' || variable.test(match[0])));
}

/**
 * The variables in a pattern of code. What stands in a string is text. Names that code itself begins with a dollar are left
 * alone where they cannot be variables: behind a dot (`prisma.$queryRaw`) and as a property's key (`{ $where: $X }`).
 */
export function mentionsInCode(code: string): Mentions {
  const strings = stringRanges(code);
  return sorted([...code.matchAll(name)].filter((match) => {
    if (strings.some(([start, end]) => start < match.index && match.index < end)) return false;
    return variable.test(match[0]) || (code[match.index - 1] !== '.' && !isKey(code, match.index, match[0].length));
  }));
}

function sorted(matches: readonly RegExpMatchArray[]): Mentions {
  const mentions: Mentions = { variables: [], misspelt: [] };
  for (const match of matches) {
    const written = match[0];
    // `$_` stands for anything and has no name to bind.
    if (written === '$_') continue;
    (variable.test(written) ? mentions.variables : mentions.misspelt).push({ name: written, offset: match.index! });
  }
  return mentions;
}

/** A property's key stands after `{` or `,` and before `:`. */
function isKey(code: string, offset: number, length: number): boolean {
  let before = offset - 1;
  while (before >= 0 && /\s/.test(code[before]!)) before--;
  let after = offset + length;
  while (after < code.length && /\s/.test(code[after]!)) after++;
  return (code[before] === '{' || code[before] === ',') && code[after] === ':';
}

/** Where strings stand, from quote to quote. Template strings hold code and are no strings here. */
function stringRanges(code: string): [number, number][] {
  const ranges: [number, number][] = [];
  for (let offset = 0; offset < code.length; offset++) {
    const quote = code[offset];
    if (quote !== '"' && quote !== "'") continue;
    const start = offset++;
    while (offset < code.length && code[offset] !== quote && code[offset] !== '\n') offset += code[offset] === '\\' ? 2 : 1;
    ranges.push([start, offset]);
  }
  return ranges;
}
