/** Lets writes pass at the pace that GitHub asks for. */

/** What the throttling plugin asks of a queue: to start a job when its turn has come. */
export type Queue = { key(id: string): { schedule(options: unknown, job: () => Promise<void>): Promise<void> } };

/**
 * A queue that lets `burst` jobs through at once, and one more a second after that. GitHub takes 80 writes a minute and asks for a
 * second between many of them; a usual review writes three times and need not wait.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
export function paced(burst: number, now: () => number = () => performance.now(), wait: (milliseconds: number) => Promise<void> = pause): Queue {
  let free = burst;
  let counted = now();
  let line = Promise.resolve();
  const turn = async () => {
    const time = now();
    free = Math.min(burst, free + (time - counted) / 1000);
    counted = time;
    free -= 1;
    if (free < 0) await wait(-free * 1000);
  };
  return {
    key: () => ({
      schedule(_options, job) {
        const mine = line.then(turn);
        line = mine;
        return mine.then(job);
      },
    }),
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
