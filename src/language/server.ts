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
import type { Finding } from '../core/rationale/rule.ts';
import {
  contextChanged,
  contextRequest,
  findingsRequest,
  renameCaseRequest,
  type LanguageContext,
} from '../protocol/language.ts';
import { fixesAt } from './codeActions.ts';
import { lensesOf } from './codeLenses.ts';
import { completionAt, triggerCharacters } from './completion.ts';
import { Contexts } from './contexts.ts';
import { dataDiagnostics, dataFileOf } from './dataFiles.ts';
import { definitionAt } from './definition.ts';
import { diagnosticOf } from './diagnostics.ts';
import { linksOf } from './documentLinks.ts';
import { Findings } from './findings.ts';
import { foldsOf } from './folding.ts';
import { hoverAt } from './hover.ts';
import { hintsIn } from './inlayHints.ts';
import { idFault, renamableAt, renameEdits } from './rename.ts';
import { Schedule } from './schedule.ts';

/* The language server's process: connects each feature of the rationale document to LSP. */

/** Milliseconds between a keystroke and the check of the rationale: changes that arrive together are checked together. */
const lintDelayMs = 2;

const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
const contexts = new Contexts(async (uri) =>
  contextRequest.reply.parse(await connection.sendRequest<unknown>(contextRequest.name, { uri })),
);
const findings = new Findings({
  ask: async (uri, text) => {
    const reply = await connection.sendRequest<unknown>(findingsRequest.name, { uri, text });
    return findingsRequest.reply.parse(reply) as readonly Finding[] | null;
  },
  context: (uri) => contexts.get(uri),
});
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
/** The refresh requests that the editor supports. */
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
  forget(uri);
  void connection.sendDiagnostics({ uri, diagnostics: [] });
});

connection.onNotification(contextChanged.name, (params: unknown) => {
  const { uri } = contextChanged.payload.parse(params);
  forget(uri);
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
  inContext(uri, async (document) => fixesAt(await findings.of(document), range, document)),
);

connection.onCodeLens(({ textDocument: { uri } }) =>
  inContext(uri, async (document, context) => lensesOf(document, await findings.of(document), context)),
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

// Notices immediately when the host disappears; the library only checks every few seconds.
process.once('disconnect', () => process.exit());

documents.listen(connection);
connection.listen();

/** The result of a feature for an open document whose task is open; `null` for any other document. */
async function inContext<Reply>(
  uri: string,
  feature: (document: TextDocument, context: LanguageContext) => Reply | Promise<Reply>,
): Promise<Reply | null> {
  // Files of tasks and rubrics only get diagnostics; the editor's JSON support completes them.
  if (dataFileOf(uri) !== undefined) return null;
  const context = await contexts.get(uri);
  const document = documents.get(uri);
  return document === undefined || context === null ? null : feature(document, context);
}

/** What is known of a rationale is out of date. */
function forget(uri: string): void {
  contexts.forget(uri);
  findings.forget(uri);
}

/** Renames a case, in the review first and then in every anchor that cites the case. */
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

/** Asks the editor to refresh everything that depends on runs and cases, if the editor supports it. */
function refresh(): void {
  const asked = [
    ...(refreshes.lenses ? [connection.sendRequest(CodeLensRefreshRequest.type)] : []),
    ...(refreshes.hints ? [connection.languages.inlayHint.refresh()] : []),
  ];
  Promise.all(asked).catch((error: unknown) =>
    connection.console.warn(`The lenses and hints of the rationale may be out of date: ${messageOf(error)}`),
  );
}

/**
 * Publishes the findings of a document, unless the document was changed or closed in the meantime: then
 * another round follows.
 */
async function lint(uri: string): Promise<void> {
  const opened = documents.get(uri);
  const version = opened?.version;
  try {
    const file = dataFileOf(uri);
    if (opened !== undefined && file !== undefined) {
      await connection.sendDiagnostics({ uri, diagnostics: dataDiagnostics(opened, file) });
      return;
    }
    const found = opened === undefined ? [] : await findings.of(opened);
    const document = documents.get(uri);
    if (document === undefined || document.version !== version) return;
    const diagnostics = found.map((finding) => diagnosticOf(finding, document));
    await connection.sendDiagnostics({ uri, version, diagnostics });
  } catch (error) {
    connection.console.error(`The rationale was not checked: ${messageOf(error)}`);
  }
}
