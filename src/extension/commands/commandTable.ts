import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { unprotected } from '../../core/run/unsandboxed.ts';
import type { Session } from '../../sessions/review/session.ts';
import { calibrationCommands } from '../calibration/calibrationCommands.ts';
import { openAnswerFiles, openNativeDiff } from '../documents/openAnswers.ts';
import type { IdealStart } from '../ideal/idealWorkspace.ts';
import { inspectionCommands } from '../inspection/inspectionCommands.ts';
import type { PanelCommand } from '../panel/panel.ts';
import { queueCommands } from '../queue/queueCommands.ts';
import { setupReportCommand } from '../setup/setupReport.ts';
import { timeCommands } from '../time/timeCommands.ts';
import { transferCommands } from '../transfer/transferCommands.ts';
import { submitByCommand, type CommandTable } from './commands.ts';
import { walkthroughId } from './manifest.ts';
import type { Services } from './services.ts';

/**
 * The handler of each command. A command that asks the person a question also takes the answer as an argument, so that key
 * bindings, menus and tests can call it without a dialog.
 */
export function commandTable(services: Services): CommandTable {
  const { context, dashboard, log } = services;
  return {
    ...queueCommands(services),
    ...transferCommands(services),
    ...reviewCommands(services),
    ...inspectionCommands(services),
    ...calibrationCommands(services),
    ...consentCommands(services),
    ...timeCommands(services),
    'tiebreak.openDashboard': () => dashboard.open(),
    'tiebreak.showSetup': setupReportCommand(services),
    'tiebreak.showLog': () => log.show(),
    'tiebreak.openSettings': () =>
      vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${context.extension.id}`),
    'tiebreak.openWalkthrough': () =>
      vscode.commands.executeCommand(
        'workbench.action.openWalkthrough',
        `${context.extension.id}#${walkthroughId}`,
      ),
  };
}

type ReviewCommand =
  | 'tiebreak.runBoth'
  | 'tiebreak.runBothFresh'
  | 'tiebreak.cancelRun'
  | 'tiebreak.compareTimes'
  | 'tiebreak.submit'
  | 'tiebreak.skip'
  | 'tiebreak.tryInput'
  | 'tiebreak.findDifferences'
  | 'tiebreak.addCase'
  | 'tiebreak.addFlag'
  | 'tiebreak.showAsWritten'
  | 'tiebreak.showCode'
  | 'tiebreak.showDiff'
  | 'tiebreak.showKeys'
  | 'tiebreak.find'
  | 'tiebreak.toggleWrap'
  | 'tiebreak.toggleScrollTogether'
  | 'tiebreak.undo'
  | 'tiebreak.focusRationale'
  | 'tiebreak.focusPreference'
  | 'tiebreak.focusScores'
  | 'tiebreak.citeLines'
  | 'tiebreak.applyFix'
  | 'tiebreak.openNativeDiff'
  | 'tiebreak.openAnswerFiles'
  | 'tiebreak.openRationale'
  | 'tiebreak.openIdeal'
  | 'tiebreak.saveDraftElsewhere';

/** The commands on the open task. */
function reviewCommands({
  desk,
  files,
  ideal,
  inspection,
  rationale,
}: Services): Pick<CommandTable, ReviewCommand> {
  const session = (): Session => desk.current;
  const inPanel = (command: PanelCommand) => () => desk.openPanel.command(command);
  /** Commands on the panel in front, which may be a reviewer's. */
  const inActive = (command: PanelCommand) => () => {
    const { shownPanel } = inspection;
    (shownPanel?.active === true ? shownPanel : desk.openPanel).command(command);
  };
  return {
    'tiebreak.runBoth': () => session().run(),
    'tiebreak.runBothFresh': () => session().run({ fresh: true }),
    'tiebreak.cancelRun': () => session().cancelRun(),
    'tiebreak.compareTimes': (caseId) =>
      typeof caseId === 'string' ? session().compareTimes(caseId) : desk.openPanel.command('compare-times'),
    'tiebreak.submit': () => submitByCommand(desk),
    'tiebreak.skip': (reason) =>
      typeof reason === 'string' ? desk.skip(reason) : desk.openPanel.command('skip'),
    'tiebreak.tryInput': inPanel('try-input'),
    'tiebreak.findDifferences': inPanel('find-differences'),
    'tiebreak.addCase': inPanel('add-case'),
    'tiebreak.addFlag': inPanel('add-flag'),
    'tiebreak.showAsWritten': inPanel('view-written'),
    'tiebreak.showCode': inPanel('view-code'),
    'tiebreak.showDiff': inPanel('view-diff'),
    'tiebreak.showKeys': inPanel('show-keys'),
    'tiebreak.find': inActive('find'),
    'tiebreak.toggleWrap': inActive('toggle-wrap'),
    'tiebreak.toggleScrollTogether': inActive('toggle-scroll-together'),
    'tiebreak.undo': inActive('undo'),
    'tiebreak.focusRationale': inPanel('focus-rationale'),
    'tiebreak.focusPreference': inPanel('focus-preference'),
    'tiebreak.focusScores': inPanel('focus-scores'),
    'tiebreak.citeLines': inPanel('cite-lines'),
    'tiebreak.applyFix': inPanel('apply-fix'),
    'tiebreak.openNativeDiff': () => openNativeDiff(session(), files),
    'tiebreak.openAnswerFiles': () => openAnswerFiles(session(), files),
    'tiebreak.openRationale': () => rationale.open(session()),
    'tiebreak.openIdeal': (start) => ideal.open(session(), isStart(start) ? start : undefined),
    'tiebreak.saveDraftElsewhere': (target) => saveDraft(session(), target),
  };
}

type ConsentCommand = 'tiebreak.allowUnsandboxed' | 'tiebreak.forbidUnsandboxed';

/** The commands on running without a sandbox. */
function consentCommands({ consent, desk, notices }: Services): Pick<CommandTable, ConsentCommand> {
  return {
    'tiebreak.allowUnsandboxed': async () => {
      consent.check();
      if (!(await asksForConsent())) return;
      await consent.give();
      await desk.session?.refreshBlocked();
    },
    'tiebreak.forbidUnsandboxed': async () => {
      await consent.takeBack();
      notices.info('Answers in this workspace now run only in a sandbox.');
      desk.session?.cancelRun();
      await desk.session?.refreshBlocked();
    },
  };
}

/** Names what is unprotected. Only the button with that label gives consent. */
async function asksForConsent(): Promise<boolean> {
  const agree = 'Run Without a Sandbox';
  const detail = [
    'Answers are code that nobody has reviewed. Without a sandbox:',
    ...unprotected.map((line) => `• ${line}.`),
    'This applies to this workspace while no sandbox is found; every result is marked “unsandboxed”. To undo it, run the command “Forbid Running Without a Sandbox in This Workspace”.',
  ].join('\n');
  const question = 'Run answers without a sandbox in this workspace?';
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, agree)) === agree;
}

/** Writes the draft to a file that the person chooses, for when the database cannot store it. */
async function saveDraft(session: Session, target: unknown): Promise<void> {
  const uri =
    target instanceof vscode.Uri
      ? target
      : await vscode.window.showSaveDialog({ title: 'Save draft as', filters: { JSON: ['json'] } });
  if (uri !== undefined) await writeFile(uri.fsPath, `${JSON.stringify(session.draft, null, 2)}\n`);
}

function isStart(value: unknown): value is IdealStart {
  return value === 'A' || value === 'B' || value === 'empty';
}
