import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Above this much in use, what was let go is collected before more is opened. In bytes. */
const enough = 500 * 1024 * 1024;

let collect: (() => void) | undefined;

/**
 * Collects what was let go, where that is much. Left to itself, the engine of a machine with much memory puts this off until
 * thousands of parsed files lie about. https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
export function tidyMemory(): void {
  if (process.memoryUsage().heapUsed < enough) return;
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
}
