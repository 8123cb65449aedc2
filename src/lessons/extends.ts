import type { CardPlace } from './lesson.ts';
import { nearest } from './nearest.ts';
import { quoted } from './source-text.ts';

/** A set of built-in lessons: the recommended ones, or all, where drafts speak as `trial`. */
export type Pack = 'once-bitten:recommended' | 'once-bitten:all';

export const packs: readonly Pack[] = ['once-bitten:recommended', 'once-bitten:all'];

/** Cards that are kept for several: in a folder of this repository, or (`elsewhere`) of another one, as it stands at a ref. */
export type SharedCards = {
  /** The entry without its frills: what it is told by, and the same for two entries that mean the same. */
  name: string;
  /** From the top of its repository. */
  folder: string;
  elsewhere?: Elsewhere;
  /** Where the settings name it. */
  at: CardPlace;
};

/** A repository on GitHub, at a branch, tag or commit. */
export type Elsewhere = { owner: string; repo: string; ref: string };

/** One entry of `extends`. */
export type Extended = Pack | SharedCards;

export function isShared(entry: Extended): entry is SharedCards {
  return typeof entry !== 'string';
}

/** What an entry of `extends` means, or what is wrong with it. */
export type Meaning = Pack | { folder: string; elsewhere?: Elsewhere } | { message: string; hint: string };

/**
 * Tells packs, folders and other repositories apart: `once-bitten:…`, `owner/repo/folder@ref`, and what else holds a slash or begins
 * with a dot is a folder of this repository. What would leave the repository is told.
 */
export function meaningOf(text: string): Meaning {
  const entry = text.trim();
  if ((packs as readonly string[]).includes(entry)) return entry as Pack;
  if (entry.startsWith('once-bitten:') || !/[/\\]|^\./.test(entry)) return noPack(entry);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(entry)) return { message: `${quoted(entry)} is an address`, hint: 'another repository is written owner/repo/folder@ref, such as acme/lessons/shared@v1' };
  if (entry.includes('\\')) return { message: `${quoted(entry)} holds a backslash`, hint: `write ${quoted(entry.replaceAll('\\', '/'))}` };
  return elsewhereIn(entry) ?? folderIn(entry);
}

function noPack(entry: string): Meaning {
  const guess = nearest(entry, packs) ?? packs.find((pack) => pack.endsWith(`:${entry}`));
  const folder = entry.startsWith('once-bitten:') ? '' : '; a folder of this repository is written ./folder';
  return { message: `${quoted(entry)} is not a pack of lessons`, hint: guess ? `did you mean "${guess}"?` : `packs are ${packs.join(' and ')}; [] for none${folder}` };
}

function elsewhereIn(entry: string): Meaning | undefined {
  const at = /^([A-Za-z0-9][A-Za-z0-9-]{0,38})\/([A-Za-z0-9._-]{1,100})((?:\/[^@/]+)*)\/?@(.*)$/.exec(entry);
  if (!at) return undefined;
  const [, owner, repo, path, ref] = at as unknown as [string, string, string, string, string];
  if (path === '') return { message: `${quoted(entry)} names no folder of ${owner}/${repo}`, hint: `say where its cards are, such as ${owner}/${repo}/lessons@${ref || 'v1'}` };
  if (!isRef(ref)) return { message: `${quoted(ref)} is no ref`, hint: `name a commit, a tag or a branch of ${owner}/${repo}, such as @v1` };
  const folder = path.slice(1);
  return isInside(folder) ? { folder, elsewhere: { owner, repo, ref } } : outside(entry, `${owner}/${repo}`);
}

/** A name that git takes for a ref, and that means nothing more: no `^`, `~`, `:` or `@{…}`. */
function isRef(ref: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9_./+-]{0,199}$/.test(ref) && !/\.\.|\/\/|\/$|\.lock$|\.$/.test(ref);
}

function folderIn(entry: string): Meaning {
  const folder = entry.replace(/^(?:\.\/+)+/, '').replace(/\/+$/, '');
  return isInside(folder) ? { folder } : outside(entry, 'this repository');
}

function isInside(folder: string): boolean {
  return !/^[A-Za-z]:/.test(folder) && folder.split('/').every((name) => name !== '' && name !== '.' && name !== '..' && name.toLowerCase() !== '.git');
}

function outside(entry: string, repository: string): Meaning {
  return { message: `${quoted(entry)} is no folder inside ${repository}`, hint: 'write the way from the top of the repository, without a slash before it and without ".."' };
}
