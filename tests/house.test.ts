import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { printedDocuments } from '../scripts/print-docs.ts';
import { bundleInto, filesIn, inTemporaryFolder, type Bundled } from '../scripts/dist.ts';
import { builtInLessons } from '../src/commands/lessons-in-force.ts';
import { libraries } from '../src/libraries/index.ts';
import type { Library } from '../src/libraries/library.ts';
import { jsonSchemas, printSchema } from '../src/lessons/json-schemas.ts';
import { compileLessons } from '../src/matching/compile-lessons.ts';
import { vocabulary } from '../src/vocabulary/index.ts';
import { importsOf, type Import } from './imports.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8');
const sources = filesIn(path.join(root, 'src')).filter((file) => file.endsWith('.ts')).map((file) => `src/${file}`);

/** Every file of the clone that git would keep, committed or not yet. */
const kept = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\0').filter((file) => file !== '' && fs.existsSync(path.join(root, file)));

describe('imports point one way', () => {
  /**
   * What each room may import besides itself. A room is a folder of `src`, or one of the files beside them. `commands` and
   * `action` are what stands behind the two doors; only there a review meets its reports, disk, git and GitHub.
   */
  const mayImport: Readonly<Record<string, readonly string[]>> = {
    model: [],
    fault: [],
    change: ['model', 'fault'],
    libraries: [],
    code: ['change', 'model'],
    recognition: ['code', 'libraries', 'model'],
    vocabulary: ['recognition', 'code', 'libraries', 'model'],
    lessons: ['model', 'fault'],
    matching: ['vocabulary', 'recognition', 'lessons', 'code', 'libraries', 'change', 'model', 'fault'],
    review: ['matching', 'vocabulary', 'lessons', 'code', 'change', 'model', 'fault'],
    reports: ['model'],
    workspace: ['change', 'model', 'fault'],
    github: ['change', 'model', 'fault'],
    arguments: ['lessons', 'fault'],
    commands: ['arguments', 'review', 'reports', 'workspace', 'matching', 'vocabulary', 'lessons', 'code', 'change', 'model', 'fault'],
    action: ['commands', 'github', 'review', 'reports', 'workspace', 'matching', 'vocabulary', 'lessons', 'code', 'change', 'model', 'fault'],
    cli: ['commands', 'model', 'fault'],
  };
  const readersOfCode = ['code', 'recognition', 'vocabulary', 'matching'];
  /** `src/action.ts` is the door of the room `src/action`. */
  const roomOf = (file: string): string => /^src\/([^/.]+)/.exec(file)?.[1] ?? file;

  let imports: Map<string, Import[]>;
  beforeAll(() => {
    imports = new Map(sources.map((file) => [file, importsOf(file, read(file))]));
  });
  const all = (): { file: string; each: Import }[] => sources.flatMap((file) => imports.get(file)!.map((each) => ({ file, each })));

  test('each room imports only what stands below it', () => {
    const wrong = all().flatMap(({ file, each }) => {
      if (!each.path?.startsWith('src/')) return [];
      const [from, to] = [roomOf(file), roomOf(each.path)];
      return from === to || mayImport[from]?.includes(to) ? [] : [`${file} imports ${each.path}: ${from} may not know ${to}`];
    });
    expect(wrong).toEqual([]);
  });

  test('every room has its place in the picture, and the page of architecture names it', () => {
    const rooms = new Set(sources.map(roomOf));
    expect([...rooms].sort()).toEqual(Object.keys(mayImport).sort());
    expect([...rooms].filter((room) => !new RegExp(`\\b${room}\\b`).test(read('ARCHITECTURE.md')))).toEqual([]);
  });

  test('no file imports itself over others', () => {
    const within = new Map(sources.map((file) => [file, imports.get(file)!.flatMap((each) => (each.isType || !each.path ? [] : [each.path]))]));
    expect(cyclesIn(within)).toEqual([]);
  });

  test('disk, processes, network and environment stay with the doors', () => {
    const outside = new Set(['commands', 'action', 'cli', 'workspace', 'github']);
    const inside = all().filter(({ file, each }) => !outside.has(roomOf(file)) && each.specifier.startsWith('node:'));
    // Hashes and paths are text in, text out.
    expect(inside.filter(({ each }) => !['node:crypto', 'node:path/posix'].includes(each.specifier)).map(({ file, each }) => `${file} imports ${each.specifier}`)).toEqual([]);
    const asking = sources.filter((file) => !outside.has(roomOf(file)) && /\bprocess\.(?:env|argv|cwd|std)|\b(?:await|return|=) fetch\(/.test(withoutCommentsAndTexts(read(file))));
    expect(asking).toEqual([]);
  });

  test('each package from outside is known to the room that needs it, and to no other', () => {
    const homes: Readonly<Record<string, readonly string[]>> = {
      '@actions/core': ['action'], '@actions/github': ['action', 'github'], '@octokit/rest': ['github'], '@octokit/plugin-retry': ['github'], '@octokit/plugin-throttling': ['github'], 'tar-stream': ['github'],
      'ts-morph': readersOfCode, 'js-yaml': ['lessons'], zod: ['lessons'], picomatch: ['lessons'], re2js: ['lessons', 'matching'],
      '@secretlint/core': ['vocabulary'], '@secretlint/secretlint-rule-preset-recommend': ['vocabulary'], '@secretlint/types': ['vocabulary'],
    };
    const wrong = all().flatMap(({ file, each }) => {
      if (each.package === undefined) return [];
      return homes[each.package]?.includes(roomOf(file)) ? [] : [`${file} imports ${each.specifier}`];
    });
    expect(wrong).toEqual([]);
  });

  test('nodes of the compiler stay with those who read code', () => {
    const strangers = all().filter(({ file, each }) => each.path === 'src/code/compiler.ts' && !readersOfCode.includes(roomOf(file)));
    // The desk opens the compiler and hands trees from one reader to the next.
    expect(strangers.map(({ file }) => file).filter((file) => file !== 'src/review/desk.ts')).toEqual([]);
  });

  test('the compiler is loaded in one place, and only when it is needed', () => {
    const loading = all().filter(({ each }) => !each.isType && /^(?:ts-morph|@ts-morph\/.*|typescript)$/.test(each.package ?? ''));
    expect(loading.map(({ file, each }) => [file, each.isDynamic ? 'when needed' : 'at once'])).toEqual([['src/code/compiler.ts', 'when needed']]);
  });

  test('every file is used', () => {
    const used = new Set<string>();
    const starts = kept.filter((file) => /^scripts\/.*\.ts$/.test(file));
    const open = ['src/cli.ts', 'src/action.ts', ...starts.flatMap((file) => importsOf(file, read(file)).flatMap((each) => each.path ?? []))];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (used.has(file)) continue;
      used.add(file);
      open.push(...(imports.get(file) ?? []).flatMap((each) => each.path ?? []));
    }
    expect(sources.filter((file) => !used.has(file))).toEqual([]);
  });
});

describe('lists and folders agree', () => {
  test('every word has its file, its line in the list and its test', () => {
    const files = filesDirectlyIn('src/vocabulary').filter((file) => file !== 'index' && file !== 'word');
    expect(vocabulary.map((word) => word.name).sort()).toEqual(files);
    // A word with parts in a folder of its own may have its tests there.
    expect(files.filter((name) => !kept.some((file) => new RegExp(`^tests/vocabulary/${name}(?:/.+)?\\.test\\.ts$`).test(file)))).toEqual([]);
  });

  test('every word says what it sees and what it is blind to, and explains its attributes', () => {
    for (const word of vocabulary) {
      for (const text of [word.summary, word.sees, word.blindTo, ...Object.values(word.attributes).map(({ means }) => means)]) expect(text.trim(), word.name).toMatch(/\w{2}/);
    }
  });

  test('every library is in the list, and has its test', async () => {
    const modules = await Promise.all(filesDirectlyIn('src/libraries').map((name) => import(`../src/libraries/${name}.ts`) as Promise<Record<string, unknown>>));
    const described = modules.flatMap((module) => Object.values(module)).filter(isLibrary);
    expect(described.map(({ name }) => name).sort()).toEqual(libraries.map(({ name }) => name).sort());
    expect(libraries.map(({ name }) => name).filter((name) => !fs.existsSync(path.join(root, `tests/libraries/${name}.test.ts`)))).toEqual([]);
  });

  test('every test stands in the room of its subject', () => {
    const rooms = new Set([...sources.map((file) => path.dirname(file).replace('src', 'tests')), ...fs.readdirSync(root).map((name) => `tests/${name}`), 'tests/cli']);
    expect(kept.filter((file) => /^tests\/.*\.test\.ts$/.test(file) && !rooms.has(path.dirname(file)))).toEqual([]);
  });
});

describe('cards', () => {
  const files = fs.readdirSync(path.join(root, 'lessons')).filter((name) => name.endsWith('.yml')).sort();

  test('are all compiled, each under the name of its file', () => {
    expect(builtInLessons.map(({ id }) => `${id}.yml`)).toEqual(files);
  });

  test.for(files)('%s leads editors to the schema, and shows bad and good examples', (file, { expect: here }) => {
    here(read(`lessons/${file}`).split('\n', 1)).toEqual(['# yaml-language-server: $schema=../schema/lesson.schema.json']);
    const { examples, detect } = builtInLessons.find(({ id }) => `${id}.yml` === file)!;
    if (!detect) return;
    here(examples.bad.length).toBeGreaterThan(0);
    here(examples.good.length).toBeGreaterThan(0);
  });
});

describe('what is written from something else is fresh', () => {
  test('src/lessons/built-in.json holds the cards as they are, and each bites (else: npm run lessons)', async () => {
    const names = fs.readdirSync(path.join(root, 'lessons')).filter((name) => name.endsWith('.yml')).sort();
    const { lessons, faults } = await compileLessons(names.map((name) => ({ file: `lessons/${name}`, text: read(`lessons/${name}`) })));
    expect(faults.map(({ code, message, at }) => ({ code, message, at }))).toEqual([]);
    const compiled = new Map((JSON.parse(read('src/lessons/built-in.json')) as { id: string }[]).map((lesson) => [lesson.id, JSON.stringify(lesson)]));
    expect(lessons.filter((lesson) => compiled.get(lesson.id) !== JSON.stringify(lesson)).map(({ id }) => `${id} is not compiled as it stands`)).toEqual([]);
    expect([...compiled.keys()]).toEqual(lessons.map(({ id }) => id));
  });

  test.for(Object.entries(jsonSchemas()))('schema/%s is what the check says (else: npm run schema)', ([file, schema], { expect: here }) => {
    here(read(`schema/${file}`)).toBe(printSchema(schema));
  });

  test('documents say what the code says (else: npm run docs)', async () => {
    for (const [file, text] of await printedDocuments()) expect(read(file), file).toBe(text);
  });
});

describe('the bundle', () => {
  let bundled: Bundled;
  let files: Map<string, string>;
  beforeAll(async () => {
    await inTemporaryFolder(async (folder) => {
      bundled = await bundleInto(folder);
      files = new Map(filesIn(folder).map((file) => [file, fs.readFileSync(path.join(folder, file), 'utf8')]));
    });
  }, 120_000);

  test.for(['src/cli.ts', 'src/commands/review.ts', 'src/commands/scan.ts', 'src/action.ts'])('%s starts without the compiler, secretlint, YAML and zod', (door, { expect: here }) => {
    const start = Object.keys(bundled.outputs).find((file) => bundled.outputs[file]!.entryPoint === door)!;
    const loaded = [...loadedAtOnce(start)].flatMap((file) => Object.keys(bundled.outputs[file]!.inputs));
    here(loaded).toContain(door);
    here(packagesIn(loaded).filter((name) => /^(?:ts-morph|@ts-morph\/common|typescript|@secretlint\/.*|js-yaml|zod)$/.test(name))).toEqual([]);
  });

  test('its compiler, cut down to what is asked of it, reads code as the whole one does', async () => {
    const whole = (await import('ts-morph')).ts;
    const cut = await inTemporaryFolder((folder) => {
      put(path.join(folder, 'compiler.cjs'), files.get('compiler.cjs')!);
      return createRequire(import.meta.url)(path.join(folder, 'compiler.cjs')) as typeof whole;
    });
    const asked = kept.filter((file) => /^src\/.*\.ts$/.test(file)).flatMap((file) => [...read(file).matchAll(/\bts\.(\w+)/g)].map(([, name]) => name as keyof typeof whole));
    expect(asked.filter((name) => name in whole && typeof cut[name] !== typeof whole[name])).toEqual([]);

    const texts: [path: string, text: string][] = [
      ...kept.filter((file) => /^(?:src\/(?:code|review)|tests\/code|scripts)\/.*\.m?[jt]s$/.test(file)).map((file): [string, string] => [file, read(file)]),
      ['documented.js', '/** Adds.\n * @param {number} a @param {?string} [b]\n * @returns {Promise<number[]>} both */\nexports.add = async (a, b) => [a, +b];\n'],
      ['page.tsx', 'export const Page = ({ of }: Props) => <main title="x">{of.map((each) => <Row key={each.id} {...each} />)}</main>;\n'],
      ['decorated.ts', '@Entity() abstract class A<T extends keyof B> { @Column({ type: `text` }) declare #a?: T; static { A.n ??= 0n; } get [x](): unknown { return /a[/]b/gu; } }\n'],
      ['broken.ts', 'function (a, { b: [c }) {\n  for (const x of await y) z(`${a`;\n  return class extends ;\n'],
    ];
    const dump = (ts: typeof whole, file: string, text: string): unknown[] => {
      const mode = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseAll };
      const tree = ts.createSourceFile(file, text, mode, true);
      const seen: unknown[] = (tree as unknown as { parseDiagnostics: { messageText: unknown; start: number }[] }).parseDiagnostics.map(({ messageText, start }) => [messageText, start]);
      const visit = (node: import('ts-morph').ts.Node): void => {
        const type = ts.getJSDocType(node) ?? ts.getJSDocReturnType(node);
        seen.push([node.kind, node.pos, node.getStart(tree), node.end, node.getText(tree), node.getChildren(tree).map(({ kind, pos }) => [kind, pos]), type?.getText(tree)]);
        ts.forEachChild(node, visit);
      };
      visit(tree);
      return seen;
    };
    expect(texts.length).toBeGreaterThan(15);
    for (const [file, text] of texts) expect(dump(cut, file, text), file).toEqual(dump(whole, file, text));
  }, 120_000);

  test('names no folder of this machine', () => {
    const own = path.resolve(root);
    expect([...files].filter(([, text]) => text.includes(`${own}/`) || text.includes(`file://${own}`)).map(([file]) => file)).toEqual([]);
  });

  test('brings the licence of every package in it', () => {
    const packages = packagesIn(Object.values(bundled.outputs).flatMap((output) => Object.keys(output.inputs)));
    expect(packages.length).toBeGreaterThan(5);
    expect(packages.filter((name) => !files.get('licenses.txt')!.split('\n').some((line) => line.startsWith(`${name} `)))).toEqual([]);
  });

  test('runs from what npm would publish, without node_modules', async () => {
    const packed = (JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })) as { files: { path: string }[] }[])[0]!.files.map((file) => file.path);
    expect(packed).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'action.yml', 'package.json', 'lessons/README.md', 'lessons/n-plus-one.yml', 'schema/lesson.schema.json', 'schema/review.schema.json']));
    expect(packed.filter((file) => /^(?:src|tests|scripts|bench|node_modules|\.)/.test(file))).toEqual([]);
    await inTemporaryFolder((folder) => {
      for (const file of packed.filter((each) => !each.startsWith('dist/'))) put(path.join(folder, file), fs.readFileSync(path.join(root, file)));
      for (const [file, text] of files) put(path.join(folder, 'dist', file), text);
      const run = (...args: string[]): string => execFileSync(process.execPath, ['dist/cli.js', ...args], { cwd: folder, encoding: 'utf8', env: { PATH: '' } });
      expect(run('--version')).toBe(`${(JSON.parse(read('package.json')) as { version: string }).version}\n`);
      expect(run('demo')).toContain('lesson-ok n-plus-one');
    });
  }, 60_000);

  /** A file of the bundle and all that it imports before its first line runs. */
  function loadedAtOnce(start: string): Set<string> {
    const loaded = new Set<string>();
    const open = [start];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (loaded.has(file)) continue;
      loaded.add(file);
      open.push(...(bundled.outputs[file]?.imports ?? []).filter(({ kind, path: to }) => kind === 'import-statement' && to in bundled.outputs).map(({ path: to }) => to));
    }
    return loaded;
  }
});

describe('the clone', () => {
  test('these tests run on the Action\'s own Node, the one of the package "node"', () => {
    expect(process.versions.node).toBe((JSON.parse(read('node_modules/node/package.json')) as { version: string }).version);
    expect(process.versions.node).toMatch(/^24\./);
    expect(read('action.yml')).toContain('using: node24');
  });

  test('no place is called utils: whatever is shared has a subject, and a name', () => {
    const shrugs = /^(?:utils?|utilities|helpers?|commons?|misc|shared|lib|stuff|tools?)$/;
    expect(kept.filter((file) => /^(?:src|tests|scripts|bench)\//.test(file) && file.split('/').some((part) => shrugs.test(part.replace(/\..*$/, ''))))).toEqual([]);
  });

  test('no file names a folder of this machine', () => {
    const own = path.resolve(root);
    const texts = kept.filter((file) => !file.startsWith('dist/') && fs.statSync(path.join(root, file)).isFile());
    expect(own.split(path.sep).length, 'a clone in a folder of the root would meet its own name everywhere').toBeGreaterThan(2);
    expect(texts.filter((file) => read(file).includes(`${own}/`))).toEqual([]);
  });

  test.for(kept.filter((file) => file.endsWith('package-lock.json')))('%s names no registry, so that every one can serve it', (file, { expect: here }) => {
    here(read(file)).not.toMatch(/"resolved": "http/);
  });

  test('links within the documents lead to files that are there', () => {
    const broken = kept.filter((file) => /^(?:[A-Z]+|docs\/.*|lessons\/README)\.md$/.test(file)).flatMap((file) => {
      const targets = [...withoutFences(read(file)).matchAll(/\]\((?!https?:|#)([^)#\s]+)(?:#[^)\s]*)?\)/g)].map((match) => match[1]!);
      return targets.filter((target) => !fs.existsSync(path.join(root, path.dirname(file), target))).map((target) => `${file} links to ${target}`);
    });
    expect(broken).toEqual([]);
  });
});

/** The names of the TypeScript files directly inside a folder, without their extension, sorted. */
function filesDirectlyIn(folder: string): string[] {
  return fs.readdirSync(path.join(root, folder)).filter((name) => name.endsWith('.ts')).map((name) => name.slice(0, -3)).sort();
}

function isLibrary(value: unknown): value is Library {
  return typeof value === 'object' && value !== null && 'packages' in value && 'kinds' in value && 'repair' in value;
}

/** The packages that files of node_modules belong to. */
function packagesIn(files: readonly string[]): string[] {
  return [...new Set(files.flatMap((file) => /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []))].sort();
}

/** Every file that leads back to itself, with the way. */
function cyclesIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) cycles.push([...way.slice(way.indexOf(file)), file].join(' → '));
    if (done.has(file) || way.includes(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...way, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return cycles;
}

/** Code without its comments and texts, roughly: enough to ask whether a name is used. */
function withoutCommentsAndTexts(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, '');
}

function withoutFences(markdown: string): string {
  return markdown.replace(/^(`{3,})[\s\S]*?^\1\s*$/gm, '');
}

function put(file: string, text: string | Uint8Array): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}
