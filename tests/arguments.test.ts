import { describe, expect, test } from 'vitest';
import { helpText, parseArguments, usageOf, type CommandName } from '../src/arguments.ts';
import { Fault, faultCodes } from '../src/fault.ts';

const commands: CommandName[] = ['review', 'scan', 'check', 'try', 'explain', 'words', 'backtest', 'init', 'demo'];

/** The fault of a command line, in one text: code, message, hint. */
function faultOf(...argv: string[]): string {
  try {
    parseArguments(argv);
  } catch (problem) {
    if (!(problem instanceof Fault)) throw problem;
    expect(Object.keys(faultCodes)).toContain(problem.code);
    return `${problem.code}: ${problem.message}\n${problem.hint}`;
  }
  throw new Error(`no fault: ${argv.join(' ')}`);
}

describe('what is understood', () => {
  test.each([
    [['review'], { command: 'review', options: {}, paths: [] }],
    [['review', '--base', 'v1', '--head=HEAD~2', '--repo', '../shop'], { command: 'review', options: { base: 'v1', head: 'HEAD~2', repo: '../shop' }, paths: [] }],
    [['review', '--format', 'sarif', '--output', 'out.sarif', '--lessons=cards'], { command: 'review', options: { format: 'sarif', output: 'out.sarif', lessons: 'cards' }, paths: [] }],
    [['scan'], { command: 'scan', options: {}, paths: [] }],
    [['scan', 'src', '--format', 'json', 'lib/a b.ts'], { command: 'scan', options: { format: 'json' }, paths: ['src', 'lib/a b.ts'] }],
    [['scan', '--', '--base', '-x.ts', '--help', '--'], { command: 'scan', options: {}, paths: ['--base', '-x.ts', '--help', '--'] }],
    [['scan', 'src', '--'], { command: 'scan', options: {}, paths: ['src'] }],
    [['scan', '-'], { command: 'scan', options: {}, paths: ['-'] }],
    [['check', '--lessons', 'cards'], { command: 'check', options: { lessons: 'cards' }, paths: [] }],
    [['try', 'cards/a.yml', '--base', 'main'], { command: 'try', options: { base: 'main' }, paths: ['cards/a.yml'] }],
    [['explain', '--repo', '.'], { command: 'explain', options: { repo: '.' }, paths: [] }],
    [['explain', 'n-plus-one'], { command: 'explain', options: {}, paths: ['n-plus-one'] }],
    [['words'], { command: 'words', options: {}, paths: [] }],
    [['backtest', '--last', '200', '--since=2026-01-31', 'n-plus-one', 'missing-limit'], { command: 'backtest', options: { last: 200, since: '2026-01-31' }, paths: ['n-plus-one', 'missing-limit'] }],
    [['init', '--forks'], { command: 'init', options: { forks: true }, paths: [] }],
    [['demo'], { command: 'demo', options: {}, paths: [] }],
    [['review', '--output=-odd.txt', '--base=a=b'], { command: 'review', options: { output: '-odd.txt', base: 'a=b' }, paths: [] }],
  ])('%j', (argv, expected) => {
    expect(parseArguments(argv)).toEqual(expected);
  });

  test.each([
    [[], []],
    [['--help'], []],
    [['-h'], []],
    [['help'], []],
    [['help', 'scan'], ['scan']],
    [['scan', '--help'], ['scan']],
    [['scan', '--nonsense', '-h', 'src'], ['scan']],
    [['nonsense', '--help'], []],
  ])('help: %j', (argv, paths) => {
    expect(parseArguments(argv)).toEqual({ command: 'help', options: {}, paths });
  });

  test.each([[['--version']], [['-v']], [['review', '--version']]])('version: %j', (argv) => {
    expect(parseArguments(argv)).toEqual({ command: 'version', options: {}, paths: [] });
  });
});

describe('what is not', () => {
  test.each([
    [['reviw'], 'usage/unknown-command: there is no command "reviw"\ndid you mean "review"?'],
    [['frobnicate'], `usage/unknown-command: there is no command "frobnicate"\nthe commands are ${commands.join(', ')}`],
    [['help', 'scann'], 'usage/unknown-command: there is no command "scann"\ndid you mean "scan"?'],
    [['--repo', '.', 'review'], 'usage/unknown-command: the command comes first, before "--repo"\nonce-bitten COMMAND [options]'],
    [['constructor'], 'usage/unknown-command: there is no command "constructor"'],
    [['demo', '--hed', 'x'], 'usage/unknown-option: there is no option "--hed"\nusage: once-bitten demo'],
    [['check', '--lesson', 'x'], 'usage/unknown-option: there is no option "--lesson"\ndid you mean "--lessons"?\nusage: once-bitten check [--repo DIR] [--lessons DIR]'],
    [['scan', '--base', 'x'], 'usage/unknown-option: "scan" has no option "--base"\nusage: once-bitten scan'],
    [['scan', '-x.ts'], 'a path that starts with a dash goes after "--"'],
    [['check', '--repo'], 'usage/unknown-option: --repo needs a value: --repo DIR\nusage: once-bitten check'],
    [['check', '--repo', '--lessons', 'x'], '--repo needs a value'],
    [['check', '--repo='], '--repo needs a value'],
    [['check', '--repo', ''], '--repo needs a value'],
    [['check', '--repo', '--'], '--repo needs a value'],
    [['check', '--repo', 'a', '--repo', 'b'], 'usage/wrong-value: --repo is given twice\nusage: once-bitten check'],
    [['init', '--forks=yes'], 'usage/wrong-value: --forks takes no value\nusage: once-bitten init [--repo DIR] [--forks]'],
    [['review', '--format', 'jsn'], 'usage/wrong-value: --format cannot be "jsn"\ndid you mean "json"?\nusage: once-bitten review'],
    [['review', '--format', 'xyzzy'], 'it is one of terminal, json, sarif, markdown'],
    [['backtest', '--format', 'sarif'], '--format cannot be "sarif"\nit is one of terminal, json, markdown'],
    [['review', '--base=--upload-pack=x'], 'usage/wrong-value: --base cannot be "--upload-pack=x": it must be a revision, which never starts with a dash'],
    [['backtest', '--last', '0'], '--last cannot be "0": it must be a whole number from 1 to 999999'],
    [['backtest', '--last', '1e3'], '--last cannot be "1e3"'],
    [['backtest', '--last=-5'], '--last cannot be "-5"'],
    [['backtest', '--last', '99999999'], '--last cannot be "99999999"'],
    [['backtest', '--since', '2026-02-30'], '--since cannot be "2026-02-30": it must be a day, such as 2026-01-31'],
    [['backtest', '--since', 'yesterday'], '--since cannot be "yesterday"'],
    [['backtest', '--since', '2026-13-01'], '--since cannot be "2026-13-01"'],
    [['try'], 'usage/missing-argument: "try" needs a card file, or the id of a lesson\nusage: once-bitten try'],
    [['try', 'a', 'b'], 'usage/unexpected-argument: "try" has no use for "b"'],
    [['review', 'src'], 'usage/unexpected-argument: "review" has no use for "src"\nusage: once-bitten review'],
    [['scan', ''], 'usage/wrong-value: an argument of "scan" is empty'],
  ])('%j', (argv, fault) => {
    expect(faultOf(...argv)).toContain(fault);
  });

  test('names of things built in are no options', () => {
    for (const name of ['--constructor', '--__proto__', '--toString']) expect(faultOf('scan', name)).toContain(`there is no option "${name}"`);
  });
});

describe('help', () => {
  test('of the program names every command, on one page', () => {
    const text = helpText();
    for (const command of commands) expect(text).toMatch(new RegExp(`^  ${command} +\\S`, 'm'));
    expect(text.split('\n').length).toBeLessThan(24);
    expect(text).toMatchInlineSnapshot(`
      "Once Bitten reviews changes against the lessons a team has already paid for.

        once-bitten COMMAND [options]

        review    review the change between two revisions
        scan      look through whole files, changed or not
        check     prove every card and the settings
        try       run one card over the repository, or over a change, and print the places
        explain   print a lesson as a page, or the list of all lessons
        words     print the vocabulary that cards may use, with what each word sees and is blind to
        backtest  replay merged pull requests: what would have been said
        init      write the workflow, the settings and a first card; overwrites nothing
        demo      review the example pull request that comes with Once Bitten

        --help     this page, or the options of a command: once-bitten review --help
        --version  the version

      Exit codes: 0 pass or warn, 1 block, 2 a mistake in usage, settings or a card, 3 incomplete or an internal failure.
      "
    `);
  });

  test.each(commands)('of %s describes each option that it takes, and no other', (command) => {
    const text = helpText(command);
    expect(text).toContain(usageOf(command));
    const described = [...text.matchAll(/^  (--[a-z]+)/gm)].map(([, flag]) => flag);
    const usable = [...usageOf(command).matchAll(/\[(--[a-z]+)/g)].map(([, flag]) => flag);
    expect(described).toEqual(usable);
    expect(text.split('\n').length).toBeLessThan(24);
    for (const line of text.split('\n').filter((one) => !one.includes('once-bitten '))) expect(line.length).toBeLessThanOrEqual(110);
  });

  test('of a command', () => {
    expect(helpText('backtest')).toMatchInlineSnapshot(`
      "Replay merged pull requests: what would have been said.

        once-bitten backtest [--repo DIR] [--head REV] [--last N] [--since DATE] [--format FORMAT] [--output FILE] [--lessons DIR] [--] [LESSON…]

        LESSON           only these lessons; all when absent
        --repo DIR       the repository; the current folder when absent
        --head REV       the newest revision to replay; the default branch when absent
        --last N         how many merged pull requests to replay; 50 when absent
        --since DATE     replay only what was merged on this day or later (YYYY-MM-DD)
        --format FORMAT  terminal, json or markdown; terminal when absent
        --output FILE    write the report to this file instead of the terminal
        --lessons DIR    a folder of cards; .github/lessons when absent
      "
    `);
  });

  test('of a command that does not exist is a fault', () => {
    expect(() => helpText('scna')).toThrow('there is no command "scna"');
  });
});
