import type { Finding, Step } from '../model.ts';

/**
 * True when no line of code may be shown beside this finding, because the line could hold a secret: its lesson is about
 * secrets (an id that starts with `secret`), or whoever found it kept the text of a step back. Reports then name places only.
 */
export function isWithheld(finding: Pick<Finding, 'lesson' | 'evidence'>): boolean {
  return finding.lesson.startsWith('secret') || finding.evidence.some((step) => step.text.trim() === '');
}

/** All steps of a finding, for a machine: its own, then those of the lines of which the message says the same. */
export function stepsForMachines(finding: Pick<Finding, 'lesson' | 'evidence' | 'alike'>): Step[] {
  return shownEvidence({ lesson: finding.lesson, evidence: [...finding.evidence, ...(finding.alike ?? [])] });
}

/** The steps of a finding as they may be shown: with empty texts where the code is withheld. */
export function shownEvidence(finding: Pick<Finding, 'lesson' | 'evidence'>): Step[] {
  if (!isWithheld(finding)) return finding.evidence;
  return finding.evidence.map((step) => ({ path: step.path, line: step.line, text: '' }));
}
