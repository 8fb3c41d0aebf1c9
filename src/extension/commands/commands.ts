import * as vscode from 'vscode';
import { obstacleText, type Obstacle } from '../../core/review/obstacle.ts';
import type { Notices } from '../host/notices.ts';
import { commandIds, type CommandId } from './manifest.ts';

/** The handler of each command. Because of the mapped type, a missing handler is a compile error. */
export type CommandTable = { readonly [Id in CommandId]: (...args: unknown[]) => unknown };

/** Registers every command. Errors of a command are logged and shown. */
export function registerCommands(table: CommandTable, notices: Notices): vscode.Disposable {
  return vscode.Disposable.from(
    ...commandIds.map((id) =>
      vscode.commands.registerCommand(id, async (...args: unknown[]) => {
        try {
          return await table[id](...args);
        } catch (error) {
          notices.error(error);
          return undefined;
        }
      }),
    ),
  );
}

/** The part of a desk that a submit command needs. */
interface Submitting {
  readonly openPanel: { notify(severity: 'warning', text: string): void };
  submit(): Promise<{ readonly problems: readonly Obstacle[] }>;
}

/** Submits the work in the panel, or shows there why it cannot be submitted. Resolves with the same obstacles. */
export async function submitByCommand(desk: Submitting): Promise<string[]> {
  const { openPanel } = desk;
  const problems = (await desk.submit()).problems.map(obstacleText);
  if (problems.length > 0) openPanel.notify('warning', `Not submitted. ${problems.join('. ')}.`);
  return problems;
}
