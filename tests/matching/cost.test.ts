import { expect, test } from 'vitest';
import { linesOf } from './cards.ts';

test('an expression nested 5,000 deep, and regular expressions on a long text, cannot stall a review', async () => {
  const started = performance.now();
  const deep = `g();\n${'f('.repeat(5_000)}1${')'.repeat(5_000)}`;
  await linesOf('{ code: "f($X)", contains: { code: "g($X)" } }', deep).catch((error: Error) => expect(error.message).toMatch(/review\/(?:too-deep|stumbled)/));
  await expect(linesOf('{ code: "f($X)", inside: { code: "f($Y)", inside: { code: "g($Y)" } } }', `g();\n${'f('.repeat(400)}1${')'.repeat(400)}`)).rejects.toThrow('review/stumbled');
  const long = `f('${'a'.repeat(500_000)}b');\n${'g();\n'.repeat(3_000)}`;
  expect(await linesOf('{ code: "f($X)", where: { $X: { text: "^(a|a)*(a+)+c$" } } }', long)).toEqual([]);
  expect(performance.now() - started).toBeLessThan(30_000);
}, 60_000);
