import { describe, expect, test } from 'vitest';
import { review } from '../../src/review.ts';
import { changeBetween } from '../change-between.ts';
import { inMemory, type Files } from '../in-memory.ts';
import { builtInLesson } from '../samples.ts';
import { made } from '../vocabulary/secret/recognised.ts';
import { cardOf } from './cards.ts';

const secretCard = builtInLesson('secret-in-code');
const quoting = cardOf('{ code: "connect($KEY, $$$)" }', 'message: "`$KEY` goes to `connect`."\n');

async function looked(head: Files, lessons = [secretCard, quoting]) {
  return review({ reader: inMemory({ base: {}, head }), subject: { change: changeBetween({}, head) }, lessons, ignore: [], waivers: true, today: '2026-06-01', clock: () => 0 });
}

describe('a line with a secret', () => {
  const token = `ghp_${made(36)}`;

  test('is quoted by no other lesson', async () => {
    const report = await looked({ 'a.ts': `connect('${token}', 1);\nconnect('orders', 2);\n` });
    const said = report.findings.map(({ lesson, line, message, evidence }) => ({ lesson, line, message, evidence }));
    expect(said.filter(({ lesson }) => lesson === 'sample')).toEqual([
      { lesson: 'sample', line: 1, message: "`'…'` goes to `connect`.", evidence: [{ path: 'a.ts', line: 1, text: '' }] },
      { lesson: 'sample', line: 2, message: "`'orders'` goes to `connect`.", evidence: [] },
    ]);
    expect(JSON.stringify(report)).not.toContain(token.slice(4, 12));
  });

  test('is not quoted in part', async () => {
    const long = `ghp_${made(36)}`;
    const report = await looked({ 'a.ts': `connect('a ${'x'.repeat(30)} ${long} ${'y'.repeat(90)}', 1);\n` });
    expect(JSON.stringify(report)).not.toContain(long.slice(0, 6));
  });

  test('is known again where nobody would have known it for a secret', async () => {
    const report = await looked({ 'a.ts': `const key = '${token}';\nconnect(\`select \${id} where key = '${token}'\`, 1);\n` });
    expect(report.findings.map(({ lesson, line }) => `${lesson} ${line}`)).toContain('sample 2');
    expect(JSON.stringify(report)).not.toContain(token.slice(4, 12));
  });

  test('is not told by a reason either', async () => {
    const report = await looked({ 'a.ts': `// lesson-ok secret-in-code: ${token} was rotated\nf('${token}');\n` });
    expect(JSON.stringify(report)).not.toContain(token.slice(0, 8));
  });

  test('is not shown whatever the lesson about secrets is called', async () => {
    const own = { ...secretCard, id: 'our-keys', origin: '.github/lessons/our-keys.yml' };
    const [finding] = (await looked({ 'a.ts': `f('${token}');\n` }, [own])).findings;
    expect(finding).toMatchObject({ lesson: 'our-keys', evidence: [{ path: 'a.ts', line: 1, text: '' }] });
  });

  test('costs no more for many of them', async () => {
    const text = Array.from({ length: 8_000 }, (_, at) => `token_${at}: ${made(30, undefined, at + 1)}`).join('\n');
    const started = performance.now();
    expect((await looked({ 'a.yml': text })).findings.length).toBeGreaterThan(7_900);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
