/** A part of a page: what opens and closes it, and the lines between, of which some may have to stay out. */
export type Section = {
  head: string;
  items: string[];
  foot: string;
  /** What stands in front of the line that says how many items stayed out, such as `- `. */
  bullet: string;
  /** Between the head and the first item; a blank line unless said. */
  gap?: string;
};

/** The longest line of our own that says what stayed out. */
const noticeLength = 120;

/**
 * The sections as one text of at most `limit` UTF-16 units. When there is too much, each section gets a fair share: short
 * ones stay whole, long ones are cut at an item and say how many are missing; what has no room at all is counted at the end.
 */
export function fitPage(sections: readonly Section[], limit: number): string {
  const whole = sections.map((section) => rendered(section, section.items.length));
  const length = whole.reduce((sum, text) => sum + text.length + 2, 0);
  if (length <= limit) return whole.join('\n\n');

  const shares = fairShares(whole.map((text) => text.length + 2), limit - noticeLength);
  const texts: string[] = [];
  let hidden = 0;
  for (const [index, section] of sections.entries()) {
    const text = cutTo(section, (shares[index] ?? 0) - 2);
    if (text === undefined) hidden += Math.max(1, section.items.length);
    else texts.push(text);
  }
  if (hidden > 0) texts.push(`… and ${hidden} more for which there is no room here. The JSON report has them all.`);
  return texts.join('\n\n');
}

/** Everybody gets what they need, as long as nobody takes more than an equal part of what is left. */
function fairShares(needs: readonly number[], total: number): number[] {
  const shares = needs.map(() => 0);
  const smallestFirst = needs.map((need, index) => ({ need, index })).sort((a, b) => a.need - b.need);
  let left = Math.max(0, total);
  for (const [rank, { need, index }] of smallestFirst.entries()) {
    const share = Math.min(need, Math.floor(left / (needs.length - rank)));
    shares[index] = share;
    left -= share;
  }
  return shares;
}

/** The section with as many items as fit; undefined when not even its frame does. */
function cutTo(section: Section, limit: number): string | undefined {
  const whole = rendered(section, section.items.length);
  if (whole.length <= limit) return whole;
  let room = limit - rendered(section, 0).length;
  if (room < 0) return undefined;
  let shown = 0;
  while (shown < section.items.length && (room -= section.items[shown]!.length + 1) >= 0) shown++;
  return rendered(section, shown);
}

function rendered(section: Section, shown: number): string {
  const lines = section.items.slice(0, shown);
  const hidden = section.items.length - shown;
  if (hidden > 0) lines.push(`${section.bullet}… and ${hidden} more. The JSON report has them all.`);
  const body = lines.join('\n');
  const opened = [section.head, body].filter((part) => part !== '').join(section.gap ?? '\n\n');
  return section.foot === '' ? opened : `${opened}\n\n${section.foot}`;
}
