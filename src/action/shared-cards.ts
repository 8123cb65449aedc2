import type { CardText, CardTexts, SharedTexts } from '../commands/card-texts.ts';
import { faultOfEntry, isCardName, isVocabularyName, settingsFile, sharedTextsOf, unreadReason, withShared, type ReadElsewhere } from '../commands/lessons-in-force.ts';
import { openApi } from '../github/api-reader.ts';
import type { Client } from '../github/client.ts';
import { folderAtRef, type Absent } from '../github/folder-at-ref.ts';
import type { Elsewhere, SharedCards } from '../lessons/extends.ts';
import { quoted } from '../lessons/source-text.ts';
import type { Note } from '../model.ts';
import { fileAddress } from './links.ts';
import type { Runner } from './runner.ts';

/** So many files of one folder of another repository are read, and so many bytes of them all. */
const mostFiles = 100;
const mostBytes = 1_048_576;

/** Adds the cards that the settings name in `extends`: folders of the base tip, and folders of other repositories, through the API. */
export async function withSharedCards(texts: CardTexts, client: Client, runner: Runner, tip: string): Promise<CardTexts> {
  const readElsewhere: ReadElsewhere = async (entries, settings) => ({ shared: await Promise.all(entries.map((entry) => cardsElsewhere(client, runner, entry, settings))), notes: [] });
  return withShared(texts, openApi(client, runner.repository, { head: tip }), 'head', readElsewhere);
}

/** The cards of another repository: one request finds the commit and its files, a second one their texts. They are text like any other card. */
async function cardsElsewhere(client: Client, runner: Runner, entry: SharedCards, settings: CardText): Promise<SharedTexts> {
  const { owner, repo, ref } = entry.elsewhere!;
  const unread = (message: string, hint: string): SharedTexts => ({ entry, cards: [], faults: [faultOfEntry(entry, settings, 'settings/out-of-reach', message, hint)], unread: true });
  const found = await folderAtRef(client, { owner, repo }, ref, entry.folder);
  if ('absent' in found) return unread(...sayAbsent(found.absent, entry.folder, entry.elsewhere!));
  const files = found.files.filter(({ name }) => isCardName(name) || isVocabularyName(name));
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (files.length === 0) return unread(`${quoted(entry.folder)} of ${owner}/${repo} at ${ref} holds no cards`, 'cards are its own files that end in .yml; those in folders inside of it are not read');
  if (files.length > mostFiles || bytes > mostBytes) return unread(`${quoted(entry.folder)} of ${owner}/${repo} holds ${files.length} cards of ${Math.ceil(bytes / 1024)} kB, more than are read`, `share at most ${mostFiles} files and 1 MB in one folder, or name several folders`);
  const names = files.map(({ name }) => name);
  const pathOf = (name: string): string => `${entry.folder}/${name}`;
  const sources = await openApi(client, { owner, repo }, { head: found.commit }, { mayBeText: () => false }).read('head', names.map(pathOf));
  const { cards, vocabulary, faults } = sharedTextsOf(sources, entry.folder, names);
  const missing = names.map(pathOf).filter((file) => !sources.has(file));
  const told = ({ file, text }: CardText): CardText => ({ file: nameElsewhere(file, entry.elsewhere!), text, link: fileAddress(runner.server, `${owner}/${repo}`, found.commit, file) });
  return {
    entry, cards: cards.map(told), ...(vocabulary && { vocabulary: told(vocabulary) }),
    faults: [...faults.map(({ at }) => at!.file), ...missing].map((file) => faultOfEntry(entry, settings, 'settings/out-of-reach', `${nameElsewhere(file, entry.elsewhere!)} says nothing: ${unreadReason(sources.get(file))}`, 'mend the card there, or name another ref')),
    ...(faults.length + missing.length > 0 && { unread: true as const }),
  };
}

function sayAbsent(absent: Absent, folder: string, { owner, repo, ref }: Elsewhere): [message: string, hint: string] {
  if (absent === 'repository') return [`the repository ${owner}/${repo} cannot be read: it is not there, or this token may not see it`, `a workflow's own token sees public repositories and its own one; give the input \`token\` one that may read ${owner}/${repo} (\`contents: read\`), such as that of a GitHub App`];
  if (absent === 'ref') return [`${owner}/${repo} has no commit, tag or branch ${quoted(ref)}`, 'name one that is there; a full commit hash never moves'];
  if (absent === 'folder') return [`${owner}/${repo} has no folder ${quoted(folder)} at ${ref}`, 'paths count from the top of that repository, and links are not followed'];
  return [`GitHub did not tell the cards of ${owner}/${repo}`, 'run the job again'];
}

/** How a card of another repository is called: its path here would be another file's. */
function nameElsewhere(file: string, { owner, repo, ref }: Elsewhere): string {
  return `${owner}/${repo}/${file}@${ref}`;
}

/** What is wrong with a card of another repository is told at the line that names its folder: it has no line in this one. */
export function atTheirEntries(notes: readonly Note[], { shared = [] }: CardTexts): Note[] {
  const entries = new Map(shared.filter(({ entry }) => entry.elsewhere).flatMap(({ entry, cards, vocabulary }) => [...cards, ...(vocabulary ? [vocabulary] : [])].map(({ file }) => [file, entry] as const)));
  return notes.map((note) => {
    const entry = note.path === undefined ? undefined : entries.get(note.path);
    if (!entry) return note;
    const place = [note.path, note.line, note.column].filter((part) => part !== undefined).join(':');
    return { ...note, message: `${place}: ${note.message}`, path: settingsFile, line: entry.at.line, column: entry.at.column };
  });
}
