/** A team's own words, and its additions to built-in ones, as words that matching can ask. */
import { ts, type Node } from '../code/compiler.ts';
import type { OwnWords, Scene } from '../code/scene.ts';
import type { Matcher } from '../lessons/lesson.ts';
import type { OwnEntry, OwnWord } from '../lessons/read-vocabulary.ts';
import { wordNamed } from '../vocabulary/index.ts';
import type { Attributes, CodeWord } from '../vocabulary/word.ts';
import { patternOf } from './pattern.ts';

type Match = (matcher: Matcher, node: Node, scene: Scene) => { bindings: ReadonlyMap<string, { text: string }> } | undefined;

/** What the scene is told of a team's words. `match` is handed in, because words and matching ask each other. */
export function ownWords(words: readonly OwnWord[], match: Match): OwnWords {
  return new Map([...oneOfEachName(words).values()].map((word) => [word.name, { word, at: (node: Node, scene: Scene) => scene.remember(word, node, () => attributesAt(word, node, scene, match), undefined) }]));
}

/** Several vocabularies may speak of one word: what they add to a built-in one adds up, and of their own the last one holds. */
function oneOfEachName(words: readonly OwnWord[]): Map<string, OwnWord> {
  const byName = new Map<string, OwnWord>();
  for (const word of words) {
    const other = byName.get(word.name);
    byName.set(word.name, other && word.means === undefined ? { ...word, entries: [...other.entries, ...word.entries] } : word);
  }
  return byName;
}

function attributesAt({ entries }: OwnWord, node: Node, scene: Scene, match: Match): Attributes | undefined {
  for (const { matcher, attributes } of entries) {
    if (!mayBeginAt(matcher, node)) continue;
    const found = match(matcher, node, scene);
    if (!found) continue;
    return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, typeof value === 'string' && value.startsWith('$') ? found.bindings.get(value)?.text : value]));
  }
  return undefined;
}

function mayBeginAt({ code }: Matcher, node: Node): boolean {
  const kinds = code ? patternOf(code).kinds : [];
  return kinds.length === 0 || kinds.includes(node.kind);
}

const composed = new WeakMap<object, CodeWord>();

/** The word of this name about code, with what the team says of it. */
export function codeWordNamed(name: string, own: OwnWords | undefined): CodeWord | undefined {
  const builtIn = wordNamed(name);
  const code = builtIn?.reads === 'code' ? builtIn : undefined;
  const added = own?.get(name);
  if (!added) return code;
  let word = composed.get(added);
  if (!word) composed.set(added, (word = compose(name, code, added as { word: OwnWord; at: typeof added.at })));
  return word;
}

function compose(name: string, builtIn: CodeWord | undefined, { word, at }: { word: OwnWord; at(node: Node, scene: Scene): Attributes | undefined }): CodeWord {
  const kinds = (): number[] => [...new Set([...(builtIn?.kinds() ?? []), ...word.entries.flatMap(kindsOfEntry)])];
  const isOwnKind = (node: Node): boolean => word.entries.some((entry) => kindsOfEntry(entry).includes(node.kind));
  const fallback = (node: Node, scene: Scene): { attributes: Attributes } | undefined => {
    const attributes = isOwnKind(node) ? at(node, scene) : undefined;
    return attributes && { attributes };
  };
  const known = builtIn && new Set<number>(builtIn.kinds());
  const asked: CodeWord['recognise'] | undefined = builtIn && ((node, scene, wanted) => (known!.has(node.kind) && (isOwnKind(node) || (builtIn.mayBe?.(node, wanted ?? {}) ?? true)) ? builtIn.recognise(node, scene, wanted) : undefined) ?? fallback(node, scene));
  return {
    ...(builtIn ?? { summary: word.means ?? name, sees: 'what the vocabulary of this repository says', blindTo: '', attributes: {} }),
    name, reads: 'code',
    kinds: kinds as CodeWord['kinds'],
    mayBe: (node, wanted) => isOwnKind(node) || (builtIn?.mayBe?.(node, wanted) ?? true),
    places: () => undefined,
    recognise: asked ?? ((node, scene) => fallback(node, scene)),
  };
}

/** Where an entry can begin. A word that is built on another one is asked about calls and the like. */
function kindsOfEntry({ matcher }: OwnEntry): readonly number[] {
  const kinds = matcher.code ? patternOf(matcher.code).kinds : [];
  const { SyntaxKind } = ts;
  return kinds.length > 0 ? kinds : [SyntaxKind.CallExpression, SyntaxKind.NewExpression, SyntaxKind.TaggedTemplateExpression, SyntaxKind.PropertyAccessExpression];
}
