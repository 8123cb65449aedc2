/** What to do about comments: a pure value, made of what is there and what should be there. Carrying it out is `act.ts`. */

/** A comment that should stand on the pull request. */
export type Wanted = {
  /** Which finding it speaks of: stays the same over pushes. */
  key: string;
  path: string;
  /** The line of the diff; absent for a comment on the file. */
  line?: number;
  /** Its text, which depends on where it ends up. */
  body: (on: 'line' | 'file') => string;
};

/** A thread of ours that is there. */
export type Posted = {
  key: string;
  id: string;
  commentId: number;
  body: string;
  on: 'line' | 'file';
  isResolved: boolean;
  isAnswered: boolean;
  mayResolve: boolean;
  /** Already marked as gone by an earlier run. */
  isGone: boolean;
};

/** How a comment whose finding is gone leaves: its thread resolved, else the comment deleted, else its text changed. */
export type Retirement = 'resolve' | 'delete' | 'edit';

export type Plan = {
  create: Wanted[];
  edit: { posted: Posted; body: string }[];
  retire: { posted: Posted; ways: Retirement[] }[];
  keep: Posted[];
};

/**
 * Plans the comments of one run. A finding that has a comment gets no second one, wherever it has moved; its text is brought up to
 * date unless somebody answered or resolved it. Comments whose finding is gone retire; what a person resolved is left alone.
 */
export function plan(posted: readonly Posted[], wanted: readonly Wanted[]): Plan {
  const planned: Plan = { create: [], edit: [], retire: [], keep: [] };
  const wantedByKey = new Map(wanted.map((each) => [each.key, each]));
  const standing = new Set<string>();
  for (const each of inOrder(posted)) {
    const still = each.isGone ? undefined : wantedByKey.get(each.key);
    if (each.isGone) planned.keep.push(each);
    else if (still && standing.has(each.key)) planned.retire.push({ posted: each, ways: waysOut(each) });
    else if (still) {
      standing.add(each.key);
      const body = still.body(each.on);
      if (isSameText(body, each.body) || each.isAnswered || each.isResolved) planned.keep.push(each);
      else planned.edit.push({ posted: each, body });
    } else if (each.isResolved) planned.keep.push(each);
    else planned.retire.push({ posted: each, ways: waysOut(each) });
  }
  planned.create = [...wantedByKey.values()].filter((each) => !standing.has(each.key));
  return planned;
}

/**
 * Our comments that say what another one of ours says already: two runs at the same time each post theirs. All runs keep the oldest,
 * so that they agree without knowing of each other. What was answered or resolved is never taken away.
 */
export function twins(posted: readonly Posted[]): Posted[] {
  const standing = new Set<string>();
  return inOrder(posted.filter((each) => !each.isGone)).filter((each) => {
    if (!standing.has(each.key)) {
      standing.add(each.key);
      return false;
    }
    return !each.isAnswered && !each.isResolved;
  });
}

/** Those that a person touched come first, then the oldest: the first of several is the one that stands. */
function inOrder(posted: readonly Posted[]): Posted[] {
  const touched = (each: Posted): number => (each.isAnswered || each.isResolved ? 0 : 1);
  return [...posted].sort((a, b) => touched(a) - touched(b) || a.commentId - b.commentId);
}

function waysOut({ mayResolve, isAnswered }: Posted): Retirement[] {
  return [...(mayResolve ? (['resolve'] as const) : []), isAnswered ? 'edit' : 'delete'];
}

/**
 * True for texts that tell a reader the same. GitHub may change line ends and the space around a text; and a link to a line of an
 * older commit shows that line still, so that a new commit alone is no reason to edit anything.
 */
export function isSameText(one: string, other: string): boolean {
  const plain = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/\/blob\/[0-9a-f]{40}\//g, '/blob/-/').trim();
  return plain(one) === plain(other);
}

export type SummaryPlan = { create?: string; edit?: { id: number; body: string }; remove: number[] };

/** Plans the one summary comment: written when there is something to say, edited in place, taken away when all is said. */
export function planSummary(posted: readonly { id: number; body: string }[], body: string | undefined): SummaryPlan {
  const [first, ...others] = [...posted].sort((a, b) => a.id - b.id);
  const surplus = others.map(({ id }) => id);
  if (body === undefined) return { remove: first ? [first.id, ...surplus] : [] };
  if (!first) return { create: body, remove: [] };
  return { ...(!isSameText(first.body, body) && { edit: { id: first.id, body } }), remove: surplus };
}
