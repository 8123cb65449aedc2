/** Calls in which text or an object of somebody else's making does harm, as plain data. What databases do is in their own files. */

/** What the harm is. */
export const sinkKinds = ['sql', 'nosql', 'shell', 'eval', 'path', 'redirect', 'url', 'html', 'regexp', 'mass-assignment'] as const;
export type SinkKind = (typeof sinkKinds)[number];

/** One function or method whose argument matters. */
export type SinkGuide = {
  kind: SinkKind;
  /** The packages it comes from; `global` for what needs no import. */
  from: readonly string[];
  /** The names it goes by there; `default` for the package itself. */
  names: readonly string[];
  /** Which argument matters; -1 for all. An object there may carry it under one of `keys`. */
  argument: number;
  keys?: readonly string[];
  /** Only `new X(…)` counts. */
  constructed?: true;
  /** Only the beginning matters: who decides the host, decides where the request goes. */
  lead?: true;
};

const childProcess = ['child_process', 'node:child_process'];
const fileSystem = ['fs', 'node:fs', 'fs/promises', 'node:fs/promises', 'fs-extra', 'graceful-fs'];
const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'request', 'options'];

/**
 * Sources: github/codeql javascript NodeJSLib.qll, SystemCommandExecutors.qll, ClientRequests.qll; semgrep-rules javascript/lang/security.
 */
export const sinkGuides: readonly SinkGuide[] = [
  { kind: 'shell', from: childProcess, names: ['exec', 'execSync'], argument: 0 },
  { kind: 'shell', from: childProcess, names: ['spawn', 'spawnSync', 'execFile', 'execFileSync', 'fork'], argument: 0, lead: true },
  { kind: 'shell', from: ['shelljs'], names: ['exec'], argument: 0 },
  { kind: 'shell', from: ['execa'], names: ['execaCommand', 'execaCommandSync', 'command', 'commandSync'], argument: 0 },
  { kind: 'eval', from: ['global'], names: ['eval'], argument: 0 },
  { kind: 'eval', from: ['global'], names: ['Function'], argument: -1 },
  { kind: 'eval', from: ['vm', 'node:vm'], names: ['runInNewContext', 'runInThisContext', 'runInContext', 'compileFunction', 'Script'], argument: 0 },
  { kind: 'eval', from: ['node-serialize', 'serialize-to-js', 'funcster'], names: ['unserialize', 'deserialize', 'deepDeserialize'], argument: 0 },
  { kind: 'eval', from: ['mathjs'], names: ['eval', 'evaluate'], argument: 0 },
  { kind: 'eval', from: ['safe-eval', 'static-eval', 'notevil', 'eval'], names: ['default', '*'], argument: 0 },
  { kind: 'path', from: fileSystem, names: [
    'readFile', 'readFileSync', 'writeFile', 'writeFileSync', 'appendFile', 'appendFileSync', 'createReadStream', 'createWriteStream', 'unlink', 'unlinkSync', 'rm', 'rmSync',
    'rmdir', 'rmdirSync', 'readdir', 'readdirSync', 'open', 'openSync', 'mkdir', 'mkdirSync', 'rename', 'renameSync', 'remove', 'removeSync', 'readJson', 'readJSON', 'outputFile', 'ensureDir',
  ], argument: 0 },
  { kind: 'path', from: fileSystem, names: ['copyFile', 'copyFileSync', 'rename', 'renameSync', 'move', 'copy'], argument: 1 },
  { kind: 'url', from: ['global', 'node-fetch', 'undici', 'cross-fetch', 'isomorphic-fetch', 'ofetch'], names: ['fetch', 'default', 'request', '$fetch', 'ofetch'], argument: 0, keys: ['url'], lead: true },
  { kind: 'url', from: ['axios', 'got', 'ky', 'needle', 'superagent', 'request', 'request-promise', 'request-promise-native', 'node-libcurl', 'phin', 'bent'], names: ['default', '*', ...verbs, 'create'], argument: 0, keys: ['url', 'uri', 'baseURL', 'host', 'hostname'], lead: true },
  { kind: 'url', from: ['http', 'https', 'node:http', 'node:https'], names: ['get', 'request'], argument: 0, keys: ['host', 'hostname'], lead: true },
  { kind: 'redirect', from: ['next/navigation', '@remix-run/node', '@remix-run/server-runtime', '@remix-run/cloudflare', 'react-router', '@react-router/node'], names: ['redirect', 'permanentRedirect'], argument: 0, lead: true },
  { kind: 'redirect', from: ['@sveltejs/kit'], names: ['redirect'], argument: 1, lead: true },
  { kind: 'redirect', from: ['next/server'], names: ['NextResponse.redirect'], argument: 0, lead: true },
  { kind: 'redirect', from: ['global'], names: ['Response.redirect'], argument: 0, lead: true },
  { kind: 'regexp', from: ['global'], names: ['RegExp'], argument: 0 },
];

/** Methods of a response, by the names that responses are kept under. */
export const responseNames = /^(?:res|response|reply|rep|ctx|c|context|h|resp)$/;

/** Methods that run the text of a statement on whatever handle a project uses; believed where the text reads like SQL. */
export const sqlMethods = new Set([
  'query', 'execute', 'queryAsync', 'raw', 'rawQuery', 'runQuery', 'executeQuery', 'unsafe', 'one', 'none', 'any', 'many', 'oneOrNone', 'manyOrNone', 'result', 'run', 'all', 'get',
  'each', 'exec', 'prepare', 'createNativeQuery', 'queryRaw', 'executeSql', 'select', 'multi', 'queryOne', 'queryRows', 'fetchAll', 'fetchOne', 'batch',
]);

/** Methods whose text is SQL by their very name. */
export const sqlTextMethods = new Set([
  '$queryRawUnsafe', '$executeRawUnsafe', 'whereRaw', 'orWhereRaw', 'andWhereRaw', 'havingRaw', 'orHavingRaw', 'orderByRaw', 'groupByRaw', 'joinRaw', 'fromRaw', 'selectRaw', 'distinctRaw',
]);

/** Methods of TypeORM's query builder whose text goes into the statement as it stands. */
export const builderTextMethods = new Set(['where', 'andWhere', 'orWhere', 'having', 'andHaving', 'orHaving', 'orderBy', 'addOrderBy', 'groupBy', 'addGroupBy', 'select', 'addSelect', 'leftJoin', 'innerJoin', 'leftJoinAndSelect', 'innerJoinAndSelect']);

/** Functions that merge an object deeply, so that keys such as `__proto__` of the source reach the target. */
export const deepMerges = { from: ['lodash', 'lodash.merge', 'lodash/merge', 'lodash.mergewith', 'lodash.defaultsdeep', 'deepmerge', 'deep-extend', 'merge-deep', 'mixin-deep', 'underscore', 'es-toolkit', 'merge'], names: new Set(['merge', 'mergeWith', 'defaultsDeep', 'default', '*', 'all', 'recursive']) };

/** Functions that make a value harmless for some kinds of sink, by their last name. */
export const cleaners: readonly { names: RegExp; for: readonly SinkKind[] }[] = [
  { names: /^encodeURI(?:Component)?$|^urlencode$/, for: ['redirect', 'url', 'html', 'path'] },
  { names: /^basename$/, for: ['path'] },
  { names: /^escapeRegExp$|^escapeStringRegexp$|^escapeRegex\w*$|^regexEscape$/, for: ['regexp'] },
];

/** Functions whose result is no longer what came in: numbers, hashes, checked ids. */
export const settling = /^(?:Number|parseInt|parseFloat|Boolean|BigInt|ObjectId|ObjectID|hash|hashSync|createHash|digest|md5|sha1|sha256|sha512|bcrypt|scrypt|argon2|encrypt|sign|uuid|v4|now|nanoid|toObjectId|toNumber|toInteger|toInt|toBoolean|castObjectId|verify\w*|\w*Verify|constructEvent|compare|compareSync|decrypt|floor|ceil|round|min|max|abs|getTime|isNaN|isFinite)$/;

/** Names of functions that say of themselves that they make a value harmless. Believed, because silence is better than noise. */
export const tidying = /^(?:sanitiz|escape|purif|quote|clean|scrub|strip|normali[sz]e(?:Email|Path|Url)|slugify|safe)/i;
