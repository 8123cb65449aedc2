import { isCode } from '../code/opened-files.ts';
import { wrappersAmong, type Wrapper } from '../matching/wrappers-among.ts';
import { counted } from '../reports/phrases.ts';
import { brief, withoutLogCommand } from '../reports/visible-text.ts';
import { openDisk } from '../workspace/disk.ts';
import { workingTreeOf } from '../workspace/git.ts';
import { scanFiles } from '../workspace/scan-files.ts';

/** Files that are looked through; a larger repository is looked through as far as this. */
const mostFiles = 3_000;
/** Suggestions that are printed. */
const mostSuggestions = 20;

/** What `words --suggest` prints: wrappers of this repository that end in a known call, and what to paste into vocabulary.yml. */
export async function suggestWords(repo: string | undefined): Promise<string> {
  const { root } = await workingTreeOf(repo ?? '.', 'Name a clone that has one.');
  const paths = (await scanFiles(root, undefined)).filter((path) => isCode(path) || path.endsWith('package.json') || /(?:^|\/)tsconfig[^/]*\.json$/.test(path));
  const reader = await openDisk(root);
  const wrappers = await wrappersAmong(paths.slice(0, mostFiles), reader).finally(() => reader.close());
  const told = wrappers.slice(0, mostSuggestions);
  if (told.length === 0) return 'No function of this repository that ends in a database call is called from anywhere.\n';
  const lines = [
    `${counted(wrappers.length, 'wrapper')} of this repository ${wrappers.length === 1 ? 'ends' : 'end'} in a database call. Calls that can be followed are seen already;`,
    'what is not seen needs a word. To paste into .github/lessons/vocabulary.yml:',
    '',
    'db-call:',
    '  add:',
    ...told.flatMap((wrapper) => [`    # ${say(wrapper)}`, `    - ${entry(wrapper)}`]),
  ];
  return `${lines.map(withoutLogCommand).join('\n')}\n`;
}

function say({ name, path, line, calls, unseen }: Wrapper): string {
  const blind = unseen === 0 ? 'all seen' : unseen === calls ? 'none seen' : `${unseen} not seen`;
  return `${brief(name, 80)}, ${brief(path, 200)}:${line}: ${counted(calls, 'call')}, ${blind}`;
}

function entry({ called, path, unseen, verb, table }: Wrapper): string {
  const attributes = [`verb: ${verb}`, ...(table !== undefined && /^[\w.-]+$/.test(table) ? [`table: ${table}`] : [])];
  // Where the calls cannot be followed, nobody knows which file they lead to.
  const from = unseen === 0 && /^[\w./-]+$/.test(path) ? `, from: ${path}` : '';
  return `{ code: ${JSON.stringify(`${/^[\w.$]+$/.test(called) ? called : `$_.${called.split('.').at(-1)!.replaceAll(/\W/g, '')}`}($$$)`)}${from}, with: { ${attributes.join(', ')} } }`;
}
