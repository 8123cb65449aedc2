import type { Node } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { Following } from './behind-calls.ts';
import { queryAt, type Query } from './query.ts';
import { isInsteadOfLoader } from './sent-together.ts';
import { queryByStatement } from './statement-handed-over.ts';

/** The queries that functions make, in themselves or in what they call. */
export const queries = new Following((node: Node, scene: Scene): Query | undefined => {
  const query = queryAt(node, scene) ?? queryByStatement(node, scene);
  return query && !isInsteadOfLoader(node) ? query : undefined;
});
