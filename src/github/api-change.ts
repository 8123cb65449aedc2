import type { Change, ChangedFile } from '../change/change.ts';
import { parsePatch } from '../change/diff.ts';
import { Fault } from '../fault.ts';
import type { Note } from '../model.ts';
import { refusalOf, type Client, type Repository } from './client.ts';

/** A changed file as REST lists it. */
export type Listed = { sha?: string | null; filename: string; status: string; changes?: number; patch?: string; previous_filename?: string };

/** A change as GitHub tells it. `base` is the merge base: where the head left its base branch. */
export type ApiChange = {
  change: Change;
  /** The blobs at the head, by path, as far as they were told. */
  oids: Map<string, string>;
  /** What GitHub did not tell. */
  notes: Note[];
};

/** The comparison lists no more files than this. https://docs.github.com/rest/commits/commits#compare-two-commits */
const mostCompared = 300;
/** The list of a pull request's files ends here. https://docs.github.com/rest/pulls/pulls#list-pull-requests-files */
const mostListed = 3_000;
/** GitHub leaves patches out of an answer that would hold more lines than about twice this; smaller pages hold them. */
const manyLines = 10_000;

/**
 * The change from where `head` left `base`, as the pull request's own diff shows it. Lists over GitHub's limits are completed
 * from the pull request's list of files, and at last from both trees; what then still is not known is an incomplete note.
 * Throws a Fault `github/not-found` when GitHub cannot compare the two.
 */
export async function changeFromApi(client: Client, repository: Repository, base: string, head: string, pull?: { number: number; files: number }): Promise<ApiChange> {
  const compared = await compare(client, repository, base, head);
  const told = await allFiles(client, repository, compared, head, pull);
  const files = told.files.map(changedFile).sort((one, other) => (one.path < other.path ? -1 : 1));
  const oids = new Map(told.files.flatMap((file) => (file.sha && file.status !== 'removed' ? [[file.filename, file.sha] as const] : [])));
  return { change: { base: compared.mergeBase, head, files }, oids, notes: told.notes };
}

type Compared = { mergeBase: string; files: Listed[] };

async function compare(client: Client, repository: Repository, base: string, head: string): Promise<Compared> {
  try {
    const { data } = await client.rest.repos.compareCommitsWithBasehead({ ...repository, basehead: `${base}...${head}`, per_page: 1 });
    const mergeBase = data.merge_base_commit?.sha;
    if (typeof mergeBase !== 'string' || !Array.isArray(data.files)) throw new Fault('github/unavailable', { message: 'GitHub broke off its comparison of base and head', hint: 'run the job again' });
    return { mergeBase, files: data.files };
  } catch (error) {
    if (refusalOf(error) !== 'missing') throw error;
    throw new Fault('github/not-found', { message: `GitHub cannot compare ${base.slice(0, 10)} with ${head.slice(0, 10)}: one of them is gone, or they share no history`, hint: 'rebase the branch onto its base' });
  }
}

async function allFiles(client: Client, repository: Repository, compared: Compared, head: string, pull: { number: number; files: number } | undefined): Promise<{ files: Listed[]; notes: Note[] }> {
  const { files } = compared;
  const isCut = files.length >= mostCompared || (pull !== undefined && pull.files > files.length);
  if (!isCut && !lacksPatches(files)) return { files, notes: [] };
  const listed = pull && pull.files <= mostListed ? await listFiles(client, repository, pull.number, files) : files;
  if (!isCut || (pull && listed.length >= pull.files)) return { files: listed.length >= files.length ? listed : files, notes: [] };
  return fromTrees(client, repository, compared.mergeBase, head, listed);
}

/** True when patches are missing in an answer so long that GitHub may have left them out for its length. */
function lacksPatches(files: readonly Listed[]): boolean {
  const lines = files.reduce((sum, file) => sum + (file.patch === undefined ? 0 : (file.changes ?? 0)), 0);
  return lines > manyLines && files.some((file) => file.patch === undefined);
}

async function listFiles(client: Client, repository: Repository, number: number, compared: readonly Listed[]): Promise<Listed[]> {
  const perPage = lacksPatches(compared) ? 30 : 100;
  const files = new Map<string, Listed>();
  for (let page = 1; page <= mostListed / perPage; page += 1) {
    const { data } = await client.rest.pulls.listFiles({ ...repository, pull_number: number, per_page: perPage, page });
    for (const file of data as Listed[]) files.set(file.filename, file);
    if (data.length < perPage) break;
  }
  return [...files.values()];
}

/** Completes a list that GitHub cut off: what differs between both trees is part of the change, with hunks unknown. */
async function fromTrees(client: Client, repository: Repository, base: string, head: string, listed: readonly Listed[]): Promise<{ files: Listed[]; notes: Note[] }> {
  const [before, after] = await Promise.all([treeOf(client, repository, base), treeOf(client, repository, head)]);
  if (!before || !after) {
    const message = `The change touches more files than GitHub lists; ${listed.length} of them were reviewed.`;
    return { files: [...listed], notes: [{ code: 'github/too-many-files', message, hint: 'split the change', incomplete: true }] };
  }
  const known = new Set(listed.flatMap((file) => [file.filename, file.previous_filename ?? file.filename]));
  const files = [...listed];
  for (const [path, sha] of after) {
    if (!known.has(path) && before.get(path) !== sha) files.push({ filename: path, sha, status: before.has(path) ? 'modified' : 'added' });
  }
  for (const path of before.keys()) if (!known.has(path) && !after.has(path)) files.push({ filename: path, status: 'removed' });
  return { files, notes: [] };
}

/** All files of a commit by path; undefined when GitHub cuts the list. */
async function treeOf(client: Client, repository: Repository, commit: string): Promise<Map<string, string> | undefined> {
  const { data } = await client.rest.git.getTree({ ...repository, tree_sha: commit, recursive: '1' });
  if (data.truncated) return undefined;
  return new Map(data.tree.flatMap((entry) => (entry.type !== 'tree' && entry.path !== undefined && entry.sha ? [[entry.path, entry.sha] as const] : [])));
}

/** A changed file as REST lists it, as our own. */
export function changedFile(file: Listed): ChangedFile {
  const status = file.status === 'removed' ? 'deleted' : file.status === 'added' || file.status === 'copied' ? 'added' : file.status === 'renamed' ? 'renamed' : 'modified';
  // A missing patch is never "nothing changed": GitHub leaves it out for binary, for large and for pure renames alike.
  const hunks = file.patch === undefined ? undefined : parsePatch(file.patch);
  return {
    path: file.filename,
    status,
    ...(status !== 'added' && { basePath: file.previous_filename ?? file.filename }),
    binary: false,
    hunks: hunks ?? [],
    hunksKnown: hunks !== undefined,
  };
}

/** Finds the files without a patch whose content did not change (a pure rename, another mode): their hunks are then known, and none. */
export async function withPureRenames(change: Change, isSame: (basePath: string, headPath: string) => Promise<boolean | undefined>): Promise<Change> {
  const files = await Promise.all(change.files.map(async (file) => {
    if (file.hunksKnown || file.basePath === undefined || file.status === 'deleted') return file;
    return (await isSame(file.basePath, file.path)) === true ? { ...file, hunksKnown: true } : file;
  }));
  return { ...change, files };
}
