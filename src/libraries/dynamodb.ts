import type { Call, Library } from './library.ts';

const one: Call = { verb: 'read-one', gives: 'request' };
const page: Call = { verb: 'read-many', capped: true, options: 0, gives: 'request' };
const some: Call = { verb: 'read-many', bounds: { argument: -1 }, gives: 'request' };
const write: Call = { verb: 'write', gives: 'request' };
const bulk: Call = { verb: 'write', bulk: true, gives: 'request' };
const repair = {
  read: 'one batch of keys (`BatchGet`, 100 at a time) loads the same items at once; items that are read together can share a partition, so that one query finds them',
  write: 'one `BatchWrite` (25 at a time), or a transaction, sends the writes together',
  limit: '`Limit` with `ExclusiveStartKey`, or a paginator, reads them page by page',
};

/**
 * Source: docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html; aws-sdk-js-v3 lib/lib-dynamodb. A page ends after
 * 1 MB whether or not a limit was asked for, so no query is without end.
 */
export const dynamodb: Library = {
  name: 'dynamodb',
  title: 'DynamoDB',
  packages: ['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb', 'aws-sdk'],
  exports: {
    DynamoDBClient: { made: 'client' }, DynamoDBDocumentClient: { made: 'client' }, 'DynamoDBDocumentClient.from': { result: 'client' }, DynamoDBDocument: { made: 'client' }, 'DynamoDBDocument.from': { result: 'client' },
    DynamoDB: { made: 'client' }, DocumentClient: { made: 'client' }, 'DynamoDB.DocumentClient': { made: 'client' }, 'default.DynamoDB': { made: 'client' }, 'default.DynamoDB.DocumentClient': { made: 'client' },
  },
  kinds: {
    client: {
      names: /^_?(?:dynamo(?:db)?(?:Client)?|ddb(?:DocClient|Client)?|(?:dynamo(?:db)?)?doc(?:ument)?Client)$/i,
      calls: {
        send: { command: 0 },
        get: one, getItem: one, query: page, scan: page, batchGet: some, batchGetItem: some, transactGet: some, transactGetItems: some, executeStatement: { verb: 'raw', capped: true, gives: 'request' },
        put: write, putItem: write, update: write, updateItem: write, delete: write, deleteItem: write,
        batchWrite: bulk, batchWriteItem: bulk, transactWrite: bulk, transactWriteItems: bulk,
      },
    },
    request: { calls: { promise: {}, send: {} } },
  },
  commands: {
    GetCommand: one, GetItemCommand: one, QueryCommand: page, ScanCommand: page, BatchGetCommand: some, BatchGetItemCommand: some, TransactGetCommand: some, TransactGetItemsCommand: some,
    ExecuteStatementCommand: { verb: 'raw', capped: true },
    PutCommand: write, PutItemCommand: write, UpdateCommand: write, UpdateItemCommand: write, DeleteCommand: write, DeleteItemCommand: write,
    BatchWriteCommand: bulk, BatchWriteItemCommand: bulk, TransactWriteCommand: bulk, TransactWriteItemsCommand: bulk, BatchExecuteStatementCommand: bulk, ExecuteTransactionCommand: bulk,
  },
  shapes: [{ calls: ['send'], on: 'client', command: 0 }],
  options: { bounds: ['Limit'], filter: [] },
  repair,
};

/** Source: tywalch/electrodb www/src/pages/en (queries, mutations, v3 migration). Since version 3 a query reads one page, unless `pages` asks for more. */
export const electrodb: Library = {
  name: 'electrodb',
  title: 'ElectroDB',
  packages: ['electrodb'],
  exports: { Entity: { made: 'entity', extendedInstance: 'entity' }, Service: { made: 'service' } },
  kinds: {
    service: { members: { collections: 'indexes', entities: 'entities' } },
    entities: { members: { '*': 'entity' } },
    entity: {
      members: { query: 'indexes', scan: 'query' },
      calls: {
        get: { gives: 'getting' }, find: { gives: 'query' }, match: { gives: 'query' },
        put: { gives: 'writing' }, create: { gives: 'writing' }, upsert: { gives: 'writing' }, update: { gives: 'writing' }, patch: { gives: 'writing' }, delete: { gives: 'writing' }, remove: { gives: 'writing' },
      },
    },
    indexes: { calls: { '*': { gives: 'query' } } },
    getting: { runs: 'by-terminal', calls: { go: { verb: 'read-one' }, params: {}, commit: {}, '*': { gives: 'getting' } } },
    writing: { runs: 'by-terminal', calls: { go: { verb: 'write' }, params: {}, commit: {}, '*': { gives: 'writing' } } },
    query: { runs: 'by-terminal', calls: { go: { verb: 'read-many', options: 0, capped: true }, page: { verb: 'read-many', bounds: { argument: -1 } }, params: {}, '*': { gives: 'query' } } },
  },
  options: { bounds: ['limit', 'count'], filter: [], lifts: { pages: ['all'] } },
  repair: { ...repair, read: 'one `get([...])` with all keys, or a collection that holds the items together, loads the same items at once', write: 'one `put([...])` or `delete([...])` sends the writes together', limit: '`limit` with `cursor` reads them page by page' },
};

/** Source: dynamoose/dynamoose docs/docs_src/guide/Model.md, Query.md. A query reads one page, unless `all()` asks for the others. */
export const dynamoose: Library = {
  name: 'dynamoose',
  title: 'Dynamoose',
  packages: ['dynamoose', 'nestjs-dynamoose'],
  exports: { model: { result: 'model' }, 'default.model': { result: 'model' }, Model: { made: 'model' }, Item: { made: 'item' }, Document: { made: 'item' } },
  kinds: {
    model: {
      made: 'item',
      calls: {
        get: { verb: 'read-one', row: 'item' }, query: { gives: 'query' }, scan: { gives: 'query' }, batchGet: { verb: 'read-many', bounds: { argument: -1 } },
        create: { verb: 'write' }, update: { verb: 'write' }, delete: { verb: 'write' }, batchPut: { verb: 'write', bulk: true }, batchDelete: { verb: 'write', bulk: true },
      },
    },
    item: { calls: { save: { verb: 'write' }, delete: { verb: 'write' }, populate: { verb: 'read-one' } } },
    query: { runs: 'by-terminal', row: 'item', calls: { exec: { verb: 'read-many', capped: true }, limit: { gives: 'query', bounds: { argument: 0 } }, all: { gives: 'query', lifts: true }, '*': { gives: 'query' } } },
  },
  injected: { InjectModel: 'model' },
  repair: { ...repair, read: 'one `batchGet(ids)` loads the same items at once', write: 'one `batchPut([...])` or `batchDelete([...])` sends the writes together', limit: '`limit(n)` with `startAt` reads them page by page; `all()` reads every page there is' },
};
