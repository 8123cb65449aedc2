/**
 * What a check run remembers about itself, in its `external_id`: which pull requests of its head were judged and how, and a digest of
 * what it says. A check run belongs to a commit, and one commit may be the head of several pull requests: without this memory, a
 * second pull request onto a branch with milder settings would turn the check of the first one green.
 */
export type CheckState = {
  /** The verdict on each pull request of this head; 0 stands for a range without one. */
  verdicts: Map<number, string>;
  digest: string;
};

const form = /^once-bitten\/1((?: \d{1,10}=[a-z]{1,12}){1,12}) ([0-9a-f]{16})$/;

/** The memory as one text. The verdicts given last are kept where there are too many. */
export function stateText({ verdicts, digest }: CheckState): string {
  const told = [...verdicts].slice(-12).map(([number, verdict]) => ` ${number}=${verdict}`);
  return `once-bitten/1${told.join('')} ${digest}`;
}

/** The memory of a check run that we wrote; undefined for any other. */
export function readState(text: string): CheckState | undefined {
  const [, told, digest] = form.exec(text) ?? [];
  if (told === undefined || digest === undefined) return undefined;
  const verdicts = told.trim().split(' ').map((part): [number, string] => {
    const [number, verdict] = part.split('=');
    return [Number(number), verdict!];
  });
  return { verdicts: new Map(verdicts), digest };
}
