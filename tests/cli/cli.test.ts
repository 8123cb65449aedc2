import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newFolder, newRepository } from '../workspace/repository.ts';

type Ran = { code: number; out: string; err: string };

let clone: string;

// Once for all tests: the bundle as it is shipped, beside its examples, in a folder without any package.
beforeAll(async () => {
  clone = mkdtempSync(join(tmpdir(), 'once-bitten-clone-'));
  const { bundle } = (await import(new URL('../../scripts/bundle.mjs', import.meta.url).href)) as { bundle: (folder: string, doors: string[]) => Promise<unknown> };
  await bundle(join(clone, 'dist'), ['src/cli.ts']);
  cpSync('examples', join(clone, 'examples'), { recursive: true });
  writeFileSync(join(clone, 'package.json'), '{ "type": "module" }\n');
}, 120_000);

afterAll(() => rmSync(clone, { recursive: true, force: true }));

/** Runs the bundle as `node dist/cli.js …` in a folder. */
function cli(argv: readonly string[], { cwd = clone, env = {} }: { cwd?: string; env?: Record<string, string> } = {}): Promise<Ran> {
  return new Promise((done) => {
    execFile(process.execPath, [join(clone, 'dist/cli.js'), ...argv], { cwd, env: { ...process.env, NO_COLOR: '', FORCE_COLOR: '', ...env }, maxBuffer: 2 ** 26 }, (error, out, err) => {
      done({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

describe('the bundle by itself', () => {
  test('help, of the program and of a command', async () => {
    const { code, out, err } = await cli(['--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('once-bitten COMMAND [options]');
    expect((await cli(['scan', '--help'])).out).toContain('a file or folder of the repository, never a pattern');
  });

  test('the version of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(await cli(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  test('the demo needs no git, no package and no network', async () => {
    const { code, out, err } = await cli(['demo'], { env: { PATH: '/nowhere' } });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('`loadLines` goes to the database once for every `order` of `sold`.');
    expect(out).toContain('node dist/cli.js review --repo PATH');
  });

  test('colours where they are forced', async () => {
    expect((await cli(['words'], { env: { FORCE_COLOR: '1' } })).out).toContain('\u001b[1m');
    expect((await cli(['words'])).out).not.toContain('\u001b');
  });

  test('a scan of a repository, by names relative to where it is called', async () => {
    const { folder, write, commit } = newRepository();
    write('package.json', '{ "dependencies": { "@prisma/client": "^6.0.0" } }');
    write('src/a.ts', 'import { PrismaClient } from "@prisma/client";\nconst prisma = new PrismaClient();\nexport const all = () => prisma.user.findMany();\n');
    commit();
    const { code, out } = await cli(['scan', '--format', 'json', '--output', 'out/report.json', 'src'], { cwd: folder });
    expect({ code, out }).toEqual({ code: 0, out: '' });
    const report = JSON.parse(readFileSync(join(folder, 'out/report.json'), 'utf8')) as { findings: { lesson: string; line: number }[] };
    expect(report.findings.map(({ lesson, line }) => `${lesson} ${line}`)).toEqual(['missing-limit 3']);
  });
});

describe('exit codes', () => {
  test('2 for a mistake of usage, with the nearest right spelling', async () => {
    expect(await cli(['reviw'])).toEqual({ code: 2, out: '', err: 'there is no command "reviw"\n   did you mean "review"?\n' });
  });

  test('3 where git is not found', async () => {
    const { code, err } = await cli(['review'], { env: { PATH: '/nowhere' } });
    expect(code).toBe(3);
    expect(err).toBe('git was not found on this machine.\n   Install git, or add its folder to PATH.\n');
  });
});

describe('our own failure', () => {
  // A folder without the chunk of a command is the nearest thing to a bug that can be had from outside.
  const damaged = (): string => {
    const folder = newFolder();
    cpSync(join(clone, 'dist'), join(folder, 'dist'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
    rmSync(join(folder, 'dist/chunks'), { recursive: true });
    cpSync(join(clone, 'dist/chunks'), join(folder, 'dist/chunks'), { recursive: true, filter: (source) => !/[\\/]words-[^\\/]*$/.test(source) });
    return folder;
  };

  test('is one sentence and a next step, never a line of the bundle, and ends with 3', async () => {
    const folder = damaged();
    const { code, out, err } = await new Promise<Ran>((done) => execFile(process.execPath, [join(folder, 'dist/cli.js'), 'words'], (error, stdout, stderr) => done({ code: Number(error?.code ?? 0), out: stdout, err: stderr })));
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(/^Once Bitten failed on its own account: Cannot find module [^\n]*\n {3}Please report it; [^\n]*ONCE_BITTEN_DEBUG=1[^\n]*\n$/);
  });

  test('with its stack for whoever asks', async () => {
    const folder = damaged();
    const err = await new Promise<string>((done) => execFile(process.execPath, [join(folder, 'dist/cli.js'), 'words'], { env: { ...process.env, ONCE_BITTEN_DEBUG: '1' } }, (_error, _out, stderr) => done(stderr)));
    expect(err).toMatch(/\n {4}at /);
  });
});

test('whoever stops reading early is no failure', async () => {
  const child = spawn(process.execPath, [join(clone, 'dist/cli.js'), 'words'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let err = '';
  child.stderr.on('data', (piece) => (err += piece));
  child.stdout.destroy();
  const code = await new Promise((done) => child.on('close', done));
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test('help loads neither the compiler nor the vocabulary: less than 60 kB of code', async () => {
  const probe = `import { registerHooks } from 'node:module'; import { statSync } from 'node:fs'; let bytes = 0;
    registerHooks({ load(url, context, next) { if (url.startsWith('file:')) bytes += statSync(new URL(url)).size; return next(url, context); } });
    process.on('exit', () => console.error(bytes));`;
  const file = join(newFolder(), 'probe.mjs');
  writeFileSync(file, probe);
  const { err } = await new Promise<Ran>((done) => execFile(process.execPath, ['--import', file, join(clone, 'dist/cli.js'), '--help'], (error, out, stderr) => done({ code: Number(error?.code ?? 0), out, err: stderr })));
  expect(Number(err)).toBeGreaterThan(1_000);
  expect(Number(err)).toBeLessThan(60_000);
});
