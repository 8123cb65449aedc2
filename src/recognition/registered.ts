/** Lists that hold what the code itself has registered: as many as were written, whoever the users are. */
import { ts, type Expression, type Node } from '../code/compiler.ts';
import type { ts as C } from 'ts-morph';
import { declarationOf } from '../code/scope.ts';
import type { Scene } from '../code/scene.ts';
import { bare, enclosingFunction, escaped, memberAccess, nameText } from '../code/syntax.ts';

/** Whoever is there at the moment, and what people make: there are more of these tomorrow. */
const people = /active|online|live|session|connection|client|socket|user|member|room|player|device|tenant|agent|customer|peer|viewer|subscri(?:ber|ption)|order|account|message|event$|request|visit|file|document/i;

/** `platformRegistry` of `platformRegistry.listPlatforms()`. */
export function isRegistry(node: Expression): boolean {
  const name = ts.isIdentifier(node) ? node.text : (memberAccess(node)?.name ?? '');
  return /(?:^r|[a-z]R)egistry$/.test(name) && !/^(?:active|online|live|session|connection|client|socket|user|member|room|player|device|job|tenant|agent|customer|peer|viewer|subscri(?:ber|ption))s?Registry$/i.test(name);
}

/** `this.jobs` of a class, `jobs` of a module, that start empty and are filled by `defineJob(definition)` alone. */
export function isFilledByRegistering(node: Expression, scene: Scene): boolean {
  const access = memberAccess(node);
  if (access?.of.kind === ts.SyntaxKind.ThisKeyword) {
    const self = scene.valueOf(access.of);
    const property = self.kind === 'instance' ? self.node.members.find((each) => ts.isPropertyDeclaration(each) && each.name !== undefined && nameText(each.name) === access.name) : undefined;
    return property !== undefined && ts.isPropertyDeclaration(property) && isEmpty(property.initializer) && isRegisteredInto(`this.${access.name}`, property.parent);
  }
  const declared = ts.isIdentifier(node) ? declarationOf(node) : undefined;
  return declared?.kind === 'variable' && !enclosingFunction(declared.node) && isEmpty(declared.node.initializer) && isRegisteredInto((node as { text?: string }).text!, node.getSourceFile());
}

function isEmpty(initializer: Expression | undefined): boolean {
  const node = initializer && bare(initializer);
  if (!node) return false;
  if (ts.isArrayLiteralExpression(node)) return node.elements.length === 0;
  if (ts.isObjectLiteralExpression(node)) return node.properties.length === 0;
  return ts.isNewExpression(node) && /^(?:Map|Set)$/.test(node.expression.getText()) && !node.arguments?.length;
}

/** What programmers write: of other things there may be more tomorrow. */
const ofCode = /plugin|job|handler|command|module|middleware|route|adapter|hook|task|migration|check|worker|tool|action|listener|processor|strateg|driver|extension|service|controller|cron|schedule|definition|step|validator|formatter|reporter|exporter|importer|metric|probe/i;
const registers = /^(?:define|register|install|provide|mount)(?=[A-Z_]|$)|^use$/;

/** True where every part of a class or a module that fills what is called so says that it registers. */
function isRegisteredInto(name: string, holder: C.ClassLikeDeclaration | C.SourceFile): boolean {
  const filling = new RegExp(`(?<![\\w$.])${escaped(name)}(?:\\.(?:push|unshift|set|add)\\(|\\[[^\\]\\n]{1,80}\\]\\s*=(?!=)|\\s*=(?![=>]))`);
  const parts: readonly Node[] = ts.isSourceFile(holder) ? holder.statements.flatMap((each): readonly Node[] => (ts.isVariableStatement(each) ? [...each.declarationList.declarations].filter(({ initializer }) => !isEmpty(initializer)) : [each])) : holder.members;
  const fillers = parts.filter((each) => filling.test(each.getText()));
  return fillers.length > 0 && fillers.every((each) => {
    const by = 'name' in each && each.name ? (nameText(each.name as C.PropertyName) ?? '') : '';
    return registers.test(by) && !people.test(by) && ofCode.test(`${by} ${name}`) && !/\bawait\b/.test(each.getText());
  });
}
