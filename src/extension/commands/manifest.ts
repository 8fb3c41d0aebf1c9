/** Ids as in package.json; a test compares the two. */
export const commandIds = [
  'tiebreak.openSampleQueue',
  'tiebreak.importTasks',
  'tiebreak.importThisFile',
  'tiebreak.openTask',
  'tiebreak.openNext',
  'tiebreak.runBoth',
  'tiebreak.runBothFresh',
  'tiebreak.cancelRun',
  'tiebreak.compareTimes',
  'tiebreak.submit',
  'tiebreak.skip',
  'tiebreak.unskip',
  'tiebreak.tryInput',
  'tiebreak.findDifferences',
  'tiebreak.addCase',
  'tiebreak.addFlag',
  'tiebreak.showAsWritten',
  'tiebreak.showCode',
  'tiebreak.showDiff',
  'tiebreak.showKeys',
  'tiebreak.find',
  'tiebreak.toggleWrap',
  'tiebreak.toggleScrollTogether',
  'tiebreak.undo',
  'tiebreak.openNativeDiff',
  'tiebreak.openAnswerFiles',
  'tiebreak.openRationale',
  'tiebreak.openIdeal',
  'tiebreak.focusRationale',
  'tiebreak.focusPreference',
  'tiebreak.focusScores',
  'tiebreak.citeLines',
  'tiebreak.applyFix',
  'tiebreak.export',
  'tiebreak.exchangeReviews',
  'tiebreak.verifyReviews',
  'tiebreak.filterQueue',
  'tiebreak.searchQueue',
  'tiebreak.sortQueue',
  'tiebreak.groupQueue',
  'tiebreak.ungroupQueue',
  'tiebreak.clearFilter',
  'tiebreak.refreshQueue',
  'tiebreak.removeTasks',
  'tiebreak.saveDraftElsewhere',
  'tiebreak.allowUnsandboxed',
  'tiebreak.forbidUnsandboxed',
  'tiebreak.showSetup',
  'tiebreak.showLog',
  'tiebreak.inspectReview',
  'tiebreak.inspectNext',
  'tiebreak.filterInspect',
  'tiebreak.refreshInspect',
  'tiebreak.replayRuns',
  'tiebreak.commentOnRationale',
  'tiebreak.approveReview',
  'tiebreak.sendBackReview',
  'tiebreak.correctReview',
  'tiebreak.rejectReview',
  'tiebreak.submitInspection',
  'tiebreak.settleTask',
  'tiebreak.keepAsGold',
  'tiebreak.startQualification',
  'tiebreak.openDashboard',
  'tiebreak.openTimeSheet',
  'tiebreak.exportTimeSheet',
  'tiebreak.openSettings',
  'tiebreak.openWalkthrough',
] as const;
export type CommandId = (typeof commandIds)[number];

export const panelViewType = 'tiebreak.panel';
export const inspectionViewType = 'tiebreak.inspection';
export const dashboardViewType = 'tiebreak.dashboard';
export const queueViewId = 'tiebreak.queue';
export const inspectViewId = 'tiebreak.inspect';
export const walkthroughId = 'tiebreak.firstReview';
export const rationaleScheme = 'tiebreak-rationale';
export const caseScheme = 'tiebreak-case';
export const answerScheme = 'tiebreak-answer';

/** Files of tasks and rubrics, which the server checks in addition to rationales. */
export const dataFiles = ['**/*.rubric.json', '**/*.task.json', '**/*.jsonl'].map((pattern) => ({
  scheme: 'file',
  pattern,
}));
