/** What validation libraries look like in source, as plain data. */

/** Packages whose schemas and checks validate. */
export const validatorPackages: readonly string[] = [
  'zod', 'joi', '@hapi/joi', 'celebrate', 'yup', 'ajv', 'class-validator', 'class-transformer-validator', 'express-validator', 'express-joi-validation',
  'express-openapi-validator', 'valibot', '@sinclair/typebox', 'typebox', 'superstruct', 'io-ts', 'effect', '@effect/schema', 'arktype', 'runtypes', '@vinejs/vine',
  'fastest-validator', 'typia', 'nestjs-zod', '@hono/zod-validator', '@hono/standard-validator', '@hono/valibot-validator', '@hono/typebox-validator', '@hono/arktype-validator',
  'zod-express-middleware', 'zod-validation-error', 'zodix', 'zod-form-data', '@conform-to/zod', 'validate.js', 'jsonschema', 'is-my-json-valid', 'koa-joi-router',
  'express-zod-api', 'drizzle-zod', '@t3-oss/env-core', 'validator', 'zsa', 'next-safe-action', 'koa-parameter', 'parameter', 'indicative', 'tcomb', 'ow', 'decoders', 'myzod', 'banditypes', 'meteor/check',
];

/** Packages that check a request before its handler runs, so that a handler in a file of its own may well be served by them. */
export const middlewarePackages: readonly string[] = [
  'zod', 'joi', '@hapi/joi', 'celebrate', 'yup', 'ajv', 'class-validator', 'express-validator', 'express-joi-validation', 'valibot', '@sinclair/typebox', 'typebox', 'superstruct',
  '@vinejs/vine', 'fastest-validator', 'zod-express-middleware', 'validate.js', 'jsonschema', 'express-json-validator-middleware', 'express-jsonschema', 'joi-express', 'express-validation', 'koa-joi-router', 'arktype', 'io-ts', 'runtypes',
];

/** Packages that check every request of a server against its written contract. */
export const contractPackages: readonly string[] = [
  'express-openapi-validator', 'express-openapi', 'openapi-backend', 'exegesis', 'exegesis-express', 'swagger-express-middleware', 'swagger-tools', 'openapi-validator-middleware', 'tsoa', 'koa-oas3', 'fastify-openapi-glue', 'swagger-node-runner', 'swagger-express-mw',
];

/** Packages that take operators out of whatever a request holds. */
export const operatorGuards: readonly string[] = ['express-mongo-sanitize', 'mongo-sanitize', 'content-filter', 'koa-mongo-sanitize', '@exortek/express-mongo-sanitize', '@exortek/fastify-mongo-sanitize'];

/** Methods that only schemas have: calling one with a value is proof that it is checked. */
export const schemaMethods = new Set([
  'safeParse', 'safeParseAsync', 'parseAsync', 'spa', 'safeDecode', 'safeDecodeAsync', 'validateAsync', 'validateSync', 'validateUsing', 'tryValidate', 'isValidSync', 'validateAt', 'validateSyncAt',
  'parseWithZod', 'decodeUnknownSync', 'decodeUnknownPromise', 'decodeUnknown', 'validateOrReject', 'superValidate', 'assertParse', 'safeParser',
]);

/** Methods that schemas share with others: proof where the receiver is no well-known parser of text. */
export const sharedMethods = new Set(['parse', 'validate', 'check', 'assert', 'decode', 'isValid', 'mask', 'attempt', 'Check', 'Parse', 'Decode', 'Assert', 'guard', 'allows', 'match']);

/** Parsers of text, which check nothing about what comes out. */
export const textParsers = /^(?:JSON|JSON5|json5|url|Url|URL|qs|querystring|queryString|Date|path|csv|papa|Papa|yaml|YAML|jsyaml|ms|semver|dotenv|cookie|marked|date|dayjs|moment|luxon|DateTime|parser|xml\w*|devalue|superjson|SuperJSON|toml|ini|useragent|UAParser|acorn|babel|cheerio|himalaya|flatted|node-html-parser)$/;
