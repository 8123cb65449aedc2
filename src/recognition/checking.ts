import { ts, type CallExpression, type Expression, type PropertyDeclaration } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, memberAccess, nameText } from '../code/syntax.ts';
import type { Value } from '../code/value.ts';
import { packageName } from '../code/manifests.ts';
import { beginning } from './call-text.ts';
import { schemaMethods, sharedMethods, textParsers, validatorPackages } from '../libraries/validators.ts';

/**
 * How much a check says: `schema`: everything about the value; `content`: what stands in it; `type`: only that it is a text, a
 * number, a list; `host`: where an address leads, which says nothing of anything else; `pin`: that it equals something known, which says nothing about the rest of the request.
 */
export type Level = 'schema' | 'content' | 'type' | 'host' | 'pin';

/** A call that checks values. */
export type Checking = {
  level: Level;
  /** The expressions that are checked. */
  of: readonly Expression[];
  /** The result stands for a checked value. */
  settles: boolean;
  /** Checked by the rules of the class that is made of it, and not where it comes in. */
  byRules?: true;
};

const packages = new Set(validatorPackages);
const schemaLike = /schema|validator|validation|(?:^|[a-z])(?:Dto|DTO)$|(?:^|_)dto$|^z$|^joi$|^yup$/i;
const says = /^(?!.*invalidat)(?:validate|assertValid|ensureValid|verifySchema|checkSchema|checkBody|checkParams|checkInput|checkRequest|assertIs|assertType|typecheck|ajv|.*validat(?:e|or|ion)$|.*Valid(?:at\w+)?$)/i;

/** Functions that take a schema beside the value, of libraries whose schemas have no methods. */
const functionsOfSchemas = new Set(['is', 'create', 'validateOrReject', 'transformAndValidate', 'transformAndValidateSync', 'safeParse', 'parse', 'assert', 'ow', 'parseForm', 'parseQuery', 'parseParams', 'validate', 'matchedData', 'validationResult']);

/** What a call checks; undefined when it checks nothing. Presence (`isEmpty`, `exists`) is no check. */
export function checkingAt(node: CallExpression, scene: Scene): Checking | undefined {
  const name = calleeName(node);
  if (name === undefined || node.arguments.length === 0) return undefined;
  const access = memberAccess(bare(node.expression));
  const of = node.arguments.filter((each) => !ts.isSpreadElement(each));
  if (name === 'test' && access && ts.isIdentifier(access.of) && access.of.text === 'Match') return byPattern(of);
  if (name === 'check' && !access && isOfMeteor(scene.valueOf(node.expression), node)) return byPattern(of);
  if (isSchemaCall(node, name, access, scene)) return { level: 'schema', of, settles: true };
  if (resolvesHost.test(name) && isOfDns(scene.valueOf(node.expression))) return { level: 'host', of: of.slice(0, 1), settles: false };
  if (isPresence.test(name)) return undefined;
  if (says.test(name) || hasSchemaArgument(node, scene)) return { level: 'schema', of, settles: true };
  if (access && makes.test(name)) return byRules(node, name, access.of, scene);
  return predicate(name, access, scene, of);
}

/** `check` of `meteor/check`, which Meteor's older code need not import. */
function isOfMeteor(value: Value, node: CallExpression): boolean {
  return value.kind === 'external' ? value.from === 'meteor/check' : value.kind === 'global' && /\bMeteor\./.test(node.getSourceFile().text);
}

/**
 * `check(name, String)`, `check(post, { title: String })`, `Match.test(name, String)`: what the pattern says. Source: https://docs.meteor.com/api/check
 * That something is an object says nothing about what stands in it.
 */
function byPattern([value, pattern]: readonly Expression[]): Checking | undefined {
  if (!value || !pattern || anyObject.test(beginning(pattern, 60))) return undefined;
  const checked = bare(value);
  const of = ts.isArrayLiteralExpression(checked) ? checked.elements : [value];
  // Any text will do for `String`, also deep within a pattern.
  return { level: /\bString\b/.test(beginning(pattern, 2_000)) ? 'type' : 'schema', of, settles: false };
}

const anyObject = /^[\s[(]*(?:(?:Match\.(?:Maybe|Optional|OneOf|Any)|Object|Array|Function|null|undefined)[\s,()[\]]*)+$/;

/** Who asks what address a host has, before anything is sent there, looks whether it is one of the inner network. */
const resolvesHost = /^(?:lookup|resolve[46]?)$/;

function isOfDns(value: Value): boolean {
  return value.kind === 'external' ? /^(?:node:)?dns(?:\/promises)?$/.test(value.from) : value.kind === 'member' && isOfDns(value.of);
}

const makes = /^(?:create|from|of|build|make)$/;

/**
 * `CreateUser.create({ name: body.name })`: a method that a class inherits, and which makes one of it, checks what it gets by the
 * rules that the fields bear. A field without a rule goes unchecked, and one that only has to be there does too.
 */
function byRules(node: CallExpression, name: string, of: Expression, scene: Scene): Checking | undefined {
  const given = node.arguments[0] && bare(node.arguments[0]);
  if (!given || !ts.isObjectLiteralExpression(given) || !ts.isIdentifier(of) || !/^[A-Z]/.test(of.text)) return undefined;
  const value = scene.valueOf(of);
  if (value.kind !== 'class' || !value.node.heritageClauses || !/['"]class-validator['"]/.test(value.node.getSourceFile().text)) return undefined;
  // Here: its own method would be seen into.
  if (value.node.members.some((member) => member.name !== undefined && nameText(member.name) === name)) return undefined;
  const ruled = new Set(value.node.members.flatMap((member) => (ts.isPropertyDeclaration(member) && hasRule(member) ? (nameText(member.name) ?? []) : [])));
  const checked = given.properties.flatMap((property): Expression[] => {
    if (!property.name || !ruled.has(nameText(property.name) ?? '')) return [];
    if (ts.isPropertyAssignment(property)) return [property.initializer];
    return ts.isShorthandPropertyAssignment(property) ? [property.name] : [];
  });
  return checked.length > 0 ? { level: 'schema', of: checked, settles: false, byRules: true } : undefined;
}

const rule = /^@(?!Is(?:Optional|Defined|NotEmpty)\b)(?:Is[A-Z]|Matches|Contains|Equals|Length|M(?:in|ax)(?:Length|Date)?\b|Array[A-Z]|Validate|NotEquals|NotContains)/;

/** True for a field that says more of its value than that it is there. */
function hasRule(field: PropertyDeclaration): boolean {
  return (ts.getDecorators(field) ?? []).some((decorator) => rule.test(beginning(decorator, 60)));
}

function isSchemaCall(node: CallExpression, name: string, access: ReturnType<typeof memberAccess>, scene: Scene): boolean {
  if (!access) return (schemaMethods.has(name) || sharedMethods.has(name) || functionsOfSchemas.has(name)) && comesFromValidator(scene.valueOf(node.expression));
  if (schemaMethods.has(name)) return true;
  if (!sharedMethods.has(name)) return false;
  const receiver = lastName(access.of);
  if (receiver !== undefined && textParsers.test(receiver)) return false;
  // `ctx.assert(user, 404)` of Koa asks whether something is there.
  if (name === 'assert' && receiver !== undefined && /^(?:ctx|context|c|this)$/.test(receiver)) return false;
  if (receiver !== undefined && schemaLike.test(receiver)) return true;
  // `parse`, `validate` and `assert` of anything that is no parser of text: taken for a check, because silence is better than noise.
  return name === 'parse' || name === 'validate' || name === 'assert' || comesFromValidator(scene.valueOf(access.of));
}

/** The last name of an expression: `b` of `a.b`, `f` of `f(…)`. */
function lastName(expression: Expression): string | undefined {
  const node = bare(expression);
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isCallExpression(node)) return calleeName(node);
  return memberAccess(node)?.name;
}

/** True for what a validation library exports, makes or gives: `z.object({…})`, `validator.isEmail`. */
export function comesFromValidator(value: Value): boolean {
  let current = value;
  for (let depth = 0; depth < 12; depth += 1) {
    if (current.kind === 'external') return packages.has(current.from) || packages.has(packageName(current.from));
    if (current.kind === 'member' || current.kind === 'result' || current.kind === 'made' || current.kind === 'element') current = current.of;
    else return false;
  }
  return false;
}

/** `parseRequest(request, schema)`: whoever takes a schema beside the value, checks the value. */
function hasSchemaArgument(node: CallExpression, scene: Scene): boolean {
  return node.arguments.length > 1 && node.arguments.some((each) => isSchema(each, scene));
}

/** True for an expression that is a schema, by its name or by where it comes from. */
export function isSchema(expression: Expression, scene: Scene): boolean {
  const node = bare(expression);
  const name = ts.isCallExpression(node) ? undefined : lastName(node);
  if (name !== undefined && schemaLike.test(name) && !/^(?:error|on)/i.test(name)) return true;
  // Only what may be one by its spelling is followed: `CreateUser`, `z.object({…})`.
  if (ts.isCallExpression(node)) return rootOfSchema.test(beginning(node.expression, 80)) && comesFromValidator(scene.valueOf(node));
  return ts.isIdentifier(node) && /^(?:[A-Z][a-z]|[zZ][A-Z])/.test(node.text) && comesFromValidator(scene.valueOf(node));
}

const rootOfSchema = /^(?:z|zod|v|Joi|joi|yup|Yup|t|Type|s|S|vine|type|object|struct|Schema)\b|[sS]chema/;

const isPresence = /^(?:is|has|are|exists?|not)?_?(?:Empty|Nil|Null|Undefined|Blank|Present|Defined|Exist(?:s|ing)?|Missing|Set|Falsy|Truthy)(?:OrUndefined|OrNull|OrEmpty)?$/i;
/** Questions about the world (is it taken, is it mine), not about the value's shape. */
const aboutTheWorld = /exist|taken|used|registered|unique|auth|admin|owner|member|logged|equal|same|match(?!es)|banned|blocked|allowed(?:To)|permit|granted|subscribed|available|locked|expired|active|enabled|public|private|verified|online|develop|prod|dev|test/i;
const aboutShape = /^(?:is|are)_?[A-Z]|^(?:is|are)_|valid|^(?:isInteger|isSafeInteger|isFinite|isArray)$/;

function predicate(name: string, access: ReturnType<typeof memberAccess>, scene: Scene, of: readonly Expression[]): Checking | undefined {
  if (access && (name === 'test' || name === 'exec')) {
    const level = levelOfPattern(access.of, scene);
    return level && { level, of, settles: false };
  }
  if (access && (name === 'includes' || name === 'has' || name === 'indexOf' || name === 'hasOwnProperty')) return { level: 'content', of: of.slice(0, 1), settles: false };
  if (access && (name === 'hasOwn')) return { level: 'content', of: of.slice(1, 2), settles: false };
  // `validator.trim(x)` and its kind refuse whatever is no text.
  if (access && /valid|check|^v$|^is$/i.test(lastName(access.of) ?? '') && comesFromValidator(scene.valueOf(access.of))) return { level: aboutShape.test(name) || /^(?:contains|equals|matches)$/.test(name) ? 'content' : 'type', of: of.slice(0, 1), settles: false };
  if (!aboutShape.test(name) || aboutTheWorld.test(name)) return undefined;
  return { level: /^is_?(?:Array|String|Object|PlainObject|Boolean|Buffer|Function)$/i.test(name) ? 'type' : 'content', of: of.slice(0, 1), settles: false };
}

/** What a regular expression says about a value that it matches. A closed one with no wildcard settles its content. */
export function levelOfPattern(pattern: Expression, scene: Scene): Level | undefined {
  const node = bare(pattern);
  const value = ts.isRegularExpressionLiteral(node) ? node : literalOf(scene.valueOf(node));
  if (value === undefined) return ts.isIdentifier(node) || memberAccess(node) ? (/re$|regex|pattern|rx/i.test(lastName(node) ?? '') ? 'content' : undefined) : undefined;
  if (!ts.isRegularExpressionLiteral(value)) return undefined;
  const body = value.text.slice(1, value.text.lastIndexOf('/'));
  const closed = /^\^/.test(body) && /\$$/.test(body) && !/(?:^|[^\\])\.[*+]/.test(body.replaceAll(/\[[^\]]*\]/g, '[]'));
  return closed ? 'content' : 'type';
}

function literalOf(value: Value): import('../code/compiler.ts').Node | undefined {
  return value.kind === 'literal' ? value.node : undefined;
}

/** True for a replacement that leaves only known characters: `x.replace(/[^a-z0-9-]/gi, '')`. */
export function keepsOnlyKnown(node: CallExpression): boolean {
  const first = node.arguments[0] && bare(node.arguments[0]);
  return first !== undefined && ts.isRegularExpressionLiteral(first) && /^\/\[\^[^\]]+\]\+?\/\w*g|^\/\\W\+?\/\w*g/.test(first.text);
}

/** True for what takes the way out of a folder away from a path, once all `..` stand at its beginning: `normalize(x).replace(/^(\.\.\/)+/, '')`. */
export function stripsWayOut(node: CallExpression): boolean {
  const pattern = node.arguments[0] && bare(node.arguments[0]);
  const receiver = memberAccess(bare(node.expression))?.of;
  const of = receiver && bare(receiver);
  return of !== undefined && ts.isCallExpression(of) && calleeName(of) === 'normalize' && pattern !== undefined && ts.isRegularExpressionLiteral(pattern) && leadingDots.test(pattern.text);
}

const leadingDots = /^\/\^\((?:\?:)?\\\.\\\.[^\n]{0,30}\)[+*]\/\w*$/;

/** Names of functions that ask whether somebody may get at the thing with the id they are given. */
const asksForAccess = /^(?:can|may)(?:[A-Z_]\w*)?$|^(?:has|is|check|verify|assert|ensure|require|throwIfNo|throwIfNot|authori[sz]e|user)\w*(?:Access|Permission|Permissions|Permitted|Allowed|Authori[sz]ed|Owner|OwnedBy|Member|MemberOf)\w*$|^authori[sz]e\w*$/;

/** True for a question whether somebody may get at something: an id that passes it is one that exists. */
export function isAccessQuestion(name: string): boolean {
  return asksForAccess.test(name);
}

/** A name for what a validator is called in a route: `validate(schema)`, `checkSchema({…})`, `userValidators.create`. */
export function looksLikeValidator(expression: Expression, scene: Scene): boolean {
  const node = bare(expression);
  if (ts.isObjectLiteralExpression(node) || ts.isStringLiteralLike(node)) return false;
  const text = beginning(node, 300);
  if (/validat|schema|celebrate|\bjoi\b|\bzod\b|\byup\b|\bz\.|sanitiz|\bDto\b|rules\b|zodParse|zParse|typia/i.test(text)) return true;
  if (/(?:^|[^\w.])(?:check|body|param|query)\(\s*['"[]/.test(text)) return true;
  const callee = ts.isCallExpression(node) ? node.expression : node;
  return comesFromValidator(scene.valueOf(callee)) || (ts.isCallExpression(node) && node.arguments.some((each) => isSchema(each, scene)));
}
