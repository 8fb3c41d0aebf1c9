import type * as vscode from 'vscode';
import { installationId } from '../../sessions/installationId.ts';
import { settings } from './settings.ts';

/** The state in which earlier versions kept the id of the installation. That id stays valid. */
const key = 'evaluator';

/** The evaluator: the setting, or the opaque id of this installation. */
export function evaluatorOf(storage: string, state: vscode.Memento): () => string {
  let id: string | undefined;
  return () => settings.evaluator || (id ??= installationId(storage, state.get<string>(key)));
}
