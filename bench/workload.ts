import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtInLessons } from '../src/commands/lessons-in-force.ts';
import { teamCards } from './cards.ts';
import type { Task } from './measure.ts';
import { mixedFiles } from './mixed-files.ts';
import { makeRepository } from './repository.ts';
import { edited, serviceCode, type Files } from './service-code.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
/** The built command line, which is what is measured. */
export const cli = path.join(root, 'dist/cli.js');
if (!fs.existsSync(cli)) throw new Error('dist/cli.js is not there: run `npm run build` first');

/** The lessons that the first form of Once Bitten came with. */
const firstLessons = ['n-plus-one', 'missing-limit', 'secret-in-code', 'no-validation', 'sql-injection'];
export const filesInChange = 50;
export const [fewFiles, manyFiles, scannedFiles, filesOfAnyKind] = [200, 20_000, 3_500, 1_000];

export type Tasks = Record<'parse' | 'first' | 'all' | 'empty' | 'documents' | 'tenCards' | 'manyCards' | 'large' | 'linter' | 'secrets' | 'secretlint', Task>;

/** Makes the repositories in a folder, and says what is to be run on them. Without the linter its task is an empty process. */
export function prepare(folder: string): { tasks: Tasks; hasLinter: boolean } {
  const code = { ...surroundings, ...serviceCode(fewFiles - Object.keys(surroundings).length) };
  const before = changedOnes(code);
  const after = edited(before);
  const sides = { base: path.join(folder, 'sides/base'), head: path.join(folder, 'sides/head') };
  writeFiles(sides.base, before);
  writeFiles(sides.head, after);
  const onlyFirst = { '.github/once-bitten.yml': settingsFor(firstLessons) };
  const small = makeRepository(path.join(folder, 'small.git'), [
    { name: 'all', base: code, head: after },
    { name: 'first', base: { ...code, ...onlyFirst }, head: after },
    { name: 'ten', base: { ...code, ...teamCards(10) }, head: after },
    { name: 'hundred', base: { ...code, ...teamCards(100) }, head: after },
    { name: 'documents', base: { ...code, ...documentsBefore }, head: documentsAfter },
  ]);
  const large = makeRepository(path.join(folder, 'large.git'), [{ name: 'all', base: { ...code, ...others(manyFiles - fewFiles) }, head: after }]);
  const mixed = mixedFiles(filesOfAnyKind);
  const mixedFolder = path.join(folder, 'mixed');
  writeFiles(mixedFolder, mixed);
  const added = makeRepository(path.join(folder, 'mixed.git'), [{ name: 'mixed', base: { '.github/once-bitten.yml': settingsFor(['secret-in-code']) }, head: mixed }]);
  const empty = path.join(folder, 'empty.mjs');
  fs.writeFileSync(empty, '');
  const linter = path.join(root, 'bench/eslint/lint.mjs');
  return {
    hasLinter: fs.existsSync(path.join(root, 'bench/eslint/node_modules')),
    tasks: {
      parse: { name: 'parsing alone', args: [path.join(root, 'bench/parse-only.mjs'), sides.base, sides.head] },
      first: review('first lessons', small, 'first'),
      all: review('all lessons', small, 'all'),
      empty: { name: 'an empty process', args: [empty] },
      documents: review('a change of documents', small, 'documents'),
      tenCards: review('10 cards', small, 'ten'),
      manyCards: review('100 cards', small, 'hundred'),
      large: review('a large repository', large, 'all'),
      secrets: review('files of any kind, for secrets', added, 'mixed'),
      secretlint: { name: 'secretlint', args: [path.join(root, 'bench/secretlint-only.mjs'), mixedFolder] },
      linter: fs.existsSync(path.join(root, 'bench/eslint/node_modules')) ? { name: 'ESLint', args: [linter, sides.base, sides.head] } : { name: 'no linter', args: [empty] },
    },
  };
}

/** A look at whole files, many more than one pull request has. */
export function wideScan(folder: string, files = scannedFiles): Task {
  const repository = makeRepository(path.join(folder, 'wide.git'), [{ name: 'all', base: { ...surroundings, ...serviceCode(files) }, head: {} }]);
  return { name: `a scan of ${files} files`, args: [cli, 'scan', '--repo', repository, '--head', 'all-base', '--format', 'json'] };
}

function review(name: string, repository: string, branch: string): Task {
  return { name, args: [cli, 'review', '--repo', repository, '--base', `${branch}-base`, '--head', `${branch}-head`, '--format', 'json'] };
}

/** Every fourth module, so that the change is spread over many domains, and much of what it leans on stays as it is. */
function changedOnes(code: Files): Files {
  const modules = Object.entries(code).filter(([file]) => file.startsWith('src/') && !file.startsWith('src/shared/'));
  const chosen = modules.filter((_, index) => index % 4 === (index >> 3) % 4).slice(0, filesInChange);
  const rest = modules.filter((entry) => !chosen.includes(entry));
  return Object.fromEntries([...chosen, ...rest.slice(0, filesInChange - chosen.length)]);
}

/** Files that the change does not lead to, in many packages beside it. */
function others(count: number): Files {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => {
    const folder = `packages/part-${Math.floor(index / 100)}`;
    return index % 100 === 0
      ? [`${folder}/package.json`, `{ "name": "@acme/part-${index / 100}", "version": "1.0.0" }\n`]
      : [`${folder}/src/piece-${index % 100}.ts`, `import { base } from './piece-${Math.max(1, (index % 100) - 1)}';\n\nexport const name${index} = 'piece ${index}';\n\nexport function piece${index}(value: number): number {\n  return base(value) + ${index};\n}\n`];
  }));
}

const surroundings: Files = {
  'package.json': `${JSON.stringify({ name: 'acme', private: true, workspaces: ['packages/*'], dependencies: Object.fromEntries(['express', '@prisma/client', 'typeorm', '@nestjs/common', '@nestjs/typeorm', '@nestjs/swagger', '@nestjs/event-emitter', 'class-validator', 'zod', 'pino'].map((name) => [name, '*'])) }, null, 2)}\n`,
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "nodenext", "experimentalDecorators": true, "paths": { "@/*": ["./src/*"] } } }\n',
  'src/shared/logger.ts': "import pino from 'pino';\n\nexport const logger = pino({ level: process.env.LOG_LEVEL ?? 'info' });\n",
  'src/shared/errors.ts': "export class NotFound extends Error {\n  constructor(what: string, id: string) {\n    super(`${what} ${id} was not found`);\n  }\n}\n",
  'src/shared/actor.ts': 'export type Actor = { id: string; roles: readonly string[] };\n',
  'src/shared/session.ts': "import type { NextFunction, Request, Response } from 'express';\n\nexport type User = { id: string };\n\nexport function requireUser(req: Request, res: Response, next: NextFunction): void {\n  if (!(req as { user?: User }).user) {\n    res.sendStatus(401);\n    return;\n  }\n  next();\n}\n",
};

const documentsBefore: Files = {
  'README.md': '# Acme\n\nWhat we sell.\n', 'docs/setup.md': '# Setup\n\nInstall it.\n', 'deploy/service.yaml': 'replicas: 2\nimage: acme:1\n', Dockerfile: 'FROM node:24\nCOPY . .\n', 'styles/site.css': 'body { margin: 0 }\n',
};
const documentsAfter: Files = {
  'README.md': '# Acme\n\nWhat we sell, and to whom.\n', 'docs/setup.md': '# Setup\n\nInstall it with care.\n', 'deploy/service.yaml': 'replicas: 3\nimage: acme:2\n', Dockerfile: 'FROM node:24\nWORKDIR /app\nCOPY . .\n', 'styles/site.css': 'body { margin: 0; padding: 0 }\n',
};

/** Settings under which only these lessons speak. */
function settingsFor(ids: readonly string[]): string {
  return `lessons:\n${builtInLessons.filter(({ id }) => !ids.includes(id)).map(({ id }) => `  ${id}: off\n`).join('')}`;
}

function writeFiles(folder: string, files: Files): void {
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  }
}
