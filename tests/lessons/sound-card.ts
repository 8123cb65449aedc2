/** The lines of a card that has nothing wrong with it, by key. */
const lines: Record<string, string> = {
  id: 'id: n-plus-one',
  title: 'title: Load related rows in one query',
  story: 'story: { what: "100 users took over 10,000 queries.", cost: { minutes: 95 } }',
  lesson: 'lesson: Ask once for all rows, never once per row.',
  message: 'message: "`$CALL` goes to the database once for every $ITEM."',
  detect: 'detect: { is: { db-call: { as: $CALL } }, inside: { is: { iteration: { item: $ITEM } } } }',
  examples: 'examples: { bad: ["for (const u of us) await db.find(u)"], good: ["await db.find(us)"] }',
};

/** That card with other lines for some keys (undefined leaves a key out), and with further lines at its end. */
export function cardWith(changes: Record<string, string | undefined> = {}): string {
  const all = { ...lines, ...changes };
  return `${Object.values(all).filter((text) => text !== undefined).join('\n')}\n`;
}
