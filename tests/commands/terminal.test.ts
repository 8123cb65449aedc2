import { describe, expect, test } from 'vitest';
import { terminalOf } from '../../src/commands/terminal.ts';

function terminal(env: Record<string, string>, isTTY: boolean, script = '/usr/bin/once-bitten') {
  const written: string[] = [];
  const stream = { write: (text: string) => written.push(text), isTTY };
  return { ...terminalOf({ stdout: { ...stream, columns: 72 }, stderr: stream, env, argv: ['node', script], cwd: () => '/home/me/clone' }), written };
}

describe('colours', () => {
  test.each<[Record<string, string>, boolean, boolean]>([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ TERM: 'dumb' }, true, false],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ FORCE_COLOR: '' }, false, false],
  ])('%j on a terminal: %s → %s', (env, isTTY, colour) => expect(terminal(env, isTTY).colour).toBe(colour));
});

test.each<[Record<string, string>, boolean, boolean]>([[{}, true, true], [{}, false, false], [{ CI: 'true' }, true, false], [{ TERM: 'dumb' }, true, false]])(
  'progress with %j on a terminal: %s → %s', (env, isTTY, isWatched) => expect(terminal(env, isTTY).isWatched).toBe(isWatched),
);

test.each([
  ['/usr/bin/once-bitten', 'once-bitten'],
  ['/home/me/clone/dist/cli.js', 'node dist/cli.js'],
  ['/opt/once-bitten/dist/cli.js', 'node /opt/once-bitten/dist/cli.js'],
])('called as %s it is %s', (script, program) => expect(terminal({}, true, script).program).toBe(program));

test('width and words go through', () => {
  const { print, say, width, written } = terminal({}, true);
  print('a');
  say('b');
  expect({ width, written }).toEqual({ width: 72, written: ['a', 'b'] });
});
