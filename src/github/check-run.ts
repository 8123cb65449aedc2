import { createHash } from 'node:crypto';
import type { Verdict } from '../model.ts';
import { stateText } from './check-state.ts';
import { once, refusalOf, type Client, type Repository } from './client.ts';
import type { OurCheck } from './situation.ts';

/** One line of the diff with what is to say about it. All texts are plain, and cut to what GitHub takes. */
export type Annotation = { path: string; start_line: number; end_line: number; annotation_level: 'notice' | 'warning' | 'failure'; title: string; message: string };

export type CheckReport = {
  name: string;
  verdict: Verdict;
  /** The pull request that was judged; 0 for a range without one. */
  pull: number;
  title: string;
  summary: string;
  annotations: Annotation[];
  /** Where the run can be looked at. */
  details?: string;
};

/** GitHub takes 50 annotations a request. https://docs.github.com/rest/checks/runs#create-a-check-run */
const mostInRequest = 50;
/** With more of them the page of the pull request grows slow; the summary names all findings. */
const mostAnnotations = 200;

/**
 * Writes the check run of a head: the one that is there is brought up to date, else a new one is made. `unchanged` when it says all
 * this already; `refused` when the token may not write it, or GitHub would not take it.
 */
export async function writeCheckRun(client: Client, repository: Repository, head: string, present: OurCheck | undefined, report: CheckReport): Promise<'written' | 'unchanged' | 'refused'> {
  const others = await otherVerdicts(client, repository, head, present, report);
  const failing = [...others].filter(([, verdict]) => fails(verdict)).map(([number]) => number);
  const conclusion = fails(report.verdict) || failing.length > 0 ? 'failure' : 'success';
  const title = !fails(report.verdict) && failing.length > 0 ? `${report.title} Pull request #${failing[0]}, which has the same head, is blocked.` : report.title;
  const verdicts = new Map([...others, [report.pull, report.verdict]]);
  const digest = createHash('sha256').update(JSON.stringify([conclusion, title, report.summary, report.annotations])).digest('hex').slice(0, 16);
  if (present && present.state.digest === digest && present.conclusion === conclusion && present.state.verdicts.get(report.pull) === report.verdict) return 'unchanged';
  const annotations = report.annotations.slice(0, mostAnnotations);
  const told = present ? await annotationsOf(client, repository, present.id) : new Set<string>();
  const fresh = annotations.filter((annotation) => !told.has(keyOf(annotation)));
  const body = {
    ...repository, name: report.name, status: 'completed' as const, conclusion: conclusion as 'failure' | 'success', external_id: stateText({ verdicts, digest }),
    ...(report.details !== undefined && { details_url: report.details }),
  };
  const output = { title, summary: report.summary };
  try {
    const id = await begin(client, body, head, present, { ...output, annotations: fresh.slice(0, mostInRequest) });
    for (let at = mostInRequest; at < fresh.length; at += mostInRequest) {
      await client.rest.checks.update({ ...repository, check_run_id: id, output: { ...output, annotations: fresh.slice(at, at + mostInRequest) }, ...once });
    }
    return 'written';
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined || refusal === 'token') throw error;
    return 'refused';
  }
}

/** What stops a merge. */
export function fails(verdict: string): boolean {
  return verdict === 'block' || verdict === 'incomplete';
}

type Body = Repository & { name: string; status: 'completed'; conclusion: 'failure' | 'success'; external_id: string; details_url?: string };
type Output = { title: string; summary: string; annotations: Annotation[] };

async function begin(client: Client, body: Body, head: string, present: OurCheck | undefined, output: Output): Promise<number> {
  if (present) {
    try {
      await client.rest.checks.update({ ...body, check_run_id: present.id, output });
      return present.id;
    } catch (error) {
      // Another app wrote it, with a token that is no longer in use.
      if (!['permission', 'missing'].includes(refusalOf(error) ?? '')) throw error;
    }
  }
  return create(client, body, head, output);
}

/** Creates the check run; after a lost answer, looks whether it was created before trying once more. */
async function create(client: Client, body: Body, head: string, output: Output): Promise<number> {
  const send = async (): Promise<number> => (await client.rest.checks.create({ ...body, head_sha: head, output, ...once })).data.id;
  try {
    return await send();
  } catch (error) {
    if (refusalOf(error) !== 'uncertain') throw error;
    const { data } = await client.rest.checks.listForRef({ owner: body.owner, repo: body.repo, ref: head, check_name: body.name, filter: 'all' });
    const made = data.check_runs.find((run) => run.external_id === body.external_id);
    return made ? made.id : send();
  }
}

/** What the present check run says of other pull requests with this head, as far as they still are open with it. */
async function otherVerdicts(client: Client, repository: Repository, head: string, present: OurCheck | undefined, report: CheckReport): Promise<Map<number, string>> {
  const others = [...(present?.state.verdicts ?? [])].filter(([number]) => number !== report.pull && number !== 0);
  const open = new Map<number, string>();
  for (const [number, verdict] of others) {
    if (!fails(verdict) || (await isOpenWith(client, repository, number, head))) open.set(number, verdict);
  }
  return open;
}

async function isOpenWith(client: Client, repository: Repository, number: number, head: string): Promise<boolean> {
  try {
    const { data } = await client.rest.pulls.get({ ...repository, pull_number: number });
    return data.state === 'open' && data.head.sha === head;
  } catch (error) {
    if (refusalOf(error) !== 'missing') throw error;
    return false;
  }
}

/** What is annotated already: annotations of a check run can be added, never taken away. */
async function annotationsOf(client: Client, repository: Repository, id: number): Promise<Set<string>> {
  const told = new Set<string>();
  for (let page = 1; page <= mostAnnotations / 100; page += 1) {
    const { data } = await client.rest.checks.listAnnotations({ ...repository, check_run_id: id, per_page: 100, page });
    for (const annotation of data) told.add(keyOf({ path: annotation.path, start_line: annotation.start_line, title: annotation.title ?? '', message: annotation.message ?? '' }));
    if (data.length < 100) break;
  }
  return told;
}

function keyOf({ path, start_line, title, message }: Pick<Annotation, 'path' | 'start_line' | 'title' | 'message'>): string {
  return JSON.stringify([path, start_line, title, message]);
}
