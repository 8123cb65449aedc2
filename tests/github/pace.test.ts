import { expect, test } from 'vitest';
import { paced } from '../../src/github/pace.ts';

/** A clock that waiting moves on. */
function clock() {
  let time = 0;
  return { now: () => time, wait: async (milliseconds: number) => void (time += milliseconds) };
}

test('a few writes go at once, the others one a second, in their order', async () => {
  const { now, wait } = clock();
  const queue = paced(3, now, wait).key('any');
  const done: number[] = [];
  await Promise.all([1, 2, 3, 4, 5].map((each) => queue.schedule({}, async () => void done.push(each * 10_000 + now()))));
  expect(done).toEqual([10_000, 20_000, 30_000, 41_000, 52_000]);
});

test('80 comments take more than a minute: GitHub takes no more', async () => {
  const { now, wait } = clock();
  const queue = paced(5, now, wait).key('any');
  for (let each = 0; each < 80; each += 1) await queue.schedule({}, async () => {});
  expect(now()).toBeGreaterThan(60_000);
});

test('a pause fills the burst again', async () => {
  const { now, wait } = clock();
  const queue = paced(2, now, wait).key('any');
  await queue.schedule({}, async () => {});
  await queue.schedule({}, async () => {});
  await wait(5_000);
  const start = now();
  await queue.schedule({}, async () => {});
  await queue.schedule({}, async () => {});
  expect(now()).toBe(start);
});
