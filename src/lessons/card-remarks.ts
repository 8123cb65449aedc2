import type { Note } from '../model.ts';
import { scopeMatcher } from './glob.ts';
import { openSourceText, quoted } from './source-text.ts';
import { child, itemsOf, nodeAt, readYaml, type YamlNode } from './yaml-tree.ts';

/** What is known of the repository that a card or the settings speak of. */
export type Surroundings = {
  /** The paths of all files. */
  files: readonly string[];
  /** As YYYY-MM-DD. */
  today: string;
};

const kind = { noun: 'the card', notYaml: 'lesson/not-yaml', tooLarge: 'lesson/too-large' } as const;

/** What is odd about a sound card in this repository, though no mistake: a glob without a file, a link without an end, a review that is due. */
export function cardRemarks({ file, text }: { file: string; text: string }, { files, today }: Surroundings): Note[] {
  const source = openSourceText(file, text);
  const { root } = readYaml(source, kind);
  const remark = (code: string, node: YamlNode, message: string, hint: string): Note => {
    const { line, column } = source.place(node.extent.start);
    return { code, message, hint, path: file, line, column, incomplete: false };
  };
  const idle = [...[['scope', 'files'], ['touches', 'files']].flatMap((path) => itemsOf(nodeAt(root, path))), ...globsIn(child(root, 'detect'))].filter((glob) => isIdle(glob, files));
  const links = child(root, 'links');
  const dead = (links?.kind === 'map' ? [...links.entries.values()] : []).map(({ node }) => node).filter((node) => isDeadLink(node, files));
  const review = nodeAt(root, ['expires', 'review']);
  const isDue = review?.kind === 'scalar' && String(review.value) < today;
  return [
    ...idle.map((node) => remark('lesson/idle-glob', node, `the glob ${quoted(textOf(node))} matches no file of this repository`, 'paths count from the root of the repository')),
    ...dead.map((node) => remark('lesson/dead-link', node, `there is no file ${quoted(textOf(node))} in this repository`, 'paths count from the root of the repository')),
    ...(isDue ? [remark('lesson/review-due', review, `this card was to be looked at again on ${textOf(review)}`, 'see whether it still holds, then set a new day or status: retired')] : []),
  ];
}

/** The globs of the settings that match no file. */
export function settingsRemarks({ file, text }: { file: string; text: string }, { files }: Surroundings): Note[] {
  const source = openSourceText(file, text);
  const { root } = readYaml(source, kind);
  const lessons = child(root, 'lessons');
  const scopes = lessons?.kind === 'map' ? [...lessons.entries.values()].map(({ node }) => nodeAt(node, ['scope', 'files'])) : [];
  return [child(root, 'ignore'), ...scopes].flatMap((list) => itemsOf(list)).filter((glob) => isIdle(glob, files)).map((glob) => {
    const { line, column } = source.place(glob.extent.start);
    return { code: 'settings/idle-glob', message: `the glob ${quoted(textOf(glob))} matches no file of this repository`, hint: 'paths count from the root of the repository', path: file, line, column, incomplete: false };
  });
}

/** The globs of `together` in a `detect`. A file that a card waits for, as `file` does, need not be there yet. */
function globsIn(node: YamlNode | undefined): YamlNode[] {
  if (node?.kind === 'list') return node.items.flatMap(globsIn);
  if (node?.kind !== 'map') return [];
  return [...node.entries].flatMap(([key, { node: value }]) => (key === 'together' ? ['changed', 'needs'].flatMap((side) => (child(value, side)?.kind === 'list' ? [...itemsOf(child(value, side))] : child(value, side) ?? [])) : globsIn(value)));
}

function isIdle(node: YamlNode, files: readonly string[]): boolean {
  if (node.kind !== 'scalar') return false;
  return !files.some(scopeMatcher([String(node.value)]));
}

/** A link that is neither an address nor the number of an issue, and no file or folder here. */
function isDeadLink(node: YamlNode, files: readonly string[]): boolean {
  if (node.kind !== 'scalar') return false;
  const link = String(node.value).trim();
  if (/^https?:/i.test(link) || /^[\w./-]*#\d+$/.test(link)) return false;
  const path = link.replace(/#.*$/, '').replace(/^\.\//, '').replace(/\/$/, '');
  return !files.some((file) => file === path || file.startsWith(`${path}/`));
}

function textOf(node: YamlNode): string {
  return node.kind === 'scalar' ? String(node.value) : '';
}
