import {
  CodeActionKind,
  createConnection,
  ProposedFeatures,
  TextDocuments,
  TextDocumentSyncKind,
  type InitializeResult,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { messageOf } from '../core/errors.ts';
import { contextChanged, contextRequest, type LanguageContext } from '../protocol/language.ts';
import { fixesAt } from './codeActions.ts';
import { completionAt, triggerCharacters } from './completion.ts';
import { Contexts } from './contexts.ts';
import { definitionAt } from './definition.ts';
import { diagnosticsOf, findingsOf } from './diagnostics.ts';
import { linksOf } from './documentLinks.ts';
import { hoverAt } from './hover.ts';
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

connection.onInitialize((): InitializeResult => ({
  capabilities: {
    textDocumentSync: TextDocumentSyncKind.Incremental,
    completionProvider: { triggerCharacters: [...triggerCharacters] },
    hoverProvider: true,
    definitionProvider: true,
    documentLinkProvider: {},
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
  },
}));

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

// A host that went without a word is noticed at once, not only by the library's look at the process every few seconds.
process.once('disconnect', () => process.exit());

documents.listen(connection);
connection.listen();

/** What a feature says of an open document whose task is open; `null` for any other. */
async function inContext<Reply>(
  uri: string,
  feature: (document: TextDocument, context: LanguageContext) => Reply,
): Promise<Reply | null> {
  const context = await contexts.get(uri);
  const document = documents.get(uri);
  return document === undefined || context === null ? null : feature(document, context);
}

/** Publishes the findings of a document, unless it changed or closed meanwhile: then another round follows. */
async function lint(uri: string): Promise<void> {
  const version = documents.get(uri)?.version;
  try {
    const context = await contexts.get(uri);
    const document = documents.get(uri);
    if (document === undefined || document.version !== version) return;
    const diagnostics = context === null ? [] : diagnosticsOf(document, context);
    await connection.sendDiagnostics({ uri, version, diagnostics });
  } catch (error) {
    connection.console.error(`The rationale was not checked: ${messageOf(error)}`);
  }
}
