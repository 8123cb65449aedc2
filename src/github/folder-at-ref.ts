import { symlink } from './blob.ts';
import { refusalOf, type Client, type GraphqlError, type Repository } from './client.ts';

/** A folder of some repository at a ref: the commit that the ref is now, and its own files by name. */
export type FolderAtRef = { commit: string; files: { name: string; bytes: number }[] };

/** What is not there, as far as this token sees. `unknown` where GitHub gave no answer. */
export type Absent = 'repository' | 'ref' | 'folder' | 'unknown';

const listed = 'oid file(path: $folder) { mode object { ... on Tree { entries { name type object { ... on Blob { byteSize } } } } } }';

// A tag with a message of its own is an object that leads to its commit.
const query = `query($owner: String!, $repo: String!, $ref: String!, $folder: String!) {
  repository(owner: $owner, name: $repo) {
    object(expression: $ref) { ...Listed ... on Tag { target { ...Listed ... on Tag { target { ...Listed } } } } }
  }
}
fragment Listed on Commit { ${listed} }`;

type Target = { oid?: string; file?: { mode: number; object: { entries?: { name: string; type: string; object: { byteSize?: number } | null }[] | null } | null } | null; target?: Target | null };
type Answer = { repository: { object: Target | null } | null };

/** Lists a folder at a branch, tag or commit, in one request. Throws only where the token or its limits are at an end. */
export async function folderAtRef(client: Client, repository: Repository, ref: string, folder: string): Promise<FolderAtRef | { absent: Absent }> {
  const answer = await client.graphql<Answer>(query, { ...repository, ref, folder }).catch((error: unknown) => {
    const refusal = refusalOf(error);
    if (refusal === undefined || refusal === 'token' || refusal === 'limit') throw error;
    return { data: null, errors: [] as GraphqlError[] };
  });
  const found = answer.data?.repository;
  if (!found) return { absent: answer.errors.some(({ type }) => type === 'NOT_FOUND' || type === 'FORBIDDEN') ? 'repository' : 'unknown' };
  if (answer.errors.length > 0) return { absent: answer.errors.some(({ type }) => type === 'FORBIDDEN') ? 'repository' : 'unknown' };
  const commit = commitIn(found.object);
  if (commit?.oid === undefined) return { absent: 'ref' };
  const entries = commit.file && commit.file.mode !== symlink ? commit.file.object?.entries : undefined;
  if (!entries) return { absent: 'folder' };
  return { commit: commit.oid, files: entries.flatMap(({ name, type, object }) => (type === 'blob' ? [{ name, bytes: object?.byteSize ?? 0 }] : [])) };
}

function commitIn(target: Target | null | undefined): Target | undefined {
  if (!target) return undefined;
  return target.oid === undefined ? commitIn(target.target) : target;
}
