import { cardWith } from '../lessons/sound-card.ts';

/** The sound card with examples that hold their proof, and with other lines for some keys. */
export function bitingCard(changes: Record<string, string | undefined> = {}): string {
  return cardWith({
    examples: 'examples: { bad: ["for (const u of us) await prisma.user.update({ where: { id: u }, data })"], good: ["await prisma.user.findMany({ take: 5 })"] }',
    ...changes,
  });
}

/** A card of a team about any call, which needs no word of the vocabulary. */
export function callCard(id: string, call: string, changes: Record<string, string | undefined> = {}): string {
  return bitingCard({
    id: `id: ${id}`,
    title: `title: No ${call} here`,
    message: 'message: "`$WHAT` is given away."',
    detect: `detect: { code: ${call}($WHAT) }`,
    examples: `examples: { bad: ["${call}(one)"], good: ["keep(one)"] }`,
    ...changes,
  });
}
