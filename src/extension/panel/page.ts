import * as vscode from 'vscode';
import { Channel } from '../../protocol/channel.ts';

/** What a page of Tiebreak needs of the extension. */
interface PageHost {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
}

/** Lets a panel load Tiebreak's pages and nothing else, gives it the icon, and opens the wire to its page. */
export function preparePage(panel: vscode.WebviewPanel, { extensionUri, log }: PageHost): Channel {
  panel.webview.options = {
    enableScripts: true,
    localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')],
  };
  const icon = (theme: string) => vscode.Uri.joinPath(extensionUri, 'media', `panel-${theme}.svg`);
  panel.iconPath = { light: icon('light'), dark: icon('dark') };
  return new Channel(
    {
      post: (message) => void panel.webview.postMessage(message),
      listen: (receive) => {
        const subscription = panel.webview.onDidReceiveMessage(receive);
        return () => subscription.dispose();
      },
    },
    (error) => log.error(error),
  );
}
