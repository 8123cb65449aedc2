import { afterAll, beforeAll, expect } from 'vitest';
import { openCompiler } from '../src/code/compiler.ts';

beforeAll(openCompiler);

// Test files share their process, so each leaves it as it was found.
const found = ofProcess();
afterAll(() => expect(ofProcess()).toEqual(found));

function ofProcess(): unknown {
  const listeners = process.eventNames().map((name) => [name, process.listenerCount(name)]);
  return { folder: process.cwd(), environment: { ...process.env }, exitCode: process.exitCode, listeners: Object.fromEntries(listeners) as unknown };
}
