/** Which packages the project of a file uses. */
import type { Node } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { pathOf } from '../code/syntax.ts';

/** A question about the packages of a file's project, answered once a project: true when it uses one that is meant, undefined where it does not say what it uses. */
export function projectUses(isMeant: (name: string) => boolean): (node: Node, scene: Scene) => boolean | undefined {
  const answers = new WeakMap<ReadonlyMap<string, string>, boolean>();
  return (node, scene) => {
    const dependencies = scene.dependencies(pathOf(node));
    if (!dependencies) return undefined;
    let known = answers.get(dependencies);
    if (known === undefined) answers.set(dependencies, (known = [...dependencies.keys()].some(isMeant)));
    return known;
  };
}
