import type * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  TransportKind,
  type ErrorHandler,
} from 'vscode-languageclient/node';
import { dataFiles, rationaleScheme } from '../commands/manifest.ts';

/** How often the server is restarted after crashes within three minutes. */
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
      // Hovers show text written by models: allow no command links and no HTML.
      markdown: { isTrusted: false, supportHtml: false },
    },
  );
  return client;
}

/**
 * Restarts a crashed server a few times. After that a message says what to do. An error on the connection decides
 * nothing: what is sent to a process that has just ended fails, and the library would stop the client, which is then
 * not restarted. `closed` follows.
 */
function crashHandler(client: () => LanguageClient, log: vscode.LogOutputChannel): ErrorHandler {
  let handler: ErrorHandler | undefined;
  const usual = () => (handler ??= client().createDefaultErrorHandler(restarts));
  return {
    error: (error) => {
      log.debug(`A message to or from the language server for rationales was lost: ${error.message}`);
      return { action: ErrorAction.Continue, handled: true };
    },
    closed: async () => {
      const { action } = await usual().closed();
      if (action === CloseAction.Restart) {
        log.warn('The language server for rationales crashed and is restarted.');
        return { action, handled: true };
      }
      return {
        action,
        message:
          `The language server for rationales crashed ${restarts + 1} times within three minutes. ` +
          'Reload the window to try again. The panel still checks the rationale',
      };
    },
  };
}
