import { expect, test } from 'vitest';
import { waiverLine } from '../../src/reports/waiver-line.ts';

test.each([
  ['src/a.ts', '// lesson-ok x: <reason>'],
  ['src/A.TSX', '// lesson-ok x: <reason>'],
  ['.github/workflows/ci.yml', '# lesson-ok x: <reason>'],
  ['.env', '# lesson-ok x: <reason>'],
  ['deploy/.env.production', '# lesson-ok x: <reason>'],
  ['Dockerfile', '# lesson-ok x: <reason>'],
  ['Dockerfile.prod', '# lesson-ok x: <reason>'],
  ['migrations/1.sql', '-- lesson-ok x: <reason>'],
  ['README.md', '<!-- lesson-ok x: <reason> -->'],
  ['package.json', undefined],
  ['key.pem', undefined],
  ['LICENSE', undefined],
  ['', undefined],
])('%s', (path, line) => {
  expect(waiverLine('x', path)).toBe(line);
});
