import { expect, test } from 'vitest';
import type { Source } from '../../src/change/change.ts';
import { resolveModule } from '../../src/code/modules.ts';
import { OpenedFiles } from '../../src/code/opened-files.ts';

/** A workspace of two packages, with its manifests here and its folders not yet. */
function workspace(dependencies: Record<string, string> = {}): OpenedFiles {
  const files = new OpenedFiles();
  const texts: Record<string, string> = {
    'package.json': '{ "name": "root", "workspaces": ["packages/*"] }',
    'packages/jobs/package.json': JSON.stringify({ name: '@acme/jobs', dependencies }),
    'packages/store/package.json': '{ "name": "@acme/store" }',
    'packages/store/src/index.ts': 'export const store = 1;',
  };
  const absent = ['pnpm-workspace.yaml', 'lerna.json', 'tsconfig.base.json', ...['', 'packages/', 'packages/jobs/', 'packages/jobs/src/', 'packages/store/'].flatMap((folder) => ['tsconfig.json', 'jsconfig.json', 'package.json'].map((name) => `${folder}${name}`))];
  files.add([...absent, ...Object.keys(texts)], new Map(Object.entries(texts).map(([path, text]): [string, Source] => [path, { text }])));
  return files;
}

const resolved = (specifier: string, files: OpenedFiles) => resolveModule(specifier, 'packages/jobs/src/run.ts', files);

test('a package waits for the folders of the workspace, and for no others', () => {
  const files = workspace();
  expect(resolved('@aws-sdk/client-sqs', files)).toBe('pending');
  files.addFolders(['packages'], new Map([['packages', ['jobs/', 'store/']]]));
  files.names('somewhere/else');
  expect(resolved('@aws-sdk/client-sqs', files)).toEqual({ package: '@aws-sdk/client-sqs' });
});

test('what still waits is asked again, whoever asked for it first', () => {
  const files = workspace();
  files.names('packages');
  const { misses } = files;
  expect(resolved('@acme/store', files)).toBe('pending');
  expect(files.misses).toBeGreaterThan(misses);
  files.addFolders(['packages'], new Map([['packages', ['jobs/', 'store/']]]));
  expect(resolved('@acme/store', files)).toEqual({ path: 'packages/store/src/index.ts' });
});

test('a published package, one from a catalog and an alias open no manifest of the workspace', () => {
  for (const [name, range] of [['@aws-sdk/client-sqs', '3.993.0'], ['graphql', 'catalog:'], ['@/hooks', undefined]] as const) {
    const files = workspace(range === undefined ? {} : { [name]: range });
    files.addFolders(['packages'], new Map([['packages', ['jobs/', 'store/', 'other/']]]));
    // The alias may still be a folder of the sources.
    expect(resolved(name, files)).toEqual(range === undefined ? 'pending' : { package: name });
    expect([...files.wanted].filter((path) => path.startsWith('packages/other'))).toEqual([]);
  }
});

test('a package whose sources lie in lib, and whose manifest names what is built from them', () => {
  const files = workspace({ '@acme/mail': 'file:../mail' });
  const manifest = '{ "name": "@acme/mail", "main": "./dist/index.js" }';
  files.add(['packages/mail/package.json', 'packages/mail/lib/index.ts'], new Map<string, Source>([['packages/mail/package.json', { text: manifest }], ['packages/mail/lib/index.ts', { text: 'export const mail = 1;' }]]));
  files.addFolders(['packages'], new Map([['packages', ['jobs/', 'store/', 'mail/']]]));
  // Whatever else is asked for does not exist.
  for (let round = 0; round < 5 && resolved('@acme/mail', files) === 'pending'; round++) files.add([...files.wanted], new Map());
  expect(resolved('@acme/mail', files)).toEqual({ path: 'packages/mail/lib/index.ts' });
});
