import * as vscode from 'vscode';

/** The key in the editor's own storage that records whether the first task was shown. */
const shown = 'shown';

/**
 * Shows the first sample task, with the walkthrough one tab away. Only once: from then on the editor restores what
 * was open when it was left.
 * @param {vscode.ExtensionContext} context
 */
export async function activate({ globalState }) {
  if (globalState.get(shown)) return;
  await vscode.commands.executeCommand('tiebreak.openWalkthrough');
  await vscode.commands.executeCommand('tiebreak.openSampleQueue');
  await globalState.update(shown, true);
}
