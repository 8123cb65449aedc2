import type { Terminal } from './terminal.ts';

/** How far a long work has come, on one line that is drawn over itself and wiped at the end. */
export type Progress = {
  /** @param share from 0 to 1. */
  at(share: number, files: number): void;
  say(text: string): void;
  end(): void;
};

/** Work shorter than this says nothing, and a line is not drawn more often than the eye can read. In milliseconds. */
const patience = 700;
const pause = 100;

/**
 * Shows progress where somebody watches; in a pipe it stays silent. `doing` is such as "Reviewing".
 * @param clock milliseconds since some fixed moment.
 */
export function progressOn(terminal: Terminal, doing: string, clock: () => number = () => performance.now()): Progress {
  const started = clock();
  let drawn = 0;
  // The text is made only for those who see it: the first figure that is written in groups loads a language's whole data.
  const draw = (text: () => string): void => {
    const now = clock();
    if (!terminal.isWatched || now - started < patience || now - drawn < pause) return;
    drawn = now;
    terminal.say(`\r\u001b[K${text()}`);
  };
  return {
    at: (share, files) => draw(() => `${doing} ${files.toLocaleString('en-US')} ${files === 1 ? 'file' : 'files'}: ${Math.floor(share * 100)} %`),
    say: (text) => draw(() => text),
    end() {
      if (drawn > 0) terminal.say('\r\u001b[K');
      drawn = 0;
    },
  };
}
