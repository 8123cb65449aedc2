/** What declarations say about how big a number may be: schemas of zod, and the rules that a class has for its fields. */
import type { ts as C } from 'ts-morph';
import { ts, type Decorator, type Expression, type FunctionBody, type Node } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, inOneLine, isFunctionBody, memberAccess, nameText, nodesWithin, propertyObject, propertyValue, wrapped } from '../code/syntax.ts';
import type { Value } from '../code/value.ts';
import { writtenObject } from './written-object.ts';

/** Methods by which a schema of zod, joi or yup reads what it is given. */
export const readsBySchema = /^(?:parse|parseAsync|safeParse|safeParseAsync|validate|validateAsync|validateSync|cast)$/;

/** What says which fields an object has: literals of schemas, the last one first, where one adds to another. */
export type Fields = readonly C.ObjectLiteralExpression[];

const ofSchema = Array.from({ length: 8 }, (_, depth) => Symbol(`fields of a schema at ${depth}`));

/** The fields of a schema of zod, joi, yup or TypeBox that is written out; undefined for what is none. */
export function schemaAt(value: Value, scene: Scene, depth = 0): Fields | undefined {
  if (value.kind !== 'result' || depth > 6) return undefined;
  return scene.remember(ofSchema[depth]!, value.node, () => readSchema(value, scene, depth), undefined);
}

function readSchema(value: Value & { kind: 'result' }, scene: Scene, depth: number): Fields | undefined {
  const name = calleeName(value.node) ?? '';
  const [first] = value.node.arguments;
  if (/^(?:object|strictObject|looseObject|keys|shape|Object)$/.test(name) && first) {
    const fields = writtenObject(first, scene);
    return fields && [fields];
  }
  const access = memberAccess(bare(value.node.expression));
  if (!access) return undefined;
  // `Type.Omit(Query, ['teamId'])`, `Type.Composite([Query, Page])`
  if (/^(?:Omit|Pick|Partial|Required|Composite|Intersect)$/.test(name) && first) {
    // What is left out may stand in another part, capped.
    if (name === 'Omit' && /limit|take|size|count|page|first|last|top/i.test(inOneLine(value.node.arguments[1] ?? value.node, 400))) return undefined;
    const parts = ts.isArrayLiteralExpression(bare(first)) ? [...(bare(first) as C.ArrayLiteralExpression).elements] : [first];
    const fields = parts.map((each) => schemaAt(scene.valueOf(each), scene, depth + 1));
    return fields.every((each) => each !== undefined) ? [...new Set(fields.toReversed().flat())] : undefined;
  }
  const base = (): Fields | undefined => schemaAt(scene.valueOf(access.of), scene, depth + 1);
  // `page.extend({ q: z.string() })`, `filter.merge(page)`
  if (/^(?:extend|safeExtend|merge|and|concat)$/.test(name) && first) {
    const added = writtenObject(first, scene);
    const more = added ? [added] : schemaAt(scene.valueOf(first), scene, depth + 1);
    const before = more && base();
    return before && [...more, ...before];
  }
  // `.strict()`, `.optional()`, `.default({})` of an object change nothing about its fields; what is added or refined may.
  return /^(?:strict|strip|passthrough|optional|nullish|nullable|default|partial|describe|openapi|meta)$/.test(name) ? base() : undefined;
}

const openSchema = /^(?:z|zod|joi|Joi|yup|Yup)\.(?:coerce\.)?(?:number|int|string|bigint)\(/;
const capsInSchema = /\.(?:max|lte|lt|maximum|refine|superRefine|transform|pipe|regex|catch|check|length|multipleOf|overwrite|less|lessThan|valid|equal|custom|external|when|oneOf|test|alter)\(|\.enum\(|\.literal\(|\.union\(/;

/** `.regex(/^\d+$/)`, `.transform(Number)`, `.transform((value) => parseInt(value, 10))`: what makes a number of a text, of any size. */
const asNumber = /\.regex\(\/\^(?:\\d|\[0-9\])[+*]\$\/\)|\.transform\((?:Number|parseInt|parseFloat|\(?(\w+)\)?\s*=>\s*(?:Number|parseInt|parseFloat|Number\.parseInt)\(\s*\1(?:,\s*10)?\s*\))\)/g;

/** `Type.Optional(Type.Integer({ minimum: 1 }))` of TypeBox, `t.Numeric()` of Elysia. */
const openInTypeBox = /^(?:(?:Type|t|T)\.(?:Optional|Readonly)\()*(?:Type|t|T)\.(?:Integer|Number|Numeric|String)\(/;
/** What a JSON schema says to keep a number or a text small, as TypeBox does too. */
const capsInJson = 'maximum|exclusiveMaximum|enum|const|pattern|maxLength';
const capsInTypeBox = new RegExp(`\\b(?:${capsInJson})\\b`);
const isCapInJson = new RegExp(`^(?:${capsInJson})$`);

/** True where the field is a number of any size. */
export function leavesOpen(fields: Fields, path: readonly string[], scene: Scene): boolean {
  const [name, ...rest] = path;
  const written = name === undefined || rest.length > 0 ? undefined : fieldIn(fields, name, scene);
  return written !== undefined && isOpenNumber(written, scene);
}

/** True for the schema of a number, or of a text that may be one, without a largest value. */
export function isOpenNumber(schema: Expression, scene: Scene): boolean {
  const kept = ts.isIdentifier(bare(schema)) ? scene.valueOf(schema) : undefined;
  const field = kept?.kind === 'result' ? kept.node : bare(schema);
  if (!ts.isCallExpression(field)) return false;
  const text = inOneLine(field, 2_000).replaceAll(/\s+\./g, '.').replaceAll(asNumber, '');
  const isOpen = (openSchema.test(text) && !capsInSchema.test(text)) || (openInTypeBox.test(text) && !capsInTypeBox.test(text) && showsOptions(field));
  return isOpen && scene.valueOf(field).kind === 'result';
}

/** True where no options of the field stand elsewhere, as in `Type.Integer(pageSize)` and `Type.Integer({ ...bounds })`. */
function showsOptions(field: C.CallExpression): boolean {
  return nodesWithin(field, ts.isCallExpression).every((call) => call.arguments.every((each) => !ts.isIdentifier(each) && (!ts.isObjectLiteralExpression(each) || !each.properties.some(ts.isSpreadAssignment))));
}

/** What is written for a field, also by way of objects that are spread in: what stands last counts. */
function fieldIn(fields: Fields, name: string, scene: Scene, depth = 0): Expression | undefined {
  for (const object of fields) {
    for (const each of object.properties.toReversed()) {
      const spread = ts.isSpreadAssignment(each) && depth < 4 ? writtenObject(each.expression, scene) : undefined;
      const found = spread ? fieldIn([spread], name, scene, depth + 1) : each.name && nameText(each.name) === name ? propertyValue(object, name) : undefined;
      if (found) return found;
    }
  }
  return undefined;
}

/** The keys under which a route of Fastify keeps its schemas. */
const schemasOfRoute: Readonly<Record<string, readonly string[]>> = { query: ['querystring', 'query'], body: ['body'], params: ['params'] };

/** True where the schemas of the route that a handler serves let a number be of any size. */
export function routeLeavesOpen({ fn, server }: { fn: FunctionBody; server: string }, source: string, path: readonly string[], scene: Scene): boolean {
  const schema = server === 'hapi' ? ofHapi(fn, source) : server === 'fastify' ? ofFastify(fn, source, scene) : (ofMiddleware(fn, source) ?? ofElysia(fn, source, server));
  if (!schema) return false;
  const plain = writtenObject(schema, scene);
  if (server === 'fastify' && plain && path.length === 1 && isOpenInJson(plain, path[0]!, scene)) return true;
  const fields = plain ? [plain] : schemaAt(scene.valueOf(schema), scene);
  return fields !== undefined && leavesOpen(fields, path, scene);
}

/** `{ schema: { querystring: Type.Object({ … }) } }`, or a JSON schema in its place, beside a handler of Fastify. */
function ofFastify(fn: FunctionBody, source: string, scene: Scene): Expression | undefined {
  const schema = schemasBeside(fn, scene);
  return schema && (schemasOfRoute[source] ?? []).flatMap((key) => propertyValue(schema, key) ?? [])[0];
}

/** `.get('/', handler, { query: t.Object({ … }) })` of Elysia. */
function ofElysia(fn: FunctionBody, source: string, server: string): Expression | undefined {
  const options = server === 'elysia' ? callAround(fn)?.arguments.map((each) => bare(each)).find((each) => ts.isObjectLiteralExpression(each)) : undefined;
  return options && propertyValue(options as C.ObjectLiteralExpression, source);
}

/** `options: { validate: { query: Joi.object({ … }) } }` beside a handler of hapi. */
function ofHapi(fn: FunctionBody, source: string): Expression | undefined {
  for (let up: Node = fn.parent, depth = 0; up && depth < 8; up = up.parent, depth += 1) {
    if (!ts.isObjectLiteralExpression(up)) continue;
    const options = propertyValue(up, 'options') ?? propertyValue(up, 'config');
    const holder = options ? bare(options) : up;
    const validate = ts.isObjectLiteralExpression(holder) ? propertyObject(holder, 'validate') : undefined;
    if (validate) return propertyValue(validate, source === 'body' ? 'payload' : source);
  }
  return undefined;
}

/** `validate({ query: schema })`, `celebrate({ query: … })`, `zValidator('query', schema)`, `validateQuery(schema)` among the arguments of the route's call. */
function ofMiddleware(fn: FunctionBody, source: string): Expression | undefined {
  const call = callAround(fn);
  for (const each of call?.arguments ?? []) {
    const middleware = bare(each);
    if (!ts.isCallExpression(middleware)) continue;
    const [first, second] = middleware.arguments.map((given) => bare(given));
    if (first && ts.isObjectLiteralExpression(first)) {
      const schema = propertyValue(first, source);
      if (schema) return schema;
    } else if (first && second && ts.isStringLiteralLike(first)) {
      if (first.text === source || (source === 'body' && first.text === 'json')) return second;
    } else if (first && new RegExp(`${source}`, 'i').test(calleeName(middleware) ?? '')) return first;
  }
  return undefined;
}

/** The call that a function is given to, also by way of what wraps it: `router.get('/users', validate(schema), asyncHandler(async (req, res) => …))`. */
function callAround(fn: FunctionBody): C.CallExpression | undefined {
  let given: Node = wrapped(fn);
  for (let depth = 0; depth < 3 && ts.isCallExpression(given.parent); depth += 1) {
    if (given.parent.arguments.length > 1) return given.parent;
    given = wrapped(given.parent);
  }
  return undefined;
}

function schemasBeside(fn: FunctionBody, scene: Scene): C.ObjectLiteralExpression | undefined {
  const { parent } = wrapped(fn);
  // `app.get('/', options, handler)`, where the options may stand elsewhere.
  const given = ts.isCallExpression(parent) ? parent.arguments.filter((each) => !isFunctionBody(bare(each)) && !ts.isStringLiteralLike(bare(each))) : [];
  const options = given.length > 0 ? given.map((each) => writtenObject(each, scene)).find((each) => each !== undefined) : ts.isPropertyAssignment(parent) ? parent.parent : undefined;
  return options && memberObject(options, 'schema', scene);
}

/** True where a JSON schema lets a number of its object be of any size. */
function isOpenInJson(schema: C.ObjectLiteralExpression, name: string, scene: Scene): boolean {
  const properties = memberObject(schema, 'properties', scene);
  const field = properties && memberObject(properties, name, scene);
  const type = field && propertyValue(field, 'type');
  return type !== undefined && ts.isStringLiteralLike(bare(type)) && /^['"](?:integer|number|string)['"]$/.test(inOneLine(type, 20)) && !field!.properties.some((each) => ts.isSpreadAssignment(each) || isCapInJson.test((each.name && nameText(each.name)) ?? ''));
}

/**
 * What a JSON schema beside a function says of its first parameter: `super(meta, paramDef, async (ps) => …)`. Undefined where none stands there, or where
 * it says nothing of the field.
 */
export function leftOpenBeside(fn: FunctionBody, name: string, scene: Scene): boolean | undefined {
  const call = wrapped(fn).parent;
  if (!ts.isCallExpression(call) || call.arguments.length < 2) return undefined;
  for (const each of call.arguments) {
    const schema = isFunctionBody(bare(each)) ? undefined : writtenObject(each, scene);
    const properties = schema && memberObject(schema, 'properties', scene);
    if (properties && propertyValue(properties, name)) return isOpenInJson(schema, name, scene);
  }
  return undefined;
}

/** Types that a schema says itself: `z.infer<typeof Query>`, `Static<typeof Query>`. */
const saidBySchema = /(?:^|\.)(?:infer|input|output|Infer|InferType|TypeOf|Static)$/;

/** What the schema behind a declared type says of a field: `({ input }: { input: z.infer<typeof ListInput> }) => …`. Undefined where the type comes of none. */
export function leftOpenByType(type: C.TypeNode, path: readonly string[], scene: Scene, depth = 0): boolean | undefined {
  const [name, ...rest] = path;
  if (depth > 6 || name === undefined) return undefined;
  if (ts.isTypeLiteralNode(type)) {
    const member = type.members.find((each) => each.name !== undefined && nameText(each.name) === name);
    return member && ts.isPropertySignature(member) && member.type ? leftOpenByType(member.type, rest, scene, depth + 1) : undefined;
  }
  if (!ts.isTypeReferenceNode(type)) return undefined;
  const [of] = type.typeArguments ?? [];
  if (of && ts.isTypeQueryNode(of) && ts.isIdentifier(of.exprName) && saidBySchema.test(inOneLine(type.typeName, 60))) {
    const fields = schemaAt(scene.named(of.exprName.text, of), scene);
    return fields && leavesOpen(fields, path, scene);
  }
  const declared = ts.isIdentifier(type.typeName) ? scene.named(type.typeName.text, type) : undefined;
  const said = declared && schemaAt(declared, scene);
  if (said) return leavesOpen(said, path, scene);
  const holder = declared?.kind === 'interface' && ts.isTypeAliasDeclaration(declared.node) ? declared.node.type : undefined;
  return holder && leftOpenByType(holder, path, scene, depth + 1);
}

function memberObject(object: C.ObjectLiteralExpression, name: string, scene: Scene): C.ObjectLiteralExpression | undefined {
  const given = propertyValue(object, name);
  return given && writtenObject(given, scene);
}

/** The name of a decorator, as it is written. */
export const decoratorName = (decorator: Decorator): string => inOneLine(ts.isCallExpression(decorator.expression) ? decorator.expression.expression : decorator.expression, 40);

/** Rules and descriptions of a field that leave its size open: what is written for Swagger nobody checks. Any other decorator may cap it. */
const openRules = /^(?:IsInt|IsNumber|IsNumberString|IsString|(?:Is|Validate)?Optional|IsPositive|IsDefined|IsNotEmpty|Min|Type|Expose|ApiProperty|ApiPropertyOptional|ApiQuery|Field|IsDivisibleBy)$/;

/** True where a class has rules for a field that say nothing about its size. */
export function isOpenField(holder: C.ClassLikeDeclaration, name: string, scene: Scene): boolean {
  const field = fieldOf(holder, name, scene);
  const rules = field ? rulesOf(field) : [];
  return rules.length > 0 && areOpen(rules);
}

/** A field that a class declares, or one that it extends. */
export function fieldOf(holder: C.ClassLikeDeclaration, name: string, scene: Scene, depth = 0): C.PropertyDeclaration | undefined {
  const field = holder.members.find((member): member is C.PropertyDeclaration => ts.isPropertyDeclaration(member) && nameText(member.name) === name);
  if (field || depth >= 4) return field;
  const base = holder.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
  const value = base && scene.valueOf(base.expression);
  return value?.kind === 'class' ? fieldOf(value.node, name, scene, depth + 1) : undefined;
}

/** What a field is decorated with. */
export const rulesOf = (field: C.PropertyDeclaration): readonly Decorator[] => ts.getDecorators(field) ?? [];

/** True where no rule says anything about a size. */
export const areOpen = (rules: readonly Decorator[]): boolean => rules.every((each) => openRules.test(decoratorName(each)) && !(/^(?:Is|Validate)?Optional$/.test(decoratorName(each)) && /\bmax/i.test(each.getText())));
