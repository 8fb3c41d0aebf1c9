import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/**
 * The panel's page: it loads its own script and style sheets and nothing else, runs no inline script, and knows
 * nothing of the task, which arrives by message.
 */
export function panelHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64url');
  const asset = (...path: string[]) =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', ...path)).toString();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tiebreak review panel</title>
<link rel="stylesheet" href="${asset('panel.css')}">
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="${asset('codicon.css')}">
</head>
<body>
<tiebreak-panel></tiebreak-panel>
<script type="module" nonce="${nonce}" src="${asset('panel.js')}"></script>
</body>
</html>`;
}
