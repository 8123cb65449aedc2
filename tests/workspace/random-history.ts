import type { TestRepository } from './repository.ts';

/** The same numbers for the same seed, between 0 and 1. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const names = ['a.ts', 'src/b.ts', 'src/deep/er/c.ts', 'with space.ts', 'ä/🐝.ts', 'quo"te.ts', 'tab\tname.ts', 'two\nlines.ts', 'b b/b.ts', ':(top)x.ts', '-rf.ts', '*.ts', 'back\\slash.ts'];
const phrases = ['const x = 1;', '', '}', '  return ä;', '-- a/x', '++ b/x', '@@ -1 +1 @@', 'diff --git a/x b/x', '\\ No newline at end of file', 'x'.repeat(300), '\tindented', 'form\ffeed', 'old\rmac'];

/** Edits a repository at random, step by step: lines, line ends, names, modes, links, binaries. */
export function randomEdits(repo: TestRepository, seed: number): () => void {
  const next = numbers(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)]!;
  const files = new Map<string, string[]>();
  let made = 0;

  const save = (name: string, lines: string[]) => {
    files.set(name, lines);
    const end = next() < 0.3 ? '\r\n' : '\n';
    repo.write(name, lines.join(end) + (next() < 0.8 && lines.length > 0 ? end : ''));
  };
  const freshName = () => `${(made += 1)}/${pick(names)}`;
  const freshLine = () => (next() < 0.5 ? pick(phrases) : `line ${Math.floor(next() * 40)}`);
  const editLines = (lines: string[]) => {
    const edited = [...lines];
    for (let edits = Math.ceil(next() * 4); edits > 0; edits -= 1) {
      const at = Math.floor(next() * (edited.length + 1));
      edited.splice(at, Math.floor(next() * 4), ...Array.from({ length: Math.floor(next() * 4) }, freshLine));
    }
    return edited;
  };
  const create = () => save(freshName(), Array.from({ length: Math.floor(next() * 60) }, freshLine));
  const change = () => edit(name => save(name, editLines(files.get(name)!)));
  const steps = [
    create, create, create, change, change, change, change, change, change,
    // The same lines, with other line ends perhaps.
    () => edit(name => save(name, files.get(name)!)),
    () => edit(name => forget(name)),
    () => edit(name => repo.makeExecutable(name)),
    () => edit(name => {
      const lines = files.get(name)!;
      forget(name);
      save(freshName(), next() < 0.5 ? lines : editLines(lines));
    }),
    () => edit(name => {
      forget(name);
      repo.link(name, pick(['/etc/passwd', '..', 'a.ts']));
    }),
    () => edit(name => {
      repo.write(name, Buffer.of(0, 1, 2, Math.floor(next() * 256)));
    }),
  ];
  const edit = (alter: (name: string) => void) => {
    if (files.size > 0) alter(pick([...files.keys()]));
  };
  const forget = (name: string) => {
    repo.remove(name);
    files.delete(name);
  };
  return () => {
    for (let count = 0; count < 40; count += 1) pick(steps)();
  };
}
