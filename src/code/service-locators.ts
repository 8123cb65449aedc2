/** What a container gives for a class or a type that it is asked for: `Container.get(UserService)`, `proxify<UserModel>('users')`. */
import { ts, type CallExpression, type FunctionBody, type TypeNode } from './compiler.ts';
import type { Scene } from './scene.ts';
import { bare, calleeName, isFunctionBody, propertyValue, returnedExpressions } from './syntax.ts';
import { isSaying, type Value } from './value.ts';

/** Names of methods by which containers are asked, of TypeDI, tsyringe, Inversify, Awilix, NestJS and others. */
const locators = /^(?:get|getOrThrow|getInstance|resolve|tryGet|locate|make|inject|retrieve)$/;
/** Types of things that do something, unlike those of what an address or a cache answers: `axios.get<User>(url)`. */
const services = /(?:Service|Repository|Repo|Model|Dao|DAO|Store|Client|Gateway|Manager|Provider|Facade|UseCase|Handler|Queries)$/;

/** The thing that a call is asked for. Undefined where the call is no such question. */
export function locatedBy(call: CallExpression, callee: Value, scene: Scene): Value | undefined {
  if (/^get(?:Custom)?Repository$/.test(calleeName(call) ?? '')) return repositoryOf(call, scene) ?? (callee.kind === 'function' || calleeName(call) === 'getRepository' ? undefined : ofAsked(call, scene));
  const own = callee.kind === 'function' ? parameterGiven(callee.node) : undefined;
  if (own === undefined && (callee.kind === 'function' || !locators.test(calleeName(call) ?? ''))) return undefined;
  const type = call.typeArguments?.[own ?? 0];
  const typed = type && scene.valueOfType(type);
  if (type && typed && (own !== undefined || isService(type) ? isSaying(typed) : typed.kind === 'instance')) return typed;
  return ofAsked(call, scene);
}

/** `em.getRepository(Enrolment)` of `@Entity({ repository: () => EnrolmentRepository }) class Enrolment`. */
function repositoryOf({ arguments: [asked] }: CallExpression, scene: Scene): Value | undefined {
  const entity = asked && ts.isIdentifier(bare(asked)) ? scene.valueOf(asked) : undefined;
  if (entity?.kind !== 'class') return undefined;
  for (const { expression } of ts.getDecorators(entity.node) ?? []) {
    const options = ts.isCallExpression(expression) && expression.arguments[0] ? bare(expression.arguments[0]) : undefined;
    const told = options && ts.isObjectLiteralExpression(options) ? propertyValue(options, 'repository') : undefined;
    const fn = told && bare(told);
    const [given] = fn && isFunctionBody(fn) ? returnedExpressions(fn) : [];
    const repository = given && scene.valueOf(given);
    if (repository?.kind === 'class') return { kind: 'instance', node: repository.node };
  }
  return undefined;
}

/** The class that stands among the arguments, as what it makes. */
function ofAsked(call: CallExpression, scene: Scene): Value | undefined {
  for (const argument of call.arguments) {
    const node = bare(argument);
    if (!ts.isIdentifier(node) || !/^[A-Z]/.test(node.text)) continue;
    const value = scene.valueOf(node);
    if (value.kind === 'class') return { kind: 'instance', node: value.node };
  }
  return undefined;
}

function isService(type: TypeNode): boolean {
  return ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) && services.test(type.typeName.text);
}

/** Which of its type parameters a function gives: 0 of `get<T>(type: Class<T>): T`. */
function parameterGiven({ type, typeParameters }: FunctionBody): number | undefined {
  const given = type && ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) ? type.typeName.text : undefined;
  const index = given === undefined ? -1 : (typeParameters ?? []).findIndex(({ name }) => name.text === given);
  return index < 0 ? undefined : index;
}
