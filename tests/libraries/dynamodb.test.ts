import { samples } from '../samples.ts';

samples('n-plus-one', {
  'a command per element': `
    import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
    import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
    const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
    export async function load(ids: string[]) {
      const items = [];
      for (const id of ids) {
        const { Item } = await documents.send(new GetCommand({ TableName: 'users', Key: { id } })); // want n-plus-one
        items.push(Item);
      }
      return items;
    }`,
  'the class of the command is all that is known': `
    import { QueryCommand } from '@aws-sdk/lib-dynamodb';
    export class Orders {
      constructor(private readonly context: Context) {}
      async of(users: User[]) {
        return Promise.all(users.map(async (user) => {
          const found = await this.context.database.send(new QueryCommand({ // want n-plus-one
            TableName: 'orders', KeyConditionExpression: 'userId = :user', ExpressionAttributeValues: { ':user': user.id },
          }));
          return found.Items;
        }));
      }
    }`,
  'the command is made first': `
    import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
    const client = new DynamoDBClient({});
    for (const row of rows) {
      const command = new PutItemCommand({ TableName: 'rows', Item: marshall(row) });
      await client.send(command); // want n-plus-one
    }`,
  'an update with values of its own': `
    import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
    const documents = DynamoDBDocumentClient.from(client);
    for (const { id, price } of prices) {
      await documents.send(new UpdateCommand({ TableName: 'items', Key: { id }, UpdateExpression: 'SET price = :p', ExpressionAttributeValues: { ':p': price } })); // want n-plus-one:note
    }`,
  'the client with a method for each command': `
    import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
    const documents = DynamoDBDocument.from(client);
    await Promise.all(ids.map((id) => documents.delete({ TableName: 'rows', Key: { id } }))); // want n-plus-one`,
  'version 2, with promise()': `
    const AWS = require('aws-sdk');
    const docClient = new AWS.DynamoDB.DocumentClient();
    module.exports.handler = async (event) => {
      for (const record of event.Records) {
        const { Item } = await docClient.get({ TableName: 'users', Key: { id: record.id } }).promise(); // want n-plus-one
        show(Item);
      }
    };`,
  'version 2, imported by its path': `
    import DynamoDB from 'aws-sdk/clients/dynamodb';
    const table = new DynamoDB.DocumentClient({ region: 'eu-central-1' });
    for (const row of rows) await table.put({ TableName: 'rows', Item: row }).promise(); // want n-plus-one`,
  'through a helper that sends whatever it gets': `
    import { GetCommand } from '@aws-sdk/lib-dynamodb';
    for (const id of ids) {
      await run(new GetCommand({ TableName: 'users', Key: { id } })); // miss: a function of nobody knows where
    }`,

  // -- innocents ------------------------------------------------------------------------------------------------------
  'batches': `
    import { BatchGetCommand, BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
    const documents = DynamoDBDocumentClient.from(client);
    await documents.send(new BatchGetCommand({ RequestItems: { users: { Keys: ids.map((id) => ({ id })) } } }));
    for (const chunk of chunks(rows, 25)) {
      await documents.send(new BatchWriteCommand({ RequestItems: { rows: chunk.map((Item) => ({ PutRequest: { Item } })) } }));
    }`,
  'commands are collected and sent as one': `
    import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
    const documents = DynamoDBDocumentClient.from(client);
    const TransactItems = [];
    for (const row of rows) TransactItems.push({ Put: { TableName: 'rows', Item: row } });
    await documents.send(new TransactWriteCommand({ TransactItems }));`,
  'page after page': `
    import { DynamoDBDocumentClient, QueryCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
    const documents = DynamoDBDocumentClient.from(client);
    let ExclusiveStartKey;
    do {
      const page = await documents.send(new QueryCommand({ TableName: 'rows', ExclusiveStartKey }));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    for await (const page of paginateScan({ client: documents }, { TableName: 'rows' })) show(page.Items);`,
  'other services and answers also have send': `
    import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
    import { GetCommand } from './commands';
    const queue = new SQSClient({});
    for (const row of rows) {
      await queue.send(new SendMessageCommand({ QueueUrl: url, MessageBody: row.text }));
      await bus.send(new GetCommand(row));
      socket.send(row);
    }`,
});

samples('missing-limit', {
  // A page ends after 1 MB, so nothing here is without end: what hurts is the page that nobody asks for.
  'queries and scans': `
    import { DynamoDBDocumentClient, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
    const documents = DynamoDBDocumentClient.from(client);
    await documents.send(new ScanCommand({ TableName: 'rows' }));
    await documents.send(new QueryCommand({ TableName: 'rows', KeyConditionExpression: 'id = :id' }));`,
  'version 2': `
    const AWS = require('aws-sdk');
    const docClient = new AWS.DynamoDB.DocumentClient();
    module.exports.all = () => docClient.scan({ TableName: 'rows' }).promise();`,
  'a command of which only the name is known': `
    import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
    export const send = (client: DynamoDBDocumentClient, command: Command) => client.send(command);`,
});
