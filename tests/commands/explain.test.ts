import { expect, test } from 'vitest';
import { newFolder, newRepository } from '../workspace/repository.ts';
import { callCard } from './biting-card.ts';
import { once } from './once.ts';

test('a built-in lesson as a page, anywhere', async () => {
  const { code, out } = await once(['explain', 'n-plus-one', '--lessons', newFolder()]);
  expect(code).toBe(0);
  expect(out).toMatch(/^# Load related rows in one query/);
  expect(out).toContain('## How it looks');
  expect(out).toContain('// lesson-ok n-plus-one: <reason>');
});

test("a team's lesson, from the working tree or from a bare repository", async () => {
  const repository = newRepository();
  repository.write('.github/lessons/give-away.yml', callCard('give-away', 'giveAway'));
  repository.commit();
  const bare = newFolder();
  repository.git('clone', '--quiet', '--bare', repository.folder, bare);
  for (const folder of [repository.folder, bare]) {
    const { out } = await once(['explain', 'give-away', '--repo', folder]);
    expect(out).toContain('# No giveAway here');
    expect(out).toContain('`.github/lessons/give-away.yml`');
  }
});

test('on a terminal without the marks of Markdown', async () => {
  const { out } = await once(['explain', 'n-plus-one', '--lessons', newFolder()], { colour: true, width: 80 });
  expect(out).toMatch(/^\u001b\[1mLoad related rows/);
  expect(out).not.toMatch(/^#|```|`n-plus-one`/m);
});

test('without an id, the lessons there are', async () => {
  const repository = newRepository();
  repository.write('.github/lessons/give-away.yml', callCard('give-away', 'giveAway'));
  const { code, out } = await once(['explain', '--repo', repository.folder]);
  expect(code).toBe(0);
  expect(out).toMatch(/^n-plus-one {2,}warn, active {2,}Load related rows in one query/m);
  expect(out).toMatch(/^give-away {2,}warn, active {2,}No giveAway here \(\.github\/lessons\/give-away\.yml\)$/m);
  expect(out.trim().split('\n')).toEqual(out.trim().split('\n').sort());
});

test('an id that is none', async () => {
  const { code, err } = await once(['explain', 'n-plus-two', '--lessons', newFolder()]);
  expect(code).toBe(2);
  expect(err).toContain('no lesson here is called "n-plus-two"');
  expect(err).toContain('did you mean "n-plus-one"?');
  expect(err).toContain('all of them: explain, without an id');
});
