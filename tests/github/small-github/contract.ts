import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import { buildSchema, type GraphQLSchema } from 'graphql';

/** What GitHub itself says that requests look like: its OpenAPI description, and its GraphQL schema. */

type Parameter = { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema?: object };
type Schema = { properties?: Record<string, Schema>; items?: Schema; $ref?: string; oneOf?: Schema[]; anyOf?: Schema[] };
type Operation = { parameters?: (Parameter | { $ref: string })[]; requestBody?: { required?: boolean; content?: { 'application/json'?: { schema: Schema } } } };
type Description = { paths: Record<string, Record<string, Operation>>; components: Record<string, Record<string, unknown>> };

const require = createRequire(import.meta.url);

let description: Description | undefined;
function described(): Description {
  return (description ??= JSON.parse(readFileSync(require.resolve('@octokit/openapi/generated/api.github.com.json'), 'utf8')) as Description);
}

let ajv: Ajv | undefined;
function checker(): Ajv {
  if (!ajv) {
    ajv = new Ajv({ strict: false, coerceTypes: false, allErrors: true, logger: false, validateFormats: false });
    ajv.addSchema({ $id: 'github', components: described().components } as object);
  }
  return ajv;
}

const compiled = new Map<string, ValidateFunction>();
function isRight(key: string, schema: object, value: unknown): string[] {
  let validate = compiled.get(key);
  if (!validate) {
    validate = checker().compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"github#/components')) as object);
    compiled.set(key, validate);
  }
  return validate(value) ? [] : (validate.errors ?? []).map((error) => `${key}${error.instancePath} ${error.message}`);
}

let routes: { method: string; template: string; pattern: RegExp; operation: Operation }[] | undefined;
function allRoutes(): NonNullable<typeof routes> {
  return (routes ??= Object.entries(described().paths).filter(([template]) => template.startsWith('/repos/')).flatMap(([template, operations]) => Object.entries(operations).map(([method, operation]) => ({
    method: method.toUpperCase(), template, operation, pattern: new RegExp(`^${template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '([^/]+)')}$`),
  }))));
}

export type Request = { template: string; parameters: Record<string, string>; wrongs: string[] };

/** The operation that a request means, and all that GitHub's description finds wrong with it. */
export function judged(method: string, path: string, query: URLSearchParams, body: unknown): Request {
  const route = allRoutes().filter((each) => each.method === method && each.pattern.test(path)).sort((a, b) => placeholders(a.template) - placeholders(b.template))[0];
  if (!route) return { template: '', parameters: {}, wrongs: [`${method} ${path} is no request that GitHub describes`] };
  const wrongs: string[] = [];
  const names = [...route.template.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  const values = route.pattern.exec(path)!.slice(1).map(decodeURIComponent);
  const parameters = Object.fromEntries(names.map((name, at) => [name, values[at]!]));
  const known = (route.operation.parameters ?? []).map(resolved);
  const key = `${method} ${route.template}`;
  for (const parameter of known) {
    const value = parameter.in === 'path' ? parameters[parameter.name] : parameter.in === 'query' ? (query.get(parameter.name) ?? undefined) : undefined;
    if (parameter.in !== 'header' && parameter.required && value === undefined) wrongs.push(`${key}: ${parameter.name} is missing`);
    if (value !== undefined && parameter.schema) wrongs.push(...isRight(`${key}#${parameter.name}`, parameter.schema, typed(value, parameter.schema)));
  }
  for (const name of query.keys()) if (!known.some((parameter) => parameter.in === 'query' && parameter.name === name)) wrongs.push(`${key}: the query has no ${name}`);
  const schema = route.operation.requestBody?.content?.['application/json']?.schema;
  if (schema && (body !== undefined || route.operation.requestBody?.required)) {
    wrongs.push(...isRight(`${key}#body`, schema, body ?? {}), ...unknownKeys(key, schema, body));
  } else if (body !== undefined) wrongs.push(`${key} takes no body`);
  return { template: route.template, parameters, wrongs };
}

function placeholders(template: string): number {
  return template.split('{').length;
}

function resolved(parameter: Parameter | { $ref: string }): Parameter {
  if (!('$ref' in parameter)) return parameter;
  return described().components['parameters']![parameter.$ref.split('/').at(-1)!] as Parameter;
}

/** Text from an address as the type that the description asks for. */
function typed(value: string, schema: { type?: string }): unknown {
  if ((schema.type === 'integer' || schema.type === 'number') && /^-?\d+$/.test(value)) return Number(value);
  if (schema.type === 'boolean' && /^(?:true|false)$/.test(value)) return value === 'true';
  return value;
}

/** The description allows further keys nearly everywhere; a key that it does not name is a slip all the same. */
function unknownKeys(where: string, schema: Schema, value: unknown): string[] {
  if (Array.isArray(value)) return schema.items ? value.flatMap((item) => unknownKeys(`${where}[]`, schema.items!, item)) : [];
  if (typeof value !== 'object' || value === null || !schema.properties) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const known = schema.properties![name];
    return known ? unknownKeys(`${where}.${name}`, known, inner) : [`${where} has no ${name}`];
  });
}

let schema: GraphQLSchema | undefined;
/** GitHub's GraphQL schema. */
export function graphqlSchema(): GraphQLSchema {
  return (schema ??= buildSchema(readFileSync(new URL('../../../node_modules/@octokit/graphql-schema/schema.graphql', import.meta.url), 'utf8'), { assumeValid: true, noLocation: true }));
}
