import {
  CodeActionKind,
  CodeLensRefreshRequest,
  createConnection,
  LSPErrorCodes,
  ProposedFeatures,
  ResponseError,
  TextDocuments,
  TextDocumentSyncKind,
  type InitializeResult,
  type Position,
  type ServerCapabilities,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { messageOf } from '../core/errors.ts';
import {
  contextChanged,
  contextRequest,
  renameCaseRequest,
  type LanguageContext,
} from '../protocol/language.ts';
import { fixesAt } from './codeActions.ts';
import { lensesOf } from './codeLenses.ts';
import { completionAt, triggerCharacters } from './completion.ts';
import { Contexts } from './contexts.ts';
import { dataDiagnostics, dataFileOf } from './dataFiles.ts';
import { definitionAt } from './definition.ts';
import { diagnosticsOf, findingsOf } from './diagnostics.ts';
import { linksOf } from './documentLinks.ts';
import { foldsOf } from './folding.ts';
import { hoverAt } from './hover.ts';
import { hintsIn } from './inlayHints.ts';
import { idFault, renamableAt, renameEdits } from './rename.ts';
import { Schedule } from './schedule.ts';

/*
 * The language server's process: connects each feature of the rationale document to LSP and knows nothing else.
 */

/** Wait after a keystroke before the rationale is checked, in milliseconds. */
const lintDelayMs = 50;

const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
const contexts = new Contexts(async (uri) =>
  contextRequest.reply.parse(await connection.sendRequest<unknown>(contextRequest.name, { uri })),
);
const linting = new Schedule(lintDelayMs, (uri) => void lint(uri));

const capabilities: ServerCapabilities = {
  textDocumentSync: TextDocumentSyncKind.Incremental,
  completionProvider: { triggerCharacters: [...triggerCharacters] },
  hoverProvider: true,
  definitionProvider: true,
  documentLinkProvider: {},
  codeLensProvider: {},
  foldingRangeProvider: true,
  inlayHintProvider: true,
  renameProvider: { prepareProvider: true },
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
};
/** What the editor can be told to ask for again. */
let refreshes = { lenses: false, hints: false };

connection.onInitialize(({ capabilities: { workspace } }): InitializeResult => {
  refreshes = {
    lenses: workspace?.codeLens?.refreshSupport === true,
    hints: workspace?.inlayHint?.refreshSupport === true,
  };
  return { capabilities };
});

documents.onDidChangeContent(({ document }) => linting.soon(document.uri));
documents.onDidClose(({ document: { uri } }) => {
  linting.cancel(uri);
  contexts.forget(uri);
  void connection.sendDiagnostics({ uri, diagnostics: [] });
});

connection.onNotification(contextChanged.name, (params: unknown) => {
  const { uri } = contextChanged.payload.parse(params);
  contexts.forget(uri);
  if (documents.get(uri) !== undefined) linting.soon(uri);
  refresh();
});

connection.onCompletion(({ textDocument: { uri }, position }) =>
  inContext(uri, (document, context) => completionAt(document, position, context)),
);
connection.onHover(({ textDocument: { uri }, position }) =>
  inContext(uri, (document, context) => hoverAt(document, position, context)),
);
connection.onDefinition(({ textDocument: { uri }, position }) =>
  inContext(uri, (document, context) => definitionAt(document, position, context)),
);
connection.onDocumentLinks(({ textDocument: { uri } }) => inContext(uri, linksOf));
connection.onCodeAction(({ textDocument: { uri }, range }) =>
  inContext(uri, (document, context) => fixesAt(findingsOf(document, context), range, document)),
);

connection.onCodeLens(({ textDocument: { uri } }) =>
  inContext(uri, (document, context) => lensesOf(document, findingsOf(document, context), context)),
);
connection.onFoldingRanges(({ textDocument: { uri } }) => {
  const document = documents.get(uri);
  return document === undefined ? null : foldsOf(document);
});
connection.languages.inlayHint.on(({ textDocument: { uri }, range }) =>
  inContext(uri, (document, context) => hintsIn(document, range, context)),
);
connection.onPrepareRename(({ textDocument: { uri }, position }) =>
  inContext(uri, (document, context) => renamableAt(document, position, context)),
);
connection.onRenameRequest(({ textDocument: { uri }, position, newName }) =>
  inContext(uri, (document, context) => rename(document, position, newName, context)),
);

// A host that went without a word is noticed at once, not only by the library's look at the process every few seconds.
process.once('disconnect', () => process.exit());

documents.listen(connection);
connection.listen();

/** What a feature says of an open document whose task is open; `null` for any other. */
async function inContext<Reply>(
  uri: string,
  feature: (document: TextDocument, context: LanguageContext) => Reply | Promise<Reply>,
): Promise<Reply | null> {
  // Of files of tasks and rubrics nothing but diagnostics is told; the editor's JSON support completes them.
  if (dataFileOf(uri) !== undefined) return null;
  const context = await contexts.get(uri);
  const document = documents.get(uri);
  return document === undefined || context === null ? null : feature(document, context);
}

/** Gives a case another id, in the review first and then wherever the text cites it. */
async function rename(
  document: TextDocument,
  position: Position,
  newName: string,
  context: LanguageContext,
): Promise<WorkspaceEdit> {
  const from = renamableAt(document, position, context)?.placeholder;
  if (from === undefined) throw refusal('Only a case that you added can be renamed');
  const fault = idFault(newName, context);
  if (fault !== undefined) throw refusal(fault);
  const edits = renameEdits(document, from, newName, context);
  const request = { uri: document.uri, from, to: newName };
  const { refused } = renameCaseRequest.reply.parse(
    await connection.sendRequest<unknown>(renameCaseRequest.name, request),
  );
  if (refused !== undefined) throw refusal(refused);
  return { changes: { [document.uri]: edits } };
}

function refusal(message: string): ResponseError {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}

/** What hangs on runs and cases is asked for again by an editor that can. */
function refresh(): void {
  const asked = [
    ...(refreshes.lenses ? [connection.sendRequest(CodeLensRefreshRequest.type)] : []),
    ...(refreshes.hints ? [connection.languages.inlayHint.refresh()] : []),
  ];
  Promise.all(asked).catch((error: unknown) =>
    connection.console.warn(
      `What the rationale shows beside its text may be out of date: ${messageOf(error)}`,
    ),
  );
}

/** Publishes the findings of a document, unless it changed or closed meanwhile: then another round follows. */
async function lint(uri: string): Promise<void> {
  const opened = documents.get(uri);
  const version = opened?.version;
  try {
    const file = dataFileOf(uri);
    if (opened !== undefined && file !== undefined) {
      await connection.sendDiagnostics({ uri, diagnostics: dataDiagnostics(opened, file) });
      return;
    }
    const context = await contexts.get(uri);
    const document = documents.get(uri);
    if (document === undefined || document.version !== version) return;
    const diagnostics = context === null ? [] : diagnosticsOf(document, context);
    await connection.sendDiagnostics({ uri, version, diagnostics });
  } catch (error) {
    connection.console.error(`The rationale was not checked: ${messageOf(error)}`);
  }
}
