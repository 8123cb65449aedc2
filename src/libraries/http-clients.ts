/** How requests to other services are made, as plain data. */

/** Whether a request asks for something or changes it, by the method that it uses. */
export type RequestVerb = 'read' | 'write';

/** A client whose functions are named after the methods of HTTP, or that takes the method as an option. */
export type HttpClient = {
  title: string;
  /** The packages that it comes from; `global` for what needs no import. */
  from: readonly string[];
  /** The names it goes by there; `default` for the package itself. */
  names: readonly string[];
  /** The options that end a request which takes too long. */
  limits: readonly string[];
  /** It ends such a request by itself. */
  isLimited?: true;
};

const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'request'];

/**
 * Sources: undici docs/api/Dispatcher.md; axios lib/defaults/index.js (`timeout: 0`); got documentation/6-timeout.md; ky readme.md (10 seconds an
 * attempt); superagent docs `.timeout()`; nodejs.org/api/http.html.
 */
export const httpClients: readonly HttpClient[] = [
  { title: 'fetch', from: ['global', 'node-fetch', 'cross-fetch', 'isomorphic-fetch', 'make-fetch-happen'], names: ['fetch', 'default'], limits: ['signal', 'timeout'] },
  { title: 'undici', from: ['undici'], names: ['fetch', 'request', 'stream'], limits: ['signal', 'headersTimeout', 'bodyTimeout', 'dispatcher'] },
  { title: 'ofetch', from: ['global', 'ofetch', '#imports'], names: ['$fetch', 'ofetch', '$fetch.raw', 'ofetch.raw'], limits: ['timeout', 'signal'] },
  { title: 'axios', from: ['axios'], names: ['default', ...verbs], limits: ['timeout', 'signal', 'cancelToken'] },
  { title: 'axios', from: ['@nestjs/axios'], names: verbs.flatMap((verb) => [`HttpService.${verb}`, `HttpService.axiosRef.${verb}`]), limits: ['timeout', 'signal'] },
  { title: 'got', from: ['got'], names: ['default', 'got', ...verbs, ...verbs.map((verb) => `got.${verb}`)], limits: ['timeout', 'signal'] },
  { title: 'ky', from: ['ky'], names: ['default', ...verbs], limits: ['timeout', 'signal'], isLimited: true },
  { title: 'superagent', from: ['superagent'], names: ['default', ...verbs, 'del'], limits: ['timeout'] },
  { title: 'needle', from: ['needle'], names: ['default', ...verbs], limits: ['timeout', 'response_timeout', 'read_timeout'] },
  { title: 'request', from: ['request', 'request-promise', 'request-promise-native'], names: ['default', ...verbs, 'del'], limits: ['timeout'] },
  { title: 'phin', from: ['phin'], names: ['default'], limits: ['timeout'] },
  { title: 'http', from: ['http', 'https', 'node:http', 'node:https'], names: ['get', 'request'], limits: ['timeout', 'signal'] },
];

/** The client of one service, whose methods are requests. */
export type ServiceClient = {
  title: string;
  from: RegExp;
  /** Methods that send a command, whose name says what is asked: `client.send(new GetObjectCommand(…))`. */
  sends?: true;
  /** Calls that take many in one request: the method or command for one, and what takes many. */
  many?: Readonly<Record<string, string>>;
  /** It ends a request that takes too long by itself. */
  isLimited?: true;
};

/**
 * Sources: the reference of each client. Amazon's commands for many: SQS SendMessageBatch, SNS PublishBatch, S3 DeleteObjects, SES
 * SendBulkEmail, SSM GetParameters, Secrets Manager BatchGetSecretValue, Kinesis PutRecords, Firehose PutRecordBatch.
 */
export const serviceClients: readonly ServiceClient[] = [
  {
    title: 'AWS', from: /^@aws-sdk\/client-(?!dynamodb)/, sends: true,
    many: {
      SendMessageCommand: 'SendMessageBatchCommand', DeleteMessageCommand: 'DeleteMessageBatchCommand', PublishCommand: 'PublishBatchCommand', DeleteObjectCommand: 'DeleteObjectsCommand',
      SendEmailCommand: 'SendBulkEmailCommand', GetParameterCommand: 'GetParametersCommand', GetSecretValueCommand: 'BatchGetSecretValueCommand', PutRecordCommand: 'a command for many records', PutEventsCommand: 'one PutEventsCommand with several entries',
    },
  },
  { title: 'Stripe', from: /^stripe$/, isLimited: true },
  { title: 'OpenAI', from: /^openai$/, isLimited: true, many: { 'embeddings.create': 'one `embeddings.create` with a list as its input', 'moderations.create': 'one `moderations.create` with a list as its input' } },
  { title: 'Anthropic', from: /^@anthropic-ai\/sdk$/, isLimited: true },
  { title: 'GitHub', from: /^@?octokit(?:\/(?:rest|core|action|request))?$|^@actions\/github$/, many: {} },
  { title: 'Resend', from: /^resend$/, many: { 'emails.send': '`batch.send`' } },
  { title: 'SendGrid', from: /^@sendgrid\/mail$/, many: { send: 'one `send` with a list of messages' } },
  { title: 'Postmark', from: /^postmark$/, many: { sendEmail: '`sendEmailBatch`', sendEmailWithTemplate: '`sendEmailBatchWithTemplates`' } },
  { title: 'Twilio', from: /^twilio$/ },
  { title: 'Slack', from: /^@slack\/web-api$/ },
  { title: 'Algolia', from: /^algoliasearch(?:\/.*)?$/, many: { saveObject: '`saveObjects`', getObject: '`getObjects`', deleteObject: '`deleteObjects`', partialUpdateObject: '`partialUpdateObjects`' } },
  { title: 'HubSpot', from: /^@hubspot\/api-client$/, many: { 'basicApi.getById': '`batchApi.read`', 'basicApi.create': '`batchApi.create`', 'basicApi.update': '`batchApi.update`' } },
];

/** Methods of such clients that ask, and those that change something. Every other method may be no request at all. */
export const asks = /^(?:get|list|retrieve|search|find|fetch|describe|head|query|count|lookup|check|read)(?:$|[A-Z_])/;
export const changesSomething = /^(?:create|send|update|put|post|delete|del|remove|cancel|publish|invoke|start|stop|add|save|upload|copy|upsert|partialUpdate|set|enable|disable|archive|attach|detach|confirm|capture|refund)(?:$|[A-Z_])/;
