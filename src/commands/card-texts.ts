import type { Fault } from '../fault.ts';
import type { SharedCards } from '../lessons/extends.ts';
import type { Note } from '../model.ts';

/** A card or a settings file as text. */
export type CardText = { file: string; text: string; /** Where it can be read, for a card of another repository. */ link?: string };

/** What an entry of `extends` holds: cards that are kept for several. */
export type SharedTexts = {
  entry: SharedCards;
  cards: CardText[];
  vocabulary?: CardText;
  /** Why there are none, or files that cannot be read at all. */
  faults: Fault[];
  /** Set where they could not be read, so that nobody knows which there are. */
  unread?: true;
};

/** What a repository says about lessons. */
export type CardTexts = {
  cards: CardText[];
  settings: CardText | undefined;
  /** The team's own words. */
  vocabulary?: CardText;
  shared?: SharedTexts[];
  /** Files and folders that cannot be read at all. */
  faults?: Fault[];
  /** What was left unread on purpose. */
  notes?: Note[];
};
