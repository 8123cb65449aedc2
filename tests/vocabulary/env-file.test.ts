import { describe, expect, test } from 'vitest';
import { review } from '../../src/review.ts';
import { envFile } from '../../src/vocabulary/env-file.ts';
import { changeBetween } from '../change-between.ts';
import { inMemory, type Files } from '../in-memory.ts';
import { builtInLesson } from '../samples.ts';
import { made } from './secret/recognised.ts';

/** What a file is recognised as, such as `committed secrets 2`: its state, what it holds, and the line. */
async function seen(path: string, text: string): Promise<string[]> {
  const found = await envFile.recogniseText({ path, text, generated: false, tree: () => undefined });
  return found.map(({ start, attributes: { state, holds, file } }) => [state, holds ?? file, text.slice(0, start).split('\n').length].join(' '));
}

describe('a committed file', () => {
  test.for<[string, string, string, string[]]>([
    ['what opens something', '.env', `# ours\nPORT=3000\nAPI_KEY=${made(32)}\n`, ['committed secrets 2']],
    ['in a folder, for one environment', 'apps/orders/.env.production', 'MAIL_HOST=mail.acme.org\n', ['committed settings 1']],
    ['named for what it serves', 'deploy/orders.env', 'export MAIL_HOST="mail.acme.org"\n', ['committed settings 1']],
    ['a password of this machine', '.env.local', 'DATABASE_URL=postgres://orders:orders@localhost:5432/orders\n', ['committed settings 1']],
    ['what tells nobody anything', '.env', 'NODE_ENV=development\nPORT=3000\nAPI=http://localhost:4000/api\nNEXT_PUBLIC_SITE=https://acme.org\nDEBUG=true\n', ['committed harmless 1']],
    ['for tests', '.env.test', 'MAIL_HOST=mail.acme.org\n', ['committed settings 1']],
    ['placeholders', '.env', 'API_KEY=your-api-key\nSECRET=<secret>\nPASSWORD=\nTOKEN=${TOKEN}\nKEY=xxxxxxxx\n', []],
    ['names only', '.env', '# API_KEY=\n', []],
    ['an example', '.env.example', `API_KEY=${made(32)}\n`, []],
    ['a sample in a folder', 'config/.env.sample', 'MAIL_HOST=mail.acme.org\n', []],
    ['a template', '.env.template', 'MAIL_HOST=mail.acme.org\n', []],
    ['for one environment, as an example', '.env.production.example', 'MAIL_HOST=mail.acme.org\n', []],
    ['in a folder of examples', 'examples/shop/.env', 'MAIL_HOST=mail.acme.org\n', []],
    ['encrypted', '.env', `DOTENV_PUBLIC_KEY="${made(66)}"\nMAIL_HOST="encrypted:${made(60)}"\n`, []],
    ['a lock of the same name', '.env.vault', `DOTENV_VAULT=${made(60)}\n`, []],
    ['code about it', 'src/env.ts', 'MAIL_HOST=1\n', []],
    ['a folder of that name', '.env/config.yml', 'MAIL_HOST=mail.acme.org\n', []],
  ])('%s', async ([, path, text, expected]) => {
    expect(await seen(path, text)).toEqual(expected);
  });

  test('a line of a key is no name, and is not told', async () => {
    const body = made(63);
    const found = await envFile.recogniseText({ path: '.env', text: `KEY="-----BEGIN KEY-----\n${body}=\n${body}==\n"\nMAIL_HOST=mail.acme.org\n`, generated: false, tree: () => undefined });
    expect(JSON.stringify(found)).not.toContain(body.slice(0, 8));
  });
});

describe('what keeps it out', () => {
  test.for<[string, string, string[]]>([
    ['by its name', 'dist\n.env\n', ['ignored .env 2']],
    ['at the top, and below', '/.env\n**/.env.local\n', ['ignored .env 1', 'ignored .env.local 2']],
    ['by a pattern', '.env*\n!.env.example\n', ['ignored .env 1', 'ignored .env.local 1']],
    ['by another pattern', '*.env\n.env.*\n', ['ignored .env 1', 'ignored .env.local 2']],
    ['taken back', '.env\n!.env\n', []],
    ['a remark', '# .env\n', []],
    ['another file', '.environment\nconfig/.env\n.env.example\n', []],
  ])('%s', async ([, text, expected]) => {
    expect(await seen('.gitignore', text)).toEqual(expected);
  });

  test('only at the top of the repository', async () => {
    expect(await seen('packages/orders/.gitignore', '.env\n')).toEqual([]);
  });
});

describe('env-file-committed', () => {
  /** What the lesson says of a change, as `path:line severity`. */
  async function said(base: Files, head: Files): Promise<string[]> {
    const { findings } = await review({
      reader: inMemory({ base, head }), subject: { change: changeBetween(base, head) }, lessons: [builtInLesson('env-file-committed')], ignore: [], waivers: true, today: '2026-06-01', clock: () => 0,
    });
    return findings.map(({ path, line, severity, message }) => `${path}:${line} ${severity} ${message}`);
  }
  const settings = 'MAIL_HOST=mail.acme.org\nMAIL_USER=orders\n';

  test('is added, renamed to what counts, or no longer ignored', async () => {
    expect(await said({}, { '.env': settings })).toEqual(['.env:1 warn `.env` brings values into the repository: MAIL_HOST and 1 more.']);
    expect(await said({}, { '.env': `SESSION_SECRET=${made(40)}\n` })).toEqual(['.env:1 block `.env` brings a value into the repository: SESSION_SECRET.']);
    expect(await said({ '.env.example': settings }, { '.env': settings })).toEqual(['.env:1 warn `.env` brings values into the repository: MAIL_HOST and 1 more.']);
    expect(await said({ '.gitignore': 'a\n.env\nb\n' }, { '.gitignore': 'a\nb\n' })).toEqual(['.gitignore:2 warn `.env` is no longer ignored by git.']);
    expect(await said({ '.gitignore': '.env*\n' }, { '.gitignore': '.env*.local\n' })).toEqual(['.gitignore:1 warn `.env` is no longer ignored by git.']);
    expect(await said({ '.gitignore': '.env*\n', a: '1\n' }, { a: '2\n' })).toEqual(['.gitignore:1 warn `.env` is no longer ignored by git.']);
  });

  test('is silent about what was there before', async () => {
    expect(await said({ '.env': settings }, { '.env': `FIRST=mail.example.net\n${settings}` })).toEqual([]);
    expect(await said({ '.env': settings }, { '.env': settings.replace('MAIL_HOST', 'SMTP_HOST') })).toEqual([]);
    expect(await said({ '.env': settings }, { 'apps/orders/.env': settings })).toEqual([]);
    expect(await said({ '.env': settings }, {})).toEqual([]);
    expect(await said({ '.gitignore': '.env\n' }, { '.gitignore': '.env*\n!.env.example\n' })).toEqual([]);
    expect(await said({ '.gitignore': '.env*.local\n' }, { '.gitignore': '.env*\n' })).toEqual([]);
    expect(await said({}, { '.gitignore': 'node_modules\n' })).toEqual([]);
  });
});
