import { expect, test } from 'vitest';
import { progressOn } from '../../src/commands/progress.ts';
import type { Terminal } from '../../src/commands/terminal.ts';

/** What is drawn when something happens every 300 ms. */
function drawn(isWatched: boolean, steps: number): string[] {
  const said: string[] = [];
  const terminal: Terminal = { print: () => undefined, say: (text) => said.push(text), colour: false, width: 80, isWatched, program: 'once-bitten' };
  let now = 5_000;
  const progress = progressOn(terminal, 'Scanning', () => now);
  for (let step = 1; step <= steps; step += 1) {
    now += 300;
    progress.at(step / steps, 1_234);
    progress.at(step / steps, 1_234);
  }
  progress.end();
  progress.end();
  return said;
}

test('is drawn over itself once the work takes long, and wiped at the end', () => {
  expect(drawn(true, 4)).toEqual(['\r\u001b[KScanning 1,234 files: 75 %', '\r\u001b[KScanning 1,234 files: 100 %', '\r\u001b[K']);
});

test('short work draws nothing', () => expect(drawn(true, 2)).toEqual([]));

test('nobody watches a pipe', () => expect(drawn(false, 9)).toEqual([]));
