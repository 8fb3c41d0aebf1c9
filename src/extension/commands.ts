import * as vscode from 'vscode';
import { messageOf } from '../core/errors.ts';
import { commandIds, type CommandId } from './manifest.ts';

/** What each command does. The mapped type makes a forgotten one a compile error. */
export type CommandTable = { readonly [Id in CommandId]: (...args: unknown[]) => unknown };

/** Registers every command; what one throws is logged and shown with a way to the log. */
export function registerCommands(table: CommandTable, log: vscode.LogOutputChannel): vscode.Disposable {
  return vscode.Disposable.from(
    ...commandIds.map((id) =>
      vscode.commands.registerCommand(id, async (...args: unknown[]) => {
        try {
          return await table[id](...args);
        } catch (error) {
          showError(error, log);
          return undefined;
        }
      }),
    ),
  );
}

/** Tells of an error without holding anything up: the message says the mend, the log has the rest. */
export function showError(error: unknown, log: vscode.LogOutputChannel): void {
  log.error(error instanceof Error ? error : String(error));
  const showLog = 'Show Log';
  void vscode.window.showErrorMessage(messageOf(error), showLog).then((choice) => {
    if (choice === showLog) log.show();
  });
}
