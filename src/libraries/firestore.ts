import type { Library } from './library.ts';

/** Source: googleapis/nodejs-firestore dev/src/index.ts, dev/src/reference/query.ts, dev/src/write-batch.ts. */
export const firestore: Library = {
  name: 'firestore',
  title: 'Firestore',
  packages: ['firebase-admin', '@google-cloud/firestore', 'firebase/firestore', 'firebase-admin/firestore'],
  exports: {
    getFirestore: { result: 'client' }, Firestore: { made: 'client' }, firestore: { result: 'client' }, 'default.firestore': { result: 'client' }, initializeFirestore: { result: 'client' },
    CollectionReference: { made: 'query' }, Query: { made: 'query' }, DocumentReference: { made: 'document' }, Transaction: { made: 'transaction' },
    'firestore.Firestore': { made: 'client' }, 'firestore.CollectionReference': { made: 'query' }, 'firestore.Query': { made: 'query' }, 'firestore.DocumentReference': { made: 'document' }, 'firestore.Transaction': { made: 'transaction' },
    'default.firestore.Transaction': { made: 'transaction' }, 'default.firestore.Firestore': { made: 'client' },
    // The functions of the browser's package: https://firebase.google.com/docs/reference/js/firestore_.md
    collection: { is: 'naming' }, collectionGroup: { is: 'naming' }, doc: { is: 'pointing' }, query: { is: 'building' }, where: { is: 'filtering' }, limit: { is: 'limiting' }, limitToLast: { is: 'limiting' },
    and: { is: 'joining' }, or: { is: 'any' }, orderBy: { is: 'any' }, startAt: { is: 'any' }, startAfter: { is: 'any' }, endAt: { is: 'any' }, endBefore: { is: 'any' },
    getDoc: { is: 'reading' }, getDocFromServer: { is: 'reading' }, getDocs: { is: 'listing' }, getDocsFromServer: { is: 'listing' },
    getCountFromServer: { is: 'counting' }, getAggregateFromServer: { is: 'counting' }, writeBatch: { result: 'batch' }, runTransaction: { is: 'transacting' },
    setDoc: { is: 'writing' }, addDoc: { is: 'writing' }, updateDoc: { is: 'writing' }, deleteDoc: { is: 'writing' },
  },
  kinds: {
    client: {
      names: /^firestore$/,
      calls: {
        // A path such as `users/${id}/orders` is that of one user's collection.
        collection: { gives: 'query', table: 0, owner: 0 }, collectionGroup: { gives: 'query', table: 0 }, doc: { gives: 'document' },
        batch: { gives: 'batch' }, bulkWriter: { gives: 'batch' }, getAll: { verb: 'read-many', bounds: { argument: -1 }, bulk: true }, runTransaction: { callback: { 0: 'transaction' } },
      },
    },
    batch: { calls: { set: { queues: true }, update: { queues: true }, delete: { queues: true }, create: { queues: true }, commit: { verb: 'write', bulk: true }, close: { verb: 'write', bulk: true } } },
    transaction: { calls: { get: { verb: 'read-one' }, getAll: { verb: 'read-many', bounds: { argument: -1 } }, set: { queues: true }, update: { queues: true }, delete: { queues: true }, create: { queues: true } } },
    document: { calls: { get: { verb: 'read-one' }, set: { verb: 'write' }, update: { verb: 'write' }, delete: { verb: 'write' }, create: { verb: 'write' }, collection: { gives: 'query', table: 0, owner: -1 }, onSnapshot: {} } },
    query: {
      runs: 'by-terminal',
      calls: {
        get: { verb: 'read-many', gives: 'snapshot' }, count: { gives: 'count' }, aggregate: { gives: 'count' }, doc: { gives: 'document' }, add: { verb: 'write' }, onSnapshot: {}, stream: { verb: 'read-many', bounds: { argument: -1 } }, listDocuments: { verb: 'read-many' },
        limit: { gives: 'query', bounds: { argument: 0 } }, limitToLast: { gives: 'query', bounds: { argument: 0 } }, where: { gives: 'query', condition: { column: 0 } }, '*': { gives: 'query' },
      },
    },
    // What was found knows where it is kept: `snapshot.docs[0].ref.update(…)`.
    snapshot: { row: 'found', members: { docs: 'docs' } },
    docs: { row: 'found' },
    found: { members: { ref: 'document' } },
    count: { calls: { get: { verb: 'aggregate' } } },
    naming: { called: { gives: 'query', table: 1, owner: [1, 2] } },
    pointing: { called: { gives: 'document', table: 1 } },
    building: { called: { gives: 'query', parts: true } },
    joining: { called: { gives: 'part', parts: true } },
    filtering: { called: { gives: 'part', condition: { column: 0 } } },
    limiting: { called: { gives: 'part', bounds: { argument: 0 } } },
    any: { called: { gives: 'part' } },
    part: {},
    reading: { called: { verb: 'read-one' } },
    listing: { called: { verb: 'read-many', parts: true, gives: 'snapshot' } },
    counting: { called: { verb: 'aggregate' } },
    writing: { called: { verb: 'write' } },
    transacting: { called: { callback: { 1: 'transaction' } } },
  },
  options: { bounds: [], filter: [] },
  shapes: [{ calls: ['collection', 'collectionGroup'], on: 'client', before: ['doc', 'where', 'orderBy', 'get', 'add', 'stream', 'onSnapshot'], dependent: true }],
  repair: {
    read: "`getAll(...refs)`, or `where('…', 'in', ids)` in chunks of 30, loads the same documents at once",
    write: 'one `batch()` or `bulkWriter()` sends the writes together',
    limit: '`.limit(n)` with `startAfter` reads them page by page',
  },
};
