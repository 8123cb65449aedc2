/** What functions do that a lesson asks about, themselves or through what they call, and whether that is more than before. */
import { ts, type CallExpression, type FunctionBody, type NewExpression, type Node } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import { isFunctionBody, lastName, lineOf, pathOf } from '../code/syntax.ts';
import type { Lesson } from '../lessons/lesson.ts';
import type { Side } from '../model.ts';
import { mayBeQuick, type Following } from '../recognition/behind-calls.ts';
import { queries } from '../recognition/queries-of-function.ts';
import { requests } from '../recognition/requests-of-function.ts';
import type { Asked, Attributes } from '../vocabulary/word.ts';
import { matchersWithin } from './match.ts';

/** What a lesson asks of calls that lead to a query, or to a request to another service. */
export type AskOfCalls = { lesson: string; word: string; asked: Asked };

/** What the lessons ask of calls that lead to a query or a request in another function. Lessons that ask for these themselves do not depend on who calls. */
export function asksOfCalls(lessons: readonly Lesson[]): AskOfCalls[] {
  return lessons.flatMap(({ id, detect }) => matchersWithin(detect).flatMap(({ is }) => {
    if (!is || !deeds.some(({ word }) => word === is.word)) return [];
    const asked: Asked = Object.fromEntries(Object.entries(is.attributes).map(([name, test]) => [name, 'equals' in test ? test.equals : undefined]));
    return asked['via'] && !asked['via'].includes('call') ? [] : [{ lesson: id, word: is.word, asked }];
  }));
}

/** Something that a function does, as a call that leads to it would be told. */
type Deed = { word: string; node: Node; attributes: Attributes };

/** What stands in a function itself, and its other calls, which may lead to more. */
type Standing = { found: readonly Deed[]; calls: readonly (CallExpression | NewExpression)[] };

/** A kind of thing that functions do, and how it is found in them. */
type Kind = { word: string; standingIn(fn: FunctionBody, scene: Scene): Standing; behind(call: CallExpression | NewExpression, scene: Scene): Deed[] };

function kind<What extends { node: Node }>(word: string, following: Following<What>, attributesOf: (what: What) => Attributes): Kind {
  const deedOf = ({ what }: { what: What }): Deed => ({ word, node: what.node, attributes: { ...attributesOf(what), via: 'call' } });
  return {
    word,
    standingIn(fn, scene) {
      const { found, calls } = following.standingIn(fn, scene);
      return { found: found.map(deedOf), calls };
    },
    behind: (call, scene) => following.behind(call, scene).map(deedOf),
  };
}

const deeds: readonly Kind[] = [
  kind('db-call', queries, ({ verb, bounded, scope, table, batchable, batches, library }) => ({ verb, bounded, scope, table, batchable, batched: batches, client: library.title, 'each-table': false })),
  kind('http-call', requests, ({ client, verb, limited, url, many, whom, batches }) => ({ client, verb, timeout: limited, url, many: many !== undefined, whom, batched: batches })),
];

function askedAbout(asks: readonly AskOfCalls[]): Kind[] {
  return deeds.filter(({ word }) => asks.some((ask) => ask.word === word));
}

/**
 * True where a function has a query or request of its own, or a call whose answer it waits for or hands on and behind which there is
 * one, that it did not have before.
 */
export function hasNewWays(fn: FunctionBody, was: FunctionBody | undefined, scenes: Readonly<Record<Side, Scene>>, asks: readonly AskOfCalls[], isTold: (path: string, line: number) => boolean): boolean {
  const path = pathOf(fn);
  const now = standingIn(fn, scenes.head, asks);
  const before = was ? standingIn(was, scenes.base, asks) : { found: [], calls: [] };
  const levels = levelsOf(before.found, asks);
  const open = asks.filter(({ lesson }) => levels.get(lesson) !== 2);
  const known = new Set(before.calls.map((call) => call.expression.getText()));
  const calls = open.length === 0 ? [] : now.calls.filter((call) => ts.isCallExpression(call) && !isTold(path, lineOf(call)) && !known.has(call.expression.getText()) && !mayBeQuick(call) && isWaitedFor(call));
  const found = now.found.filter(({ node }) => !isTold(path, lineOf(node)));
  const reached = levelsOf([...found, ...behind(calls, scenes.head, open)], asks);
  const done = [...before.found];
  if (!isMore(reached, levels)) return false;
  // What it did before by way of its other calls, it was called for before.
  for (const call of before.calls) {
    done.push(...behind([call], scenes.base, open));
    if (!isMore(reached, levelsOf(done, asks))) return false;
  }
  return true;
}

function standingIn(fn: FunctionBody, scene: Scene, asks: readonly AskOfCalls[]): Standing {
  const each = askedAbout(asks).map((one) => one.standingIn(fn, scene));
  const found = each.flatMap((standing) => standing.found);
  const themselves = new Set<Node>(found.map(({ node }) => node));
  return { found, calls: [...new Set(each.flatMap(({ calls }) => calls))].filter((call) => !themselves.has(call)) };
}

/** True when the function awaits or returns what the call gives, alone or with others. Whoever asks a database does. */
function isWaitedFor(node: Node): boolean {
  for (let up = node.parent; up; up = up.parent) {
    if (ts.isAwaitExpression(up) || ts.isReturnStatement(up) || ts.isForOfStatement(up) || ts.isYieldExpression(up)) return true;
    if (isFunctionBody(up)) return ts.isArrowFunction(up) && !ts.isBlock(up.body);
    if (ts.isStatement(up) && !ts.isVariableStatement(up)) return false;
  }
  return false;
}

/** True where a function leads to more than before by calls of these names. */
export function hasGained(fn: FunctionBody, was: FunctionBody, names: ReadonlySet<string>, scenes: Readonly<Record<Side, Scene>>, asks: readonly AskOfCalls[]): boolean {
  const [now, before] = [standingIn(fn, scenes.head, asks), standingIn(was, scenes.base, asks)];
  const named = ({ expression }: CallExpression | NewExpression): boolean => names.has(lastName(expression) ?? '');
  const levels = levelsOf(behind(now.calls.filter(named), scenes.head, asks), asks);
  return isMore(levels, levelsOf([...before.found, ...behind(before.calls.filter(named), scenes.base, asks)], asks));
}

function behind(calls: readonly (CallExpression | NewExpression)[], scene: Scene, asks: readonly AskOfCalls[]): Deed[] {
  return calls.flatMap((call) => askedAbout(asks).flatMap((one) => one.behind(call, scene)));
}

/** What calls of a function may mean for each lesson: 2 that they are what it asks about, 1 that it depends on how they are awaited. */
type Levels = ReadonlyMap<string, number>;

function levelsOf(done: readonly Deed[], asks: readonly AskOfCalls[]): Levels {
  const levels = new Map<string, number>();
  for (const deed of done) {
    for (const { lesson, word, asked } of asks) {
      const level = word === deed.word ? levelOf(deed, asked) : 0;
      if (level > (levels.get(lesson) ?? 0)) levels.set(lesson, level);
    }
  }
  return levels;
}

function levelOf({ attributes: { batched, ...known } }: Deed, asked: Asked): number {
  for (const [name, values] of Object.entries(asked)) {
    if (values && Object.hasOwn(known, name) && (known[name] === undefined || !values.includes(known[name]))) return 0;
  }
  return asked['batched'] === undefined || asked['batched'].includes(batched ?? false) ? 2 : 1;
}

function isMore(now: Levels, before: Levels): boolean {
  return [...now].some(([lesson, level]) => level > (before.get(lesson) ?? 0));
}
