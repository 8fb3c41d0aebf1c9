import * as vscode from 'vscode';

/** Closes the tabs that show a document, alone or in a comparison, without taking the focus from where it is. */
export async function closeTabs(isWanted: (uri: vscode.Uri) => boolean): Promise<void> {
  const wanted = allTabs().filter((tab) => urisOf(tab).some(isWanted));
  if (wanted.length > 0) await vscode.window.tabGroups.close(wanted, true);
}

/** Whether a tab shows a document, alone or in a comparison. */
export function isInTab({ path, scheme }: vscode.Uri): boolean {
  return allTabs().some((tab) => urisOf(tab).some((uri) => uri.scheme === scheme && uri.path === path));
}

function allTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs);
}

function urisOf({ input }: vscode.Tab): vscode.Uri[] {
  if (input instanceof vscode.TabInputText) return [input.uri];
  return input instanceof vscode.TabInputTextDiff ? [input.original, input.modified] : [];
}
