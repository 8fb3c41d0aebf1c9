import type * as vscode from 'vscode';
import { CloseAction, LanguageClient, TransportKind, type ErrorHandler } from 'vscode-languageclient/node';
import { dataFiles, rationaleScheme } from '../manifest.ts';

/** How often the server is started again after a crash, within three minutes. */
const restarts = 3;

/** A client whose server process is `dist/language/server.js`; not started yet. */
export function createClient(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): LanguageClient {
  const client: LanguageClient = new LanguageClient(
    'tiebreak.rationale',
    'Tiebreak Rationale',
    { module: context.asAbsolutePath('dist/language/server.js'), transport: TransportKind.ipc },
    {
      documentSelector: [{ scheme: rationaleScheme }, ...dataFiles],
      diagnosticCollectionName: 'tiebreak-rationale',
      outputChannel: log,
      errorHandler: crashHandler(() => client, log),
      // What hovers show was written by models: no command links, no HTML.
      markdown: { isTrusted: false, supportHtml: false },
    },
  );
  return client;
}

/** Starts a crashed server again a few times; after that the log and a message say what to do. */
function crashHandler(client: () => LanguageClient, log: vscode.LogOutputChannel): ErrorHandler {
  let handler: ErrorHandler | undefined;
  const usual = () => (handler ??= client().createDefaultErrorHandler(restarts));
  return {
    error: (error, message, count) => usual().error(error, message, count),
    closed: async () => {
      const { action } = await usual().closed();
      if (action === CloseAction.Restart) {
        log.warn('The helper that checks rationales ended by itself and is started again.');
        return { action, handled: true };
      }
      return {
        action,
        message:
          `The helper that checks rationales ended ${restarts + 1} times within three minutes. ` +
          'Reload the window to try again; the panel checks the rationale all the same',
      };
    },
  };
}
