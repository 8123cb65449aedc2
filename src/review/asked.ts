/** What of its files a change is asked about: where the two sides can differ at all. */
import type { Change, ChangedFile } from '../change/change.ts';
import { isProjectFile, saysTheSame } from '../code/manifests.ts';
import { isCode, type OpenedFiles } from '../code/opened-files.ts';
import type { Asked } from '../code/scene.ts';
import { namesDeclaredIn, reachOf, type FilePair } from '../matching/reach.ts';
import type { Side } from '../model.ts';

/** A change of more files is asked about as a whole: their trees come and go, and so do the nodes by which parts are known. */
const mostFiles = 300;

/** Nothing else is made of tests. */
const test = /(?:^|[/.])(?:__tests__|__mocks__|tests?|specs?|e2e|stories|fixtures)[/.]/i;

/**
 * The parts of the change's files that it reaches; undefined for everything, as where it touches what the repository says of itself.
 * @param isLookedAt whether lessons look at the code of this file.
 * @param looksBeside whether lessons look at what stands beside a statement.
 */
export function askedOf({ files }: Change, opened: Readonly<Record<Side, OpenedFiles>>, isLookedAt: (path: string, text: string) => boolean, looksBeside: boolean): Asked | undefined {
  if (files.length > mostFiles || files.some((file) => bearsOnAll(file, opened))) return undefined;
  const treeOf = (side: Side, path: string | undefined): FilePair['head'] => {
    const text = path === undefined || !isCode(path) ? undefined : opened[side].text(path);
    return text !== undefined && isLookedAt(path!, text) ? opened[side].tree(path!) : undefined;
  };
  const pairs: FilePair[] = [];
  const further: string[] = [];
  for (const file of files) {
    const head = file.status === 'deleted' ? undefined : treeOf('head', file.path);
    const base = treeOf('base', file.basePath);
    if (head || base) pairs.push({ file, head, base });
    else if (isCode(file.path) && !test.test(file.path)) further.push(...namesDeclaredIn(file));
  }
  return reachOf(pairs, further, looksBeside);
}

/** True for what a repository says of all its code, where it says something else now. */
function bearsOnAll({ path, basePath }: ChangedFile, { head, base }: Readonly<Record<Side, OpenedFiles>>): boolean {
  if (![path, basePath].some((each) => each !== undefined && isProjectFile(each))) return false;
  const [now, before] = [head.text(path), basePath === undefined ? undefined : base.text(basePath)];
  return path !== basePath || now === undefined || before === undefined || !saysTheSame(now, before);
}
