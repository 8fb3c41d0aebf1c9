import * as vscode from 'vscode';
import { tiebreakError } from '../../core/errors.ts';
import type { Store } from '../../store/store.ts';
import type { CommandTable } from '../commands.ts';
import type { PanelCommand } from '../panel/panel.ts';
import type { InspectionDesk } from './inspectionDesk.ts';
import { pickChoice, type InspectChoice, type InspectList } from './inspectList.ts';
import type { InspectNode } from './inspectTree.ts';
import { settleChoices } from './settleChoice.ts';

/** The parts that a reviewer's commands act on. */
export interface InspectionParts {
  readonly desk: InspectionDesk;
  readonly list: InspectList;
  readonly showMore: () => void;
  readonly store: () => Promise<Store>;
}

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

/** What each command of a reviewer does; see `commandTable`. */
export function inspectionCommands(parts: InspectionParts): Pick<CommandTable, InspectionCommand> {
  const { desk, list } = parts;
  const inPanel = (command: PanelCommand) => () => desk.openPanel.command(command);
  return {
    'tiebreak.inspectReview': (which) => desk.inspect(nodeOf(which, (entry) => entry.reviewId)),
    'tiebreak.inspectNext': () => desk.inspectNext(),
    'tiebreak.filterInspect': (choice) => (isChoice(choice) ? list.choose(choice) : pickChoice(list)),
    'tiebreak.refreshInspect': (more) => (more === 'more' ? parts.showMore() : list.refresh()),
    'tiebreak.replayRuns': () => desk.replay(),
    'tiebreak.commentOnRationale': inPanel('comment'),
    'tiebreak.approveReview': inPanel('approve'),
    'tiebreak.sendBackReview': inPanel('send-back'),
    'tiebreak.correctReview': inPanel('correct'),
    'tiebreak.rejectReview': inPanel('reject'),
    'tiebreak.submitInspection': async () => {
      const { problems } = await desk.openPanel.submit();
      if (problems.length > 0) desk.openPanel.notify('warning', `Not submitted. ${problems.join('. ')}.`);
      return problems;
    },
    'tiebreak.settleTask': async (which) => {
      const taskId = which === undefined ? await pickTask(parts) : nodeOf(which, (entry) => entry.taskId);
      if (taskId !== undefined) await desk.settle(taskId);
    },
  };
}

/** Asks which of the tasks to settle that more than one evaluator has reviewed. */
async function pickTask({ list, store }: InspectionParts): Promise<string | undefined> {
  const [entries, settlements] = await Promise.all([
    list.byAgreement(),
    (await store()).ledger({ kind: 'settlement' }),
  ]);
  const choices = settleChoices(entries, new Set(settlements.map(({ record }) => record.taskId)));
  if (choices.length === 0) {
    throw tiebreakError('settle-too-few', {
      what: 'No task here has reviews by more than one evaluator',
      mend: 'Import the reviews of another evaluator first',
    });
  }
  // The focus may go back to a panel while the list is read; the choice must not go with it.
  const options = { title: 'Task to settle', ignoreFocusOut: true, matchOnDetail: true };
  return (await vscode.window.showQuickPick(choices, options))?.taskId;
}

/** Something of a review, given as text or as its row in the tree. */
function nodeOf(
  which: unknown,
  read: (entry: Extract<InspectNode, { kind: 'review' }>['entry']) => string,
): string {
  if (typeof which === 'string') return which;
  const node = which as InspectNode | undefined;
  if (node?.kind === 'review') return read(node.entry);
  throw tiebreakError('no-review', {
    what: 'No review was chosen',
    mend: 'Choose one in the Inspect view of Tiebreak',
  });
}

function isChoice(value: unknown): value is Partial<InspectChoice> {
  return typeof value === 'object' && value !== null && ('show' in value || 'sort' in value);
}
