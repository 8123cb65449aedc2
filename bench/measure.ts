import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A process to measure: Node with these arguments. Exit codes 0 and 1 are answers; anything else fails the benchmark. */
export type Task = { name: string; args: readonly string[] };

/**
 * How long a task took from the start of its process to the end, and what it and all that it waited for (git) used of processors:
 * the steadier figure on a busy machine, known on Linux only. In milliseconds.
 */
export type Times = { wall: number; processor: number | undefined };

/**
 * Runs every task once per round, in turn, so that whatever else the machine does falls on all alike, and gives each task's
 * medians. A first round warms up file caches and does not count.
 */
export async function medians(tasks: readonly Task[], rounds: number, say: (text: string) => void): Promise<Map<string, Times>> {
  const taken = new Map(tasks.map(({ name }) => [name, [] as Times[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const task of tasks) {
      say(`round ${round} of ${rounds}: ${task.name}`);
      const times = await timesOf(task);
      if (round > 0) taken.get(task.name)!.push(times);
    }
  }
  return new Map([...taken].map(([name, times]) => {
    const processor = times.flatMap((each) => each.processor ?? []);
    return [name, { wall: median(times.map(({ wall }) => wall)), processor: processor.length > 0 ? median(processor) : undefined }];
  }));
}

async function timesOf(task: Task): Promise<Times> {
  const before = processorOfChildren();
  const started = performance.now();
  await run(task);
  const wall = performance.now() - started;
  const after = processorOfChildren();
  return { wall, processor: before === undefined || after === undefined ? undefined : after - before };
}

/** What all processes that this one waited for have used so far. In milliseconds; the kernel counts in steps of ten. */
function processorOfChildren(): number | undefined {
  if (!fs.existsSync('/proc/self/stat')) return undefined;
  // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: cutime and cstime are the fields 16 and 17; the name may hold spaces.
  const fields = fs.readFileSync('/proc/self/stat', 'utf8').replace(/^.*\) /s, '').split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}

/** What a process used at its peak, in bytes, and which modules it loaded. */
export type Usage = { memory: number; modules: string[] };

const watcher = fileURLToPath(new URL('watch.mjs', import.meta.url));

/** Runs a task under watch, which takes it some milliseconds: for figures that are no times. */
export async function usageOf({ name, args }: Task): Promise<Usage> {
  const { told } = await run({ name, args: ['--import', watcher, ...args] });
  return JSON.parse(told) as Usage;
}

/** Runs a task and gives what it printed. */
export async function outputOf(task: Task): Promise<string> {
  return (await run(task)).stdout;
}

function run({ name, args }: Task): Promise<{ stdout: string; told: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
    const texts = ['', '', ''];
    for (const [index, stream] of [child.stdout, child.stderr, child.stdio[3]].entries()) stream?.on('data', (chunk: Buffer) => void (texts[index] += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0 || code === 1) resolve({ stdout: texts[0]!, told: texts[2]! });
      else reject(new Error(`${name} ended with ${code}: ${texts[1]!.trim().slice(-600)}`));
    });
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
