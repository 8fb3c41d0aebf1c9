import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import { settings } from './settings.ts';

const key = 'evaluator';

/** Who judges: the setting, or an opaque id made once for this installation. */
export function evaluatorId(state: vscode.Memento): string {
  if (settings.evaluator !== '') return settings.evaluator;
  const kept = state.get<string>(key);
  if (kept !== undefined) return kept;
  const made = `evaluator-${randomUUID().slice(0, 8)}`;
  void state.update(key, made);
  return made;
}
