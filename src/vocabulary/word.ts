import type { Node, SourceFile, SyntaxKind } from '../code/compiler.ts';
import type { Scene } from '../code/scene.ts';
import type { Step } from '../model.ts';

/** What a word says about the code it recognised. Undefined means unknown, and unknown never matches a test. */
export type Attributes = Record<string, string | number | boolean | undefined>;

/** An attribute that cards may ask for: what it means and, where it is a choice, its values. */
export type AttributeGuide = { means: string; values?: readonly (string | boolean)[] };

/** Code that a word recognised. */
export type Recognition<A extends Attributes = Attributes> = {
  attributes: A;
  /** The parts of the node that count as inside it (a loop's body, not its list). Absent: the whole node. */
  extent?: readonly Node[];
  /** Parts of the extent that do not count after all (a branch of the loop that leaves it). */
  except?: readonly Node[];
  /** The lines the recognition rests on, outermost first, when they lie elsewhere. */
  evidence?: readonly Step[];
  /** It is less than it looks: where a change makes it the whole thing, that counts as new. */
  mild?: true;
  /** How many places of its kind a call leads to, as far as they are followed. */
  reaches?: number;
  /** What to do instead, in the idiom of the library in use, by lesson id (`n-plus-one`: "`include: { posts: true }` …"). */
  advice?: Readonly<Record<string, string>>;
};

type WordGuide = {
  /** What cards write. */
  name: string;
  /** Completes "I recognise …". */
  summary: string;
  /** The shapes it knows. */
  sees: string;
  /** The shapes it knowingly lets pass. */
  blindTo: string;
  attributes: Readonly<Record<string, AttributeGuide>>;
};

/** A word about code: recognises one kind of thing and says what it knows about it. It has no opinion. */
export type CodeWord<A extends Attributes = Attributes> = WordGuide & {
  reads: 'code';
  /** The kinds of node worth asking about. A function, because the compiler is not loaded when this is read. */
  kinds(): readonly SyntaxKind[];
  /** False where the node's own syntax already rules out what is asked. Cheap: it may look at the node and its parent, and nothing else. */
  mayBe?(node: Node, asked: Asked): boolean;
  /**
   * For a word that reads whole files anyway: the only nodes of a file at which what is asked can be. Undefined where any node may
   * be one. Nodes of other files among them do not count.
   */
  places?(asked: Asked): ((tree: SourceFile, scene: Scene) => Iterable<Node>) | undefined;
  /** It follows calls, so that asking it may open other files: what stands around a place is looked at first. */
  followsCalls?: true;
  /** The attributes that decide what `recognise` answers when a card asks for them; all, unless said. Cards that differ in others share an answer. */
  heeds?: readonly string[];
  /**
   * @param asked the attributes that a card tests, so that a word can leave out what nobody asked for.
   */
  recognise(node: Node, scene: Scene, asked?: Asked): Recognition<A> | undefined;
};

/** Attribute → the values that a card accepts; absent where the card only binds it or does not name it. */
export type Asked = Readonly<Record<string, readonly (string | number | boolean)[] | undefined>>;

/** A place that a word about text found. Offsets count UTF-16 units from 0. */
export type TextRecognition<A extends Attributes = Attributes> = {
  start: number;
  end: number;
  attributes: A;
  /** Names the finding across versions without holding its text, such as kind and key name of a secret. */
  identity: string;
  /** It is about the file as such: what stands at its place may change without its becoming another finding. */
  about?: 'file';
  /** It is about what a change takes away: it counts where the head has no counterpart. */
  countsWhenGone?: true;
  /** Places of one file with the same group tell one story. */
  group?: string;
  evidence?: readonly Step[];
  advice?: Readonly<Record<string, string>>;
};

/** A file as a word about text sees it. `tree` parses, so it is asked for only where text will not do; undefined for a file that is no JavaScript. */
export type TextFile = { path: string; text: string; generated: boolean; tree(): SourceFile | undefined };

/** A word about the text of any file, code or not. */
export type TextWord<A extends Attributes = Attributes> = WordGuide & {
  reads: 'text';
  /** What it recognises is shown nowhere, and does harm in the history as well: a later commit that takes it away repairs nothing. */
  aboutSecrets?: true;
  /** A file whose text does not match cannot hold the word. */
  hint?: RegExp;
  recogniseText(file: TextFile): Promise<readonly TextRecognition<A>[]> | readonly TextRecognition<A>[];
};

export type Word = CodeWord | TextWord;
