import * as vscode from 'vscode';
import type { Notices } from '../host/notices.ts';
import { Channel } from '../../protocol/channel.ts';
import { inBackground } from '../../sessions/background.ts';

/** What a page needs of the extension. */
interface PageHost {
  readonly extensionUri: vscode.Uri;
  readonly notices: Notices;
}

/** Restricts a panel to Tiebreak's own pages, sets its icon, and opens the channel to its page. */
export function preparePage(panel: vscode.WebviewPanel, { extensionUri, notices }: PageHost): Channel {
  panel.webview.options = {
    enableScripts: true,
    localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')],
  };
  const icon = (theme: string) => vscode.Uri.joinPath(extensionUri, 'media', `panel-${theme}.svg`);
  panel.iconPath = { light: icon('light'), dark: icon('dark') };
  return new Channel(
    {
      post: (message) => inBackground(panel.webview.postMessage(message), notices.log),
      listen: (receive) => {
        const subscription = panel.webview.onDidReceiveMessage(receive);
        return () => subscription.dispose();
      },
    },
    notices.log,
  );
}
