/**
 * What a client gives to a parameter: by the handler that the function is, by decorators, by the schemas of a procedure, by fields
 * of GraphQL. A number is a client's where nothing that stands there says how big it may be.
 */
import { ts, type Decorator, type Expression, type FunctionBody, type Node, type ParameterDeclaration } from '../code/compiler.ts';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, calleeName, enclosingFunction, escaped, inOneLine, isFunctionBody, memberAccess, pathOf } from '../code/syntax.ts';
import { decoratorName, isOpenField, isOpenNumber, leavesOpen, leftOpenBeside, leftOpenByType, routeLeavesOpen, schemaAt } from './declared-sizes.ts';
import { fieldArguments } from './graphql-arguments.ts';
import { handlerOf, sourceOf, type Handler } from './handler.ts';

/** What a parameter holds: a number of a client's, what its function's caller gives, or what something caps or nobody can see. */
export type Given =
  | { kind: 'client'; input: string }
  | { kind: 'parameter'; parameter: ParameterDeclaration; path: readonly string[] }
  | { kind: 'capped' };

export const capped: Given = { kind: 'capped' };

/** True within a function that serves requests. */
export function isServed(node: Node, scene: Scene): boolean {
  for (let fn = enclosingFunction(node); fn; fn = enclosingFunction(fn)) if (handlerOf(fn, scene) || fieldArguments(fn, scene) || procedureSchemas(fn).length > 0 || fn.parameters.some((each) => argumentDecorator(each))) return true;
  return false;
}

/** What a parameter holds at a path: a number that a client names and nobody caps, what is capped or cannot be seen, or what a caller gives. */
export function givenTo(parameter: ParameterDeclaration, path: readonly string[], scene: Scene): Given {
  const fn = parameter.parent;
  if (!isFunctionBody(fn)) return capped;
  const index = fn.parameters.indexOf(parameter);
  const schemas = index === 0 ? procedureSchemas(fn) : [];
  if (schemas.length > 0) return path[0] === 'input' && (path.length === 1 ? schemas.every((schema) => isOpenNumber(schema, scene)) : schemas.some((schema) => schemaLeavesOpen(schema, path.slice(1), scene))) ? { kind: 'client', input: path.join('.') } : capped;
  if (isContextOfDecorator(parameter)) return isHttpInput.test(path.join('.')) ? { kind: 'client', input: path.slice(2).join('.') } : capped;
  const handler = handlerOf(fn, scene);
  if (handler) return ofHandler(handler, index, path, scene);
  const byDecorator = argumentDecorator(parameter);
  if (byDecorator) return ofDeclaredInput(parameter, byDecorator, path, scene);
  const field = path.length > 0 ? fieldArguments(fn, scene) : undefined;
  if (field?.index === index && field.isOpen(path[0]!)) return { kind: 'client', input: said(parameter, path, 'args') };
  const open = path.length === 0 ? undefined : ((index === 0 && path.length === 1 ? leftOpenBeside(fn, path[0]!, scene) : undefined) ?? (parameter.type && isOfClient(parameter, path) ? leftOpenByType(parameter.type, path, scene) : undefined));
  if (open !== undefined) return open ? { kind: 'client', input: said(parameter, path) } : capped;
  return { kind: 'parameter', parameter, path };
}

/** `@PageOf() page` of `const PageOf = createParamDecorator((data, context) => …)`: what a decorator of the repository's own makes of the request. */
export function functionOfDecorator(parameter: ParameterDeclaration, scene: Scene): FunctionBody | undefined {
  for (const { expression } of ts.getDecorators(parameter) ?? []) {
    const made = ts.isCallExpression(expression) && ts.isIdentifier(expression.expression) && declarationOf(expression.expression) ? scene.valueOf(expression.expression) : undefined;
    // A pipe that it is given may cap what it makes.
    const isPlain = !ts.isCallExpression(expression) || expression.arguments.every((each) => ts.isLiteralExpression(bare(each)) || ts.isObjectLiteralExpression(bare(each)));
    const fn = isPlain && made?.kind === 'result' && calleeName(made.node) === 'createParamDecorator' ? made.node.arguments[0] && bare(made.node.arguments[0]) : undefined;
    if (fn && isFunctionBody(fn)) return fn;
  }
  return undefined;
}

/** The second parameter of the function that such a decorator is made of. */
function isContextOfDecorator(parameter: ParameterDeclaration): boolean {
  const { parent: fn } = parameter;
  return ts.isCallExpression(fn.parent) && calleeName(fn.parent) === 'createParamDecorator' && fn.parameters[1] === parameter;
}

const isHttpInput = /^switchToHttp\(\)\.getRequest\(\)\.(?:query|body|params)\.[^.]+$/;

/** True where the schema of a procedure lets a field be of any size. */
function schemaLeavesOpen(schema: Expression, path: readonly string[], scene: Scene): boolean {
  const fields = schemaAt(scene.valueOf(schema), scene);
  return fields !== undefined && leavesOpen(fields, path, scene);
}

/** What is called like that which a client sends, or stands where clients are answered: a schema says nothing of who gives a thing. */
function isOfClient({ name }: ParameterDeclaration, path: readonly string[]): boolean {
  const sent = /^(?:input|query|body|params|args|payload|request|req)$/i;
  return sent.test(ts.isIdentifier(name) ? name.text : '') || sent.test(path[0]!) || /handler|action|route|controller|endpoint|resolver|procedure|trpc|(?:^|\/)api\//i.test(pathOf(name));
}

function ofHandler(handler: Handler, index: number, path: readonly string[], scene: Scene): Given {
  const parameter = handler.fn.parameters[index]!;
  if (handler.server === 'nest' && handler.inputs.has(index)) {
    const decorator = ts.getDecorators(parameter)?.find((each) => /^(?:Query|Body|Param|MessageBody|QueryParams?|BodyParam|Queries)$/.test(decoratorName(each)));
    if (decorator && isOpenInTsoa(handler.fn, parameter, decorator) && path.length === 0) return { kind: 'client', input: parameter.name.getText() };
    if (!decorator || handler.checked === 'all') return capped;
    // What nobody can check when it comes, because its type is gone by then.
    if (handler.inputs.get(index)!.loose) return path.length === 1 ? { kind: 'client', input: said(parameter, path) } : capped;
    return ofDeclaredInput(parameter, decorator, path, scene);
  }
  // `c.req.valid('query').limit` of Hono: what a validator of the route has let through.
  const valid = path.indexOf('valid()');
  if (valid >= 0 && handler.server === 'hono') {
    const [part, ...rest] = path.slice(valid + 1);
    return part !== undefined && rest.length > 0 && routeLeavesOpen(handler, part === 'json' || part === 'form' ? 'body' : part, rest, scene) ? { kind: 'client', input: rest.join('.') } : capped;
  }
  const origin = sourceOf(handler, { parameter: index, path });
  if (!origin) return capped;
  const isChecked = handler.checked === 'all' || handler.checked === 'unknown' || handler.checked.has(origin.source);
  if (isChecked && routeLeavesOpen(handler, origin.source, origin.rest, scene)) return { kind: 'client', input: said(parameter, path) };
  return isChecked || (origin.source !== 'query' && origin.source !== 'body' && origin.source !== 'params' && origin.source !== 'argument') ? capped : { kind: 'client', input: said(parameter, path) };
}

/** `@Query() size = 20` of tsoa: a number by the name of the parameter, of which only a comment may say how big it is at most. */
function isOpenInTsoa(fn: FunctionBody, { type, initializer, name }: ParameterDeclaration, decorator: Decorator): boolean {
  const isTsoa = ts.isClassLike(fn.parent) && ts.getDecorators(fn.parent)?.some((each) => decoratorName(each) === 'Route');
  const isNumber = type?.kind === ts.SyntaxKind.NumberKeyword || (!type && initializer !== undefined && ts.isNumericLiteral(initializer));
  const comment = fn.getSourceFile().text.slice(fn.getFullStart(), fn.getStart());
  return isTsoa === true && isNumber && /^Query$/.test(decoratorName(decorator)) && !new RegExp(`@maximum\\s+${escaped(name.getText())}(?![\\w$])`).test(comment);
}

/** A parameter and the way from it, as the code would write it. */
function said(parameter: ParameterDeclaration, path: readonly string[], otherwise = 'request'): string {
  const name = ts.isIdentifier(parameter.name) ? parameter.name.text : otherwise;
  const names = path.filter((each) => /^[\w$]+$/.test(each) && each !== 'URL' && each !== 'URLSearchParams');
  return [name, ...names].join('.').slice(0, 60);
}

/** `@Args('limit')` of NestJS, `@Arg('limit')` of type-graphql. */
export function argumentDecorator(parameter: ParameterDeclaration): Decorator | undefined {
  return ts.getDecorators(parameter)?.find((each) => /^(?:Args?|Ctx)$/.test(decoratorName(each)) && decoratorName(each) !== 'Ctx');
}

/** Pipes of NestJS that say nothing about how big a number is. */
const openPipes = /^(?:new\s+)?(?:ParseIntPipe|ParseFloatPipe|DefaultValuePipe)\b/;

/** A parameter that a framework fills: a number of its own, or an object of a class whose fields bear the rules. */
function ofDeclaredInput(parameter: ParameterDeclaration, decorator: Decorator, path: readonly string[], scene: Scene): Given {
  const given = ts.isCallExpression(decorator.expression) ? decorator.expression.arguments.map((each) => bare(each)) : [];
  const pipes = given.filter((each) => !ts.isStringLiteralLike(each) && !ts.isObjectLiteralExpression(each) && !isFunctionBody(each));
  if (!pipes.every((each) => openPipes.test(inOneLine(each, 60)))) return capped;
  const name = ts.isIdentifier(parameter.name) ? parameter.name.text : 'input';
  if (path.length === 0) return given.some((each) => ts.isStringLiteralLike(each)) ? { kind: 'client', input: name } : capped;
  const value = parameter.type ? scene.valueOfType(parameter.type) : undefined;
  if (value?.kind !== 'instance' || path.length !== 1) return capped;
  return isOpenField(value.node, path[0]!, scene) ? { kind: 'client', input: said(parameter, path) } : capped;
}

/** The schemas of a procedure of tRPC: `.input(schema).query(({ input }) => …)`. What it is given has the fields of all of them. */
function procedureSchemas(fn: FunctionBody): Expression[] {
  const call = fn.parent;
  if (!ts.isCallExpression(call) || !/^(?:query|mutation|handler|action)$/.test(calleeName(call) ?? '')) return [];
  const schemas: Expression[] = [];
  let current: Expression = call.expression;
  for (let depth = 0; depth < 12; depth += 1) {
    const access = memberAccess(bare(current));
    const inner = access && bare(access.of);
    if (!inner || !ts.isCallExpression(inner)) break;
    if (calleeName(inner) === 'input' && inner.arguments[0]) schemas.push(inner.arguments[0]);
    current = inner.expression;
  }
  return schemas;
}
