import { Fault } from './fault.ts';
import { nearest } from './lessons/nearest.ts';

export const reportFormats = ['terminal', 'json', 'sarif', 'markdown'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** Every option of the command line, with the kind of value it takes. Absent means not given. */
export type CommandOptions = {
  repo?: string;
  base?: string;
  head?: string;
  format?: ReportFormat;
  output?: string;
  lessons?: string;
  last?: number;
  since?: string;
  forks?: true;
  watch?: true;
  suggest?: true;
};

export type CommandName = 'review' | 'scan' | 'check' | 'try' | 'explain' | 'words' | 'backtest' | 'init' | 'demo';

/**
 * What a command line asks for. `paths` are the arguments that are no options: files and folders to scan, a card, lesson ids.
 * For `help` they hold the command to explain, if any.
 */
export type Arguments = { command: CommandName | 'help' | 'version'; options: CommandOptions; paths: string[] };

/** What each exit code means. Where several apply, the highest wins. */
export const exitCodes = {
  0: 'pass or warn',
  1: 'block',
  2: 'a mistake in usage, settings or a card',
  3: 'incomplete or an internal failure',
} as const;

/** How many merged pull requests `backtest` replays when nobody says. */
export const usualReplay = 50;

/** An option: what its value is called (none for a switch), what help says, and what the value must be where not all will do. */
type OptionSpec = { value?: string; help: string; kind?: ValueKind };

/** A kind of value: what it is, for a reader, and how it is read; undefined for a text that is none. */
type ValueKind = { is: string; read: (text: string) => string | number | undefined };

const revision: ValueKind = {
  is: 'a revision, which never starts with a dash', // git would take it for one of its own options.
  read: (text) => (text.startsWith('-') ? undefined : text),
};

const count: ValueKind = {
  is: 'a whole number from 1 to 999999',
  read: (text) => (/^0*[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined),
};

const day: ValueKind = {
  is: 'a day, such as 2026-01-31',
  read: (text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) && isInCalendar(text) ? text : undefined),
};

function isInCalendar(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Every option once; help and parsing both come from here. */
const optionSpecs: Record<keyof CommandOptions, OptionSpec> = {
  repo: { value: 'DIR', help: 'the repository; the current folder when absent' },
  base: { value: 'REV', help: 'where the change starts, taken literally; else the merge base with the default branch', kind: revision },
  head: { value: 'REV', help: 'where the change ends; the working tree when absent', kind: revision },
  format: { value: 'FORMAT', help: `${reportFormats.slice(0, -1).join(', ')} or ${reportFormats.at(-1)}; terminal when absent` },
  output: { value: 'FILE', help: 'write the report to this file instead of the terminal' },
  lessons: { value: 'DIR', help: 'a folder of cards; .github/lessons when absent' },
  last: { value: 'N', help: `how many merged pull requests to replay; ${usualReplay} when absent`, kind: count },
  since: { value: 'DATE', help: 'replay only what was merged on this day or later (YYYY-MM-DD)', kind: day },
  watch: { help: 'stay, and check again whenever a card or the settings change' },
  suggest: { help: 'print wrappers of this repository that end in a known call, ready to paste' },
  forks: { help: 'also write the second workflow, which serves pull requests from forks' },
};

/** A command: what stands after its name, what it does, its options, and how many arguments it takes. */
type CommandSpec = {
  summary: string;
  options: (keyof CommandOptions)[];
  arguments?: { name: string; help: string; least: number; most: number };
  formats?: readonly ReportFormat[];
  /** Where an option means something else in this command than elsewhere. */
  help?: Partial<Record<keyof CommandOptions, string>>;
};

/** Every command once, in the order in which help lists them. */
const commandSpecs: Record<CommandName, CommandSpec> = {
  review: {
    summary: 'review the change between two revisions',
    options: ['repo', 'base', 'head', 'format', 'output', 'lessons'],
  },
  scan: {
    summary: 'look through whole files, changed or not',
    options: ['repo', 'head', 'format', 'output', 'lessons'],
    arguments: { name: 'PATH', help: 'a file or folder of the repository, never a pattern; everything when absent', least: 0, most: Infinity },
    help: { head: 'the revision to scan; the working tree when absent' },
  },
  check: {
    summary: 'prove every card and the settings',
    options: ['repo', 'lessons', 'watch'],
  },
  try: {
    summary: 'run one card over the repository, or over a change, and print the places',
    options: ['repo', 'base', 'head', 'format', 'output'],
    arguments: { name: 'CARD', help: 'a card file, or the id of a lesson', least: 1, most: 1 },
    help: {
      base: 'try the card on the change since this revision; on all files when absent',
      head: 'the revision to look at; the working tree when absent',
    },
  },
  explain: {
    summary: 'print a lesson as a page, or the list of all lessons',
    options: ['repo', 'lessons'],
    arguments: { name: 'LESSON', help: 'the id of a lesson; the list of all when absent', least: 0, most: 1 },
  },
  words: {
    summary: 'print the vocabulary that cards may use, with what each word sees and is blind to',
    options: ['repo', 'lessons', 'suggest'],
  },
  backtest: {
    summary: 'replay merged pull requests: what would have been said',
    options: ['repo', 'head', 'last', 'since', 'format', 'output', 'lessons'],
    arguments: { name: 'LESSON', help: 'only these lessons; all when absent', least: 0, most: Infinity },
    formats: ['terminal', 'json', 'markdown'],
    help: { head: 'the newest revision to replay; the default branch when absent', format: 'terminal, json or markdown; terminal when absent' },
  },
  init: {
    summary: 'write the workflow, the settings and a first card; overwrites nothing',
    options: ['repo', 'forks'],
  },
  demo: {
    summary: 'review the example pull request that comes with Once Bitten',
    options: [],
  },
};

/** Every command, in the order in which help lists them. */
export const commandNames = Object.keys(commandSpecs) as CommandName[];
const optionNames = Object.keys(optionSpecs) as (keyof CommandOptions)[];

/**
 * Reads a command line (without the program's own name). `--help` and `--version` win over everything but a `--` before them;
 * no command at all asks for help. Options may stand anywhere, as `--base REV` or `--base=REV`; after `--` all is arguments.
 * Throws a Fault `usage/…` with the usage line of the command, and the nearest right spelling where there is one.
 */
export function parseArguments(argv: readonly string[]): Arguments {
  const end = argv.indexOf('--');
  const beforeEnd = end < 0 ? argv : argv.slice(0, end);
  const [first, ...rest] = argv;
  if (first === undefined) return { command: 'help', options: {}, paths: [] };
  if (first === 'help') return helpFor(beforeEnd.slice(1).filter((argument) => !argument.startsWith('-')));
  if (beforeEnd.some((argument) => argument === '--help' || argument === '-h')) return helpFor(isCommand(first) ? [first] : []);
  if (beforeEnd.some((argument) => argument === '--version' || argument === '-v')) return { command: 'version', options: {}, paths: [] };
  if (!isCommand(first)) throw unknownCommand(first);
  return withArguments(first, readAll(first, rest));
}

function helpFor(names: string[]): Arguments {
  const [name] = names;
  if (name !== undefined && !isCommand(name)) throw unknownCommand(name);
  return { command: 'help', options: {}, paths: name === undefined ? [] : [name] };
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commandSpecs, name);
}

function unknownCommand(name: string): Fault {
  if (name.startsWith('-')) {
    return new Fault('usage/unknown-command', { message: `the command comes first, before "${name}"`, hint: usageOf() });
  }
  const guess = nearest(name, commandNames);
  return new Fault('usage/unknown-command', {
    message: `there is no command "${name}"`,
    hint: guess === undefined ? `the commands are ${commandNames.join(', ')}` : `did you mean "${guess}"?`,
  });
}

type Given = { options: CommandOptions; paths: string[] };

function readAll(command: CommandName, argv: readonly string[]): Given {
  const options: Record<string, string | number | true> = {};
  const paths: string[] = [];
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index]!;
    if (argument === '--') return { options, paths: [...paths, ...argv.slice(index + 1)] };
    if (!argument.startsWith('-') || argument === '-') {
      paths.push(argument);
      continue;
    }
    const { name, flag, inline } = optionOf(command, argument);
    if (Object.hasOwn(options, name)) throw wrongValue(command, `${flag} is given twice`);
    if (optionSpecs[name].value === undefined) {
      if (inline !== undefined) throw wrongValue(command, `${flag} takes no value`);
      options[name] = true;
      continue;
    }
    const value = inline ?? argv[++index];
    // A following option is a forgotten value; one that truly starts with a dash can be given with an equals sign.
    if (value === undefined || value === '' || (inline === undefined && value.startsWith('-'))) throw missingValue(command, name, flag);
    options[name] = readValue(command, name, flag, value);
  }
  return { options, paths };
}

/** The option that an argument such as `--base` or `--base=main` names. */
function optionOf(command: CommandName, argument: string): { name: keyof CommandOptions; flag: string; inline?: string } {
  const equals = argument.indexOf('=');
  const flag = equals < 0 ? argument : argument.slice(0, equals);
  const allowed = commandSpecs[command].options;
  const name = optionNames.find((option) => flag === `--${option}`);
  if (name === undefined || !allowed.includes(name)) throw unknownOption(command, flag, name);
  return equals < 0 ? { name, flag } : { name, flag, inline: argument.slice(equals + 1) };
}

function unknownOption(command: CommandName, flag: string, elsewhere: string | undefined): Fault {
  const guess = nearest(flag.replace(/^-+/, ''), commandSpecs[command].options);
  const hints = [
    guess === undefined || elsewhere !== undefined ? '' : `did you mean "--${guess}"?`,
    `usage: ${usageOf(command)}`,
    flag.includes('/') || flag.includes('.') ? 'a path that starts with a dash goes after "--"' : '',
  ];
  return new Fault('usage/unknown-option', {
    message: elsewhere === undefined ? `there is no option "${flag}"` : `"${command}" has no option "${flag}"`,
    hint: hints.filter((hint) => hint !== '').join('\n'),
  });
}

function missingValue(command: CommandName, name: keyof CommandOptions, flag: string): Fault {
  const message = `${flag} needs a value: ${flag} ${optionSpecs[name].value}`;
  return new Fault('usage/unknown-option', { message, hint: `usage: ${usageOf(command)}` });
}

function wrongValue(command: CommandName, message: string, hint?: string): Fault {
  return new Fault('usage/wrong-value', { message, hint: [hint, `usage: ${usageOf(command)}`].filter((line) => line !== undefined).join('\n') });
}

function readValue(command: CommandName, name: keyof CommandOptions, flag: string, text: string): string | number {
  if (name === 'format') return readFormat(command, flag, text);
  const { kind } = optionSpecs[name];
  if (kind === undefined) return text;
  const value = kind.read(text);
  if (value === undefined) throw wrongValue(command, `${flag} cannot be "${text}": it must be ${kind.is}`);
  return value;
}

function readFormat(command: CommandName, flag: string, text: string): ReportFormat {
  const formats = commandSpecs[command].formats ?? reportFormats;
  const format = formats.find((name) => name === text);
  if (format !== undefined) return format;
  const guess = nearest(text, formats);
  throw wrongValue(command, `${flag} cannot be "${text}"`, guess === undefined ? `it is one of ${formats.join(', ')}` : `did you mean "${guess}"?`);
}

function withArguments(command: CommandName, given: Given): Arguments {
  const wanted = commandSpecs[command].arguments;
  if (wanted !== undefined && given.paths.length < wanted.least) {
    throw new Fault('usage/missing-argument', { message: `"${command}" needs ${wanted.help}`, hint: `usage: ${usageOf(command)}` });
  }
  const tooMany = given.paths[wanted?.most ?? 0];
  if (tooMany !== undefined) {
    throw new Fault('usage/unexpected-argument', { message: `"${command}" has no use for "${tooMany}"`, hint: `usage: ${usageOf(command)}` });
  }
  if (given.paths.includes('')) {
    throw new Fault('usage/wrong-value', { message: `an argument of "${command}" is empty`, hint: `usage: ${usageOf(command)}` });
  }
  return { command, ...given };
}

/** The one line that shows how a command is called; without a command, how any is. */
export function usageOf(command?: CommandName): string {
  if (command === undefined) return 'once-bitten COMMAND [options]';
  const spec = commandSpecs[command];
  const options = spec.options.map((name) => `[${flagOf(name)}]`);
  return ['once-bitten', command, ...options, argumentsUsage(spec)].filter((part) => part !== '').join(' ');
}

function flagOf(name: keyof CommandOptions): string {
  const { value } = optionSpecs[name];
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

function argumentsUsage({ arguments: wanted }: CommandSpec): string {
  if (wanted === undefined) return '';
  if (wanted.least > 0) return wanted.name;
  return `[--] [${wanted.name}…]`;
}

/** The help of one command, or of the program: at most one page, ready to print. Throws a Fault for an unknown command. */
export function helpText(command?: string): string {
  if (command === undefined) return programHelp();
  if (!isCommand(command)) throw unknownCommand(command);
  const spec = commandSpecs[command];
  const rows: [string, string][] = spec.options.map((name) => [flagOf(name), spec.help?.[name] ?? optionSpecs[name].help]);
  if (spec.arguments !== undefined) rows.unshift([spec.arguments.name, spec.arguments.help]);
  const table = rows.length > 0 ? ['', ...columns(rows)] : [];
  return `${[`${capitalised(spec.summary)}.`, '', `  ${usageOf(command)}`, ...table].join('\n')}\n`;
}

function programHelp(): string {
  const rows = commandNames.map((name): [string, string] => [name, commandSpecs[name].summary]);
  return `${[
    'Once Bitten reviews changes against the lessons a team has already paid for.',
    '',
    `  ${usageOf()}`,
    '',
    ...columns(rows),
    '',
    '  --help     this page, or the options of a command: once-bitten review --help',
    '  --version  the version',
    '',
    `Exit codes: ${Object.entries(exitCodes).map(([code, meaning]) => `${code} ${meaning}`).join(', ')}.`,
  ].join('\n')}\n`;
}

function columns(rows: readonly [string, string][]): string[] {
  const widest = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(widest)}  ${right}`);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
