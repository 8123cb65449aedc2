import type { Reader, Source } from '../change/change.ts';
import { isRepositoryPath } from '../change/path.ts';
import type { Side } from '../model.ts';
import type { Archive } from './archive.ts';
import { entryFields, isBlob, sourceOfBytes, sourceOfEntry, type Entry } from './blob.ts';
import { refusalOf, type Client, type GraphqlError, type Repository } from './client.ts';

/** So many files are asked for in one query; a query that GitHub cannot answer in time is asked again in halves. */
const mostInQuery = 100;
/** Queries on their way at once. */
const atOnce = 3;
/** After so many queries without an answer, nobody is asked in halves any more. */
const mostFailures = 12;
/** Bytes of files that GraphQL would not give are asked for one by one: not for more files than this. */
const mostBlobs = 60;

export type ApiSides = { base?: string; head: string };

export type ApiReaderOptions = {
  /**
   * A file of this machine's checkout, when it is the very blob of this hash. Asked only for files whose hash the change
   * tells, so that it saves a question and never decides an answer.
   */
  local?: (path: string, oid: string) => Promise<Buffer | undefined>;
  /** Hashes of files at the head, as far as the change tells them. */
  oids?: ReadonlyMap<string, string>;
  /** Whether a file that GitHub calls binary deserves a second look at its bytes: GitHub judges by likelihood, git by a NUL. */
  mayBeText?: (path: string) => boolean;
  /** Files whose text is worth keeping when the whole repository is looked through, besides those that are searched. */
  keeps?: (path: string) => boolean;
};

/** A reader over GitHub's API, with what it can tell besides texts. */
export type ApiReader = Reader & {
  /** True when this path on the base and that one on the head are the same blob; undefined when one of them is not known. */
  isSame(basePath: string, headPath: string): Promise<boolean | undefined>;
};

/** One thing asked for: a file or a folder of one side. */
type Wish = { side: Side; what: 'file' | 'folder'; path: string };
type Waiting = { wish: Wish; settle: (answer: Answer) => void; fail: (error: unknown) => void };
/** What came: nothing at that path, an entry, or an error where an answer should be. */
type Answer = Entry | 'absent' | 'error';

/**
 * Reads both sides of a change through GraphQL, without a checkout. Everything asked for at the same moment, of both sides, goes
 * in one request; what was asked once is not asked again. Nothing that GitHub failed to tell counts as absent: it is `unreadable`.
 * A search downloads the head's archive, once; what is read of the head afterwards is read from there.
 */
export function openApi(client: Client, repository: Repository, sides: ApiSides, options: ApiReaderOptions = {}): ApiReader {
  const asked = new Map<string, Promise<Answer>>();
  const patience = { left: mostFailures };
  let waiting: Waiting[] = [];
  let blobs = 0;
  let downloading: Promise<Archive | undefined> | undefined;
  let archive: Archive | undefined;

  const ask = (wish: Wish): Promise<Answer> => {
    const key = `${wish.side} ${wish.what} ${wish.path}`;
    const known = asked.get(key);
    if (known) return known;
    const answer = new Promise<Answer>((settle, fail) => {
      if (waiting.length === 0) setImmediate(() => void flush());
      waiting.push({ wish, settle, fail });
    });
    asked.set(key, answer);
    return answer;
  };

  // Everything that was wished for in one turn of the event loop goes together.
  const flush = async () => {
    const batch = waiting;
    waiting = [];
    const parts: Waiting[][] = [];
    for (let at = 0; at < batch.length; at += mostInQuery) parts.push(batch.slice(at, at + mostInQuery));
    const answerNext = async (): Promise<void> => {
      for (let part = parts.shift(); part; part = parts.shift()) {
        const answers = await fetchEntries({ client, repository, sides, patience }, part.map(({ wish }) => wish));
        part.forEach(({ settle }, at) => settle(answers[at]!));
      }
    };
    // Whoever still waits when something breaks is told what broke; for those who have their answer, this says nothing.
    await Promise.all(Array.from({ length: atOnce }, answerNext)).catch((error: unknown) => batch.forEach(({ fail }) => fail(error)));
  };

  const fetchBytes = async (oid: string): Promise<Buffer | undefined> => {
    if ((blobs += 1) > mostBlobs) return undefined;
    try {
      const { data } = await client.rest.git.getBlob({ ...repository, file_sha: oid });
      const bytes = Buffer.from(data.content, data.encoding === 'base64' ? 'base64' : 'utf8');
      return isBlob(bytes, oid) ? bytes : undefined;
    } catch (error) {
      if (refusalOf(error) === undefined) throw error;
      return undefined;
    }
  };

  const readOne = async (side: Side, path: string): Promise<Source | undefined> => {
    if (side === 'base' && sides.base === undefined) return undefined;
    if (!isRepositoryPath(path)) return { unread: 'unreadable' };
    const oid = side === 'head' ? options.oids?.get(path) : undefined;
    const here = oid === undefined ? undefined : await options.local?.(path, oid);
    if (here && isBlob(here, oid!)) return sourceOfBytes(here);
    const archived = side === 'head' && archive ? archive.source(path) : 'ask';
    if (archived !== 'ask') return archived;
    const entry = await ask({ side, what: 'file', path });
    if (entry === 'absent') return undefined;
    if (entry === 'error') return { unread: 'unreadable' };
    const source = sourceOfEntry(entry);
    if (source !== 'ask') return source;
    if (entry.object?.isBinary === true && !(options.mayBeText?.(path) ?? true)) return { unread: 'binary' };
    const bytes = await fetchBytes(entry.oid);
    return bytes ? sourceOfBytes(bytes) : { unread: 'unreadable' };
  };

  const listOne = async (side: Side, folder: string): Promise<string[] | undefined> => {
    if ((side === 'base' && sides.base === undefined) || (folder !== '' && !isRepositoryPath(folder))) return undefined;
    const archived = side === 'head' && archive ? archive.names(folder) : 'ask';
    if (archived !== 'ask') return archived;
    const entry = await ask({ side, what: 'folder', path: folder });
    if (typeof entry === 'string') return undefined;
    return entry.object?.entries?.map(({ name, type }) => (type === 'blob' ? name : `${name}/`)).sort();
  };

  return {
    read: (side, paths) => answers(paths, (path) => readOne(side, path)),
    list: (side, folders) => answers(folders, (folder) => listOne(side, folder)),
    async search(search) {
      const keeps = (path: string): boolean => search.endings.some((ending) => path.toLowerCase().endsWith(`.${ending}`)) || (options.keeps?.(path) ?? false);
      // The reader of archives is loaded by the first search; most reviews need none.
      downloading ??= import('./archive.ts').then(({ downloadArchive }) => downloadArchive(client, repository, sides.head, keeps));
      archive = await downloading;
      return archive?.search(search);
    },
    async isSame(basePath, headPath) {
      const [base, head] = await Promise.all([ask({ side: 'base', what: 'file', path: basePath }), ask({ side: 'head', what: 'file', path: headPath })]);
      return typeof base === 'string' || typeof head === 'string' ? undefined : base.oid === head.oid;
    },
  };
}

async function answers<Value>(keys: readonly string[], ask: (key: string) => Promise<Value | undefined>): Promise<Map<string, Value>> {
  const unique = [...new Set(keys)];
  const found = await Promise.all(unique.map(ask));
  return new Map(unique.flatMap((key, at) => (found[at] === undefined ? [] : [[key, found[at]] as const])));
}

type Queried = { repository: Record<Side, Record<string, unknown> | null> | null };
type Asking = { client: Client; repository: Repository; sides: ApiSides; patience: { left: number } };

/** Asks for these wishes in one query; where GitHub gives no answer, in two halves, down to a single wish that is then an error. */
async function fetchEntries(asking: Asking, wishes: readonly Wish[]): Promise<Answer[]> {
  const { client, repository, sides, patience } = asking;
  const answer = await client.graphql<Queried>(queryFor(wishes), variablesFor(repository, sides, wishes)).catch((error: unknown) => {
    // A refused token or a spent limit would refuse every half as well.
    if (refusalOf(error) !== 'uncertain') throw error;
    return undefined;
  });
  const found = answer?.data?.repository;
  if (found) return wishes.map((wish, at) => answerTo(wish, `e${at}`, found[wish.side], answer.errors));
  patience.left -= 1;
  const isRefused = answer?.errors.some(({ type }) => type === 'FORBIDDEN' || type === 'NOT_FOUND') ?? false;
  if (wishes.length === 1 || isRefused || patience.left <= 0) return wishes.map(() => 'error');
  const half = Math.ceil(wishes.length / 2);
  return [...(await fetchEntries(asking, wishes.slice(0, half))), ...(await fetchEntries(asking, wishes.slice(half)))];
}

function answerTo(wish: Wish, alias: string, side: Record<string, unknown> | null | undefined, errors: readonly GraphqlError[]): Answer {
  const error = errors.find(({ path }) => path?.[1] === wish.side && (path.length === 2 || path[2] === alias));
  if (error && error.type !== 'NOT_FOUND') return 'error';
  // Here: a commit that GitHub does not know would make every file of it look deleted.
  if (!side) return 'error';
  const found = side[alias];
  if (found === null) return 'absent';
  if (wish.what === 'folder' && wish.path === '') return { mode: 0, oid: '', object: found as Entry['object'] };
  return found === undefined ? 'error' : (found as Entry);
}

const folderFields = 'object { ... on Tree { entries { name type } } }';

function queryFor(wishes: readonly Wish[]): string {
  const field = (wish: Wish, at: number) => {
    if (wish.what === 'file') return `e${at}: file(path: $p${at}) { ${entryFields} }`;
    return wish.path === '' ? `e${at}: tree { entries { name type } }` : `e${at}: file(path: $p${at}) { mode oid ${folderFields} }`;
  };
  const fieldsOf = (side: Side) => wishes.map((wish, at) => (wish.side === side ? field(wish, at) : '')).filter((text) => text !== '').join(' ');
  const parts = (['base', 'head'] as const).filter((side) => wishes.some((wish) => wish.side === side));
  const declared = [
    '$owner: String!', '$repo: String!',
    ...parts.map((side) => `$${side}: GitObjectID!`),
    ...wishes.flatMap((wish, at) => (wish.path === '' ? [] : [`$p${at}: String!`])),
  ];
  const objects = parts.map((side) => `${side}: object(oid: $${side}) { ... on Commit { ${fieldsOf(side)} } }`);
  return `query(${declared.join(', ')}) { repository(owner: $owner, name: $repo) { ${objects.join(' ')} } }`;
}

function variablesFor(repository: Repository, sides: ApiSides, wishes: readonly Wish[]): Record<string, string> {
  return {
    owner: repository.owner,
    repo: repository.repo,
    ...(wishes.some(({ side }) => side === 'base') && { base: sides.base! }),
    ...(wishes.some(({ side }) => side === 'head') && { head: sides.head }),
    ...Object.fromEntries(wishes.flatMap(({ path }, at) => (path === '' ? [] : [[`p${at}`, path]]))),
  };
}
