import * as vscode from 'vscode';
import type { OpenTarget } from '../../protocol/panel/messages.ts';
import type { AnswerSource } from '../../sessions/panelSession.ts';
import { openAnswerFile, openNativeDiff } from '../documents/openAnswers.ts';
import type { CommandId } from './manifest.ts';
import type { Services } from './services.ts';

/** Opens in the editor what a button of a panel requests, from these answers or else from the open task. */
export async function openTarget(
  {
    cases,
    desk,
    files,
    ideal,
    rationale,
  }: Pick<Services, 'cases' | 'desk' | 'files' | 'ideal' | 'rationale'>,
  target: OpenTarget,
  answers: AnswerSource | undefined = desk.session,
): Promise<void> {
  const run = async (command: CommandId): Promise<void> => {
    await vscode.commands.executeCommand(command);
  };
  switch (target.what) {
    case 'native-diff':
      return answers && openNativeDiff(answers, files, target.file);
    case 'file':
      return answers && openAnswerFile(answers, files, target);
    case 'rationale':
      return desk.session && rationale.open(desk.session);
    case 'case-code':
      return desk.session && cases.open(desk.session, target);
    case 'ideal':
      return desk.session && ideal.open(desk.session);
    case 'ideal-diff':
      return desk.session && ideal.openDiff(desk.session, target.side);
    case 'sample-queue':
      return run('tiebreak.openSampleQueue');
    case 'import':
      return run('tiebreak.importTasks');
    case 'export':
      return run('tiebreak.export');
    case 'log':
      return run('tiebreak.showLog');
    case 'save-elsewhere':
      return run('tiebreak.saveDraftElsewhere');
  }
}
