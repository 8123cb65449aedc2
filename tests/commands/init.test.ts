import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder, newRepository } from '../workspace/repository.ts';
import { once } from './once.ts';

test('writes the workflow word for word, settings and a first card, which all pass check', async () => {
  const { folder } = newRepository();
  const { code, out, err } = await once(['init', '--repo', folder]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatchInlineSnapshot(`
    "wrote  .github/workflows/lessons.yml
    wrote  .github/once-bitten.yml
    wrote  .github/lessons/money-as-float.yml

    What to do next:
      1. once-bitten review  what the current branch would be told
      2. once-bitten check   proves the cards; write a first story of your own into .github/lessons
      3. Commit these files and open a pull request: the check is named "Once Bitten".
      4. Require that check in the rules of the default branch, once you trust it.

    Pull requests come from forks, too? Then also: once-bitten init --forks
    "
  `);
  expect(readFileSync(join(folder, '.github/workflows/lessons.yml'), 'utf8')).toBe(`name: Lessons
on:
  pull_request: { types: [opened, synchronize, reopened, ready_for_review] }
  merge_group:
permissions: { contents: read, pull-requests: write, checks: write }
jobs:
  lessons:
    runs-on: ubuntu-latest
    steps: [ { uses: once-bitten/once-bitten@v1 } ]
`);
  const check = await once(['check', '--repo', folder]);
  expect(check.code).toBe(0);
  expect(check.out).toContain('.github/lessons/money-as-float.yml  money-as-float (warn, draft): 1 bad example caught, 2 good ones left alone');
  expect(check.out).not.toContain('note:');
});

test('every setting that the commented file names is one', async () => {
  const { folder, write } = newRepository();
  await once(['init', '--repo', folder]);
  const commented = readFileSync(join(folder, '.github/once-bitten.yml'), 'utf8');
  write('.github/once-bitten.yml', commented.replaceAll(/^# ((?:extends|lessons|gate|comments|ignore|waivers):.*|  [a-z-]+: \{.*)$/gm, '$1'));
  const check = await once(['check', '--repo', folder]);
  expect(check.out).toContain('and the settings are sound');
  expect(check.out.match(/once-bitten\.yml:\d+:\d+ {2}note: the glob/g)).toHaveLength(2);
});

test('nothing that it writes is a finding, or a waiver that went wrong', async () => {
  const { folder } = newRepository();
  await once(['init', '--repo', folder]);
  expect((await once(['scan', '--repo', folder])).out).toMatch(/^Nothing here repeats a lesson[^\n]+\n$/);
});

test('with forks, the second workflow that runs after the first', async () => {
  const { folder } = newRepository();
  const { out } = await once(['init', '--repo', folder, '--forks']);
  expect(out).toContain('wrote  .github/workflows/lessons-forks.yml');
  const text = readFileSync(join(folder, '.github/workflows/lessons-forks.yml'), 'utf8');
  expect(text).toContain('workflow_run: { workflows: [Lessons], types: [completed] }');
  expect(text).not.toContain('actions/checkout');
});

test('overwrites nothing', async () => {
  const { folder, write } = newRepository();
  write('.github/once-bitten.yml', 'gate: warn\n');
  const { code, out } = await once(['init', '--repo', folder]);
  expect(code).toBe(0);
  expect(out).toContain('kept   .github/once-bitten.yml');
  expect(out).toContain('wrote  .github/workflows/lessons.yml');
  expect(readFileSync(join(folder, '.github/once-bitten.yml'), 'utf8')).toBe('gate: warn\n');
  expect((await once(['init', '--repo', folder])).out.match(/^kept /gm)).toHaveLength(3);
});

test('follows no link out of the repository', async () => {
  const outside = newFolder();
  const { folder, link } = newRepository();
  link('.github', outside);
  const { code, err } = await once(['init', '--repo', folder]);
  expect(code).toBe(2);
  expect(err).toContain('.github is there, and it is no folder');
  expect(existsSync(join(outside, 'workflows'))).toBe(false);
});

test('needs a working tree', async () => {
  expect((await once(['init', '--repo', newFolder()])).err).toContain('is not a git repository');
  expect((await once(['init', '--repo', newRepository('--bare').folder])).err).toContain('it has no working tree');
});
