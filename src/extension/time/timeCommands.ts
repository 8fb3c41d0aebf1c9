import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { WorkedEntry } from '../../core/review/workedTime.ts';
import type { CommandTable } from '../commands/commands.ts';
import type { Services } from '../commands/services.ts';
import { settings } from '../host/settings.ts';

type TimeCommand = 'tiebreak.openTimeSheet' | 'tiebreak.exportTimeSheet';

/** The commands on the time sheet. */
export function timeCommands(services: Services): Pick<CommandTable, TimeCommand> {
  const { notices, reports } = services;
  return {
    'tiebreak.openTimeSheet': async () => {
      const { timeSheetMarkdown } = await import('../../core/statistics/timeSheet.ts');
      const { timeSheet: rate } = settings;
      const text = timeSheetMarkdown(await workedBy(services), rate.hourly > 0 ? rate : undefined);
      await reports.keep('Time sheet', text)();
    },
    'tiebreak.exportTimeSheet': async (chosen) => {
      const file = chosen instanceof vscode.Uri ? chosen : await pickFile();
      if (file === undefined) return;
      const { timeSheetCsv } = await import('../../core/statistics/timeSheet.ts');
      await writeFile(file.fsPath, timeSheetCsv(await workedBy(services)));
      const open = () => vscode.commands.executeCommand('vscode.open', file);
      notices.info('Exported the time sheet as CSV.', { title: 'Open', press: open });
    },
  };
}

/** The person's own time, including the time on the open task so far. */
async function workedBy({ desk, evaluator, store }: Services): Promise<WorkedEntry[]> {
  await desk.flush();
  return (await store()).worked({ person: evaluator() });
}

function pickFile(): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    title: 'Export the time sheet as CSV',
    filters: { CSV: ['csv'] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, 'time-sheet.csv') }),
  });
}
