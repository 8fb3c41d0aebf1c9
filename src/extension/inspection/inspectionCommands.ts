import * as vscode from 'vscode';
import { tiebreakError } from '../../core/errors.ts';
import { submitByCommand, type CommandTable } from '../commands/commands.ts';
import type { Services } from '../commands/services.ts';
import type { PanelCommand } from '../panel/panel.ts';
import { pickChoice, type InspectChoice } from './inspectList.ts';
import type { InspectNode } from './inspectTree.ts';
import { settleChoices } from '../../sessions/inspection/settleChoice.ts';

type InspectionCommand =
  | 'tiebreak.inspectReview'
  | 'tiebreak.inspectNext'
  | 'tiebreak.filterInspect'
  | 'tiebreak.refreshInspect'
  | 'tiebreak.replayRuns'
  | 'tiebreak.commentOnRationale'
  | 'tiebreak.approveReview'
  | 'tiebreak.sendBackReview'
  | 'tiebreak.correctReview'
  | 'tiebreak.rejectReview'
  | 'tiebreak.submitInspection'
  | 'tiebreak.settleTask';

/** The commands of a reviewer; see `commandTable`. */
export function inspectionCommands(services: Services): Pick<CommandTable, InspectionCommand> {
  const { inspection: desk, inspectList: list, views } = services;
  const inPanel = (command: PanelCommand) => () => desk.openPanel.command(command);
  return {
    'tiebreak.inspectReview': (which) => desk.inspect(nodeOf(which, (entry) => entry.reviewId)),
    'tiebreak.inspectNext': () => desk.inspectNext(),
    'tiebreak.filterInspect': (choice) => (isChoice(choice) ? list.choose(choice) : pickChoice(list)),
    'tiebreak.refreshInspect': (more) => (more === 'more' ? views.inspectTree.showMore() : list.refresh()),
    'tiebreak.replayRuns': () => desk.replay(),
    'tiebreak.commentOnRationale': inPanel('comment'),
    'tiebreak.approveReview': inPanel('approve'),
    'tiebreak.sendBackReview': inPanel('send-back'),
    'tiebreak.correctReview': inPanel('correct'),
    'tiebreak.rejectReview': inPanel('reject'),
    'tiebreak.submitInspection': () => submitByCommand(desk),
    'tiebreak.settleTask': async (which) => {
      const taskId = which === undefined ? await pickTask(services) : nodeOf(which, (entry) => entry.taskId);
      if (taskId !== undefined) await desk.settle(taskId);
    },
  };
}

/** Asks which task to settle, of those that more than one evaluator has reviewed. */
async function pickTask({ inspectList, store }: Services): Promise<string | undefined> {
  const [entries, settlements] = await Promise.all([
    inspectList.byAgreement(),
    (await store()).ledger({ kind: 'settlement' }),
  ]);
  const choices = settleChoices(entries, new Set(settlements.map(({ record }) => record.taskId)));
  if (choices.length === 0) {
    throw tiebreakError('no-task-to-settle', {
      what: 'No task has reviews by more than one evaluator',
      remedy: 'Import the reviews of another evaluator first',
    });
  }
  // The focus may return to a panel while the list is read; the list must stay open.
  const options = {
    title: 'Settle a task',
    placeHolder: 'Select a task',
    ignoreFocusOut: true,
    matchOnDetail: true,
  };
  return (await vscode.window.showQuickPick(choices, options))?.taskId;
}

/** A review's id, given as text or as its row in the tree. */
function nodeOf(
  which: unknown,
  read: (entry: Extract<InspectNode, { kind: 'review' }>['entry']) => string,
): string {
  if (typeof which === 'string') return which;
  const node = which as InspectNode | undefined;
  if (node?.kind === 'review') return read(node.entry);
  throw tiebreakError('no-review', {
    what: 'No review is selected',
    remedy: 'Select a review in the Inspect view of Tiebreak',
  });
}

function isChoice(value: unknown): value is Partial<InspectChoice> {
  return typeof value === 'object' && value !== null && ('show' in value || 'sort' in value);
}
