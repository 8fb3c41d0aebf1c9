import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** A page: its title, its root element, and its script. */
interface Page {
  readonly title: string;
  readonly element: string;
  readonly script: string;
}

const reviewPage: Page = { title: 'Tiebreak review panel', element: 'tiebreak-panel', script: 'panel.js' };

/**
 * The HTML of a panel. It loads only its own script and style sheets and runs no inline script. The task arrives by
 * message.
 */
export function panelHtml(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  { title, element, script }: Page = reviewPage,
): string {
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
<title>${title}</title>
<link rel="stylesheet" href="${asset('panel.css')}">
<link rel="stylesheet" id="vscode-codicon-stylesheet" href="${asset('codicon.css')}">
</head>
<body>
<${element}></${element}>
<script type="module" nonce="${nonce}" src="${asset(script)}"></script>
</body>
</html>`;
}
