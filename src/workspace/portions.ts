/** A command line holds some 100 kB on every system, in bytes; a path may need three bytes a character. */
const mostCharacters = 30_000;

/** The same paths in portions that fit on a command line. */
export function portions(paths: readonly string[]): string[][] {
  const all: string[][] = [];
  let room = 0;
  for (const path of paths) {
    room -= path.length + 1;
    if (room < 0 || all.length === 0) {
      all.push([]);
      room = mostCharacters - path.length;
    }
    all.at(-1)!.push(path);
  }
  return all;
}
