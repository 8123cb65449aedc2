/** What can be asked of git: revisions, the change between two of them or in the working tree, and the history of both. */
export { changeBetween, changeInWorkingTree, workingTree } from './changes.ts';
export { commitsBetween, firstParentCommits, type Commit, type HistoryQuestion, type MergedCommit } from './history.ts';
export { stepsBetween } from './steps.ts';
export { defaultBranch, findRepository, mergeBase, resolveRevision, workingTreeOf, type Repository } from './revisions.ts';
