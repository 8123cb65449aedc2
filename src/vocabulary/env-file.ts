import { isSentToBrowsers } from './secret/name.ts';
import { whereOf, type Where } from './secret/places.ts';
import { isPlaceholder, isRandom } from './secret/value.ts';
import { secret } from './secret.ts';
import type { Attributes, TextFile, TextRecognition, TextWord } from './word.ts';

type EnvFileAttributes = Attributes & {
  state: 'committed' | 'ignored';
  holds: 'secrets' | 'settings' | 'harmless' | undefined;
  file: string;
  tells: string;
  where: Where;
};

/** Recognises files of settings that belong to one machine, and what keeps them out of the repository. */
export const envFile: TextWord<EnvFileAttributes> = {
  reads: 'text',
  name: 'env-file',
  summary: 'a `.env` file that holds values, or the line of `.gitignore` that keeps such files out',
  sees:
    '`.env`, `.env.local`, `.env.production`, `orders.env` and their like with at least one value; in the `.gitignore` at the top of the repository, the line that decides that `.env` or `.env.local` is ignored, which counts when a change takes it away',
  blindTo:
    'files that show which settings there are (`.env.example`, `.env.sample`, `.env.template`, `.env.dist` …); files without a value that is more than a placeholder; encrypted files (dotenvx, SOPS, `.env.vault`); `.envrc`; the `.gitignore` of a folder, whose parent may say the same; ignoring by git\'s own settings',
  attributes: {
    state: { means: '`committed` for the file itself, `ignored` for the line that keeps it out', values: ['committed', 'ignored'] },
    holds: { means: 'of a committed file: `secrets` that open something, `settings`, or nothing but numbers, switches, local addresses and what browsers are sent anyway (`harmless`)', values: ['secrets', 'settings', 'harmless'] },
    file: { means: 'the name of the file that holds the values, or would' },
    tells: { means: 'the fact as the end of a sentence that begins with the file\'s name' },
    where: { means: 'what the file is for, by its path', values: ['code', 'config', 'test', 'example', 'docs'] },
  },
  aboutSecrets: true,
  recogniseText(file) {
    if (file.path === '.gitignore') return keptOut(file.text);
    return isEnvFile(file.path) ? committed(file) : [];
  },
};

/** True for the name of a file of settings with their values. */
function isEnvFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return /^\.env(?:\.[\w-]+){0,4}$|^[\w.-]{1,60}\.env$/.test(name) && !/^\.env\.vault$/.test(name) && whereOf(path) !== 'example' && whereOf(path) !== 'docs';
}

/** A setting with its value. */
type Setting = { name: string; value: string };

/** A file of settings has a few hundred lines at most; what comes behind these is as good as the same. */
const mostLines = 2_000;
const line = /^[ \t]{0,20}(?:export[ \t]{1,5})?(?<name>[A-Za-z_][\w.-]{0,99})[ \t]{0,5}=[ \t]{0,5}(?<value>.*)$/;

async function committed(file: TextFile): Promise<TextRecognition<EnvFileAttributes>[]> {
  const settings: Setting[] = [];
  let start: number | undefined;
  let at = 0;
  for (const text of file.text.split('\n', mostLines)) {
    const setting = settingIn(text);
    if (setting && /^encrypted:|^ENC\[/.test(setting.value)) return [];
    if (setting && !isPlaceholder(setting.value, setting.name)) {
      settings.push(setting);
      start ??= at;
    }
    at += text.length + 1;
  }
  const [first] = settings;
  if (!first || start === undefined) return [];
  const holds = await whatItHolds(file, settings);
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  const rest = settings.length === 1 ? '' : ` and ${settings.length - 1} more`;
  return [{
    start,
    end: start,
    about: 'file',
    identity: 'env-file',
    attributes: { state: 'committed', holds, file: name, tells: `brings ${settings.length === 1 ? 'a value' : 'values'} into the repository: ${first.name}${rest}`, where: whereOf(file.path) },
    advice: { 'env-file-committed': adviceFor(holds, name) },
  }];
}

function settingIn(text: string): Setting | undefined {
  const { name, value } = line.exec(text.length > 4_000 ? text.slice(0, 4_000) : text)?.groups ?? {};
  // Here: perhaps a line of a key in base64, whose end looks like a sign of equality.
  if (name === undefined || value === undefined || /^=*\s*$/.test(value) || isRandom(name)) return undefined;
  const quoted = /^(["'`])(.*?)\1/.exec(value)?.[2];
  return { name, value: (quoted ?? value.replace(/(?:^|\s)#.*$/, '')).trim() };
}

async function whatItHolds(file: TextFile, settings: readonly Setting[]): Promise<'secrets' | 'settings' | 'harmless'> {
  const secrets = await secret.recogniseText(file);
  if (secrets.some(({ attributes: { strength, local } }) => strength !== 'guessable' && !local)) return 'secrets';
  return secrets.length === 0 && settings.every(isHarmless) ? 'harmless' : 'settings';
}

/** What tells nobody anything: numbers, switches, addresses of this machine, and what is built into pages for browsers. */
const harmless = /^(?:\d{1,9}(?:ms|s|m|h|d|k|mb|gb)?|true|false|yes|no|on|off|development|production|staging|test|local|debug|info|warn|error|silent|trace|verbose|\.{0,2}\/[\w./-]{0,200}|(?:https?|wss?|redis):\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::\d{1,5})?(?:\/[\w./-]{0,200})?|localhost|127\.0\.0\.1|0\.0\.0\.0|::1?|\*)$/i;

function isHarmless({ name, value }: Setting): boolean {
  return harmless.test(value) || isSentToBrowsers(name.toLowerCase().split('_')) || /^(?:GATSBY|STORYBOOK|ASTRO_PUBLIC|GENERATE_SOURCEMAP|SKIP_PREFLIGHT_CHECK|BROWSER|NODE_OPTIONS)/.test(name);
}

function adviceFor(holds: 'secrets' | 'settings' | 'harmless', name: string): string {
  const keep = `take \`${name}\` out again (\`git rm --cached\`), let \`.gitignore\` keep it out, and show in \`.env.example\` which names are needed.`;
  return holds === 'secrets' ? `Treat what it holds as public from the first push on and rotate it; then ${keep}` : `Before the first secret goes into it: ${keep}`;
}

// --- What keeps them out ----------------------------------------------------------------------------------------------------

/** The files that are asked about: the one that nearly everybody has, and the one that is only ever meant for one machine. */
const asked = ['.env', '.env.local'];

/** The lines that decide that files of settings are ignored. They are no trouble; that they go would be. */
function keptOut(text: string): TextRecognition<EnvFileAttributes>[] {
  return asked.flatMap((file) => {
    let decides: { start: number; end: number } | undefined;
    let at = 0;
    for (const written of text.split('\n', mostLines)) {
      const pattern = written.trim();
      const isBack = pattern.startsWith('!');
      if (pattern !== '' && !pattern.startsWith('#') && pattern.length <= 200 && fits(pattern.replace(/^!/, '').replace(/^(?:\*\*\/|\/)/, ''), file)) {
        decides = isBack ? undefined : { start: at, end: at + written.trimEnd().length };
      }
      at += written.length + 1;
    }
    if (!decides) return [];
    return [{
      ...decides,
      about: 'file' as const,
      countsWhenGone: true as const,
      group: 'ignored',
      identity: `ignores ${file}`,
      attributes: { state: 'ignored' as const, holds: undefined, file, tells: 'is no longer ignored by git', where: 'config' as const },
      advice: { 'env-file-committed': `Leave \`${file}\` in \`.gitignore\`; to share a file with placeholders, let \`!.env.example\` follow it.` },
    }];
  });
}

/** Whether a pattern of `.gitignore` fits a name: `*` stands for anything, `?` for one character. Linear in practice, bounded by both lengths. */
function fits(pattern: string, name: string): boolean {
  let [at, from, star, mark] = [0, 0, -1, 0];
  while (at < name.length) {
    if (pattern[from] === '*') [star, mark, from] = [from, at, from + 1];
    else if (from < pattern.length && (pattern[from] === '?' || pattern[from] === name[at])) [at, from] = [at + 1, from + 1];
    else if (star >= 0) [from, mark, at] = [star + 1, mark + 1, mark + 1];
    else return false;
  }
  while (pattern[from] === '*') from += 1;
  return from === pattern.length;
}
