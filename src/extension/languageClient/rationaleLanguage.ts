import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { messageOf } from '../../core/errors.ts';
import type { Finding } from '../../core/rationale/rule.ts';
import { holdsTasks } from '../../core/files/holdsTasks.ts';
import type { LanguageContext } from '../../protocol/language.ts';
import type { PanelState } from '../../protocol/panel/state.ts';
import type { ReviewDesk } from '../panel/reviewDesk.ts';
import type { AnswerFiles } from '../documents/answerFiles.ts';
import { RationaleDocument } from '../documents/rationaleDocument.ts';
import { dataFiles, rationaleScheme } from '../commands/manifest.ts';
import { inBackground } from '../../sessions/background.ts';
import type { Session } from '../../sessions/review/session.ts';
import { evidencePrint, noEvidence, sameEvidence } from './evidence.ts';
import { languageContext } from '../../sessions/review/languageContext.ts';

/**
 * The client of the language server. Starts the server's process when the first rationale, file of tasks or file of rubrics
 * is opened, answers its questions about the open task, and notifies it when an answer has changed.
 */
export class RationaleLanguage implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #desk: ReviewDesk;
  readonly #files: AnswerFiles;
  readonly #log: vscode.LogOutputChannel;
  readonly #disposables: vscode.Disposable[];
  /** Resolves when the server is ready; `undefined` until a document needs it. */
  #client: Promise<LanguageClient> | undefined;
  #evidence = noEvidence;
  #disposed = false;

  constructor(
    context: vscode.ExtensionContext,
    desk: ReviewDesk,
    files: AnswerFiles,
    log: vscode.LogOutputChannel,
  ) {
    this.#context = context;
    this.#desk = desk;
    this.#files = files;
    this.#log = log;
    this.#disposables = [
      vscode.workspace.onDidOpenTextDocument((document) => this.#startFor(document)),
      // A JSONL file becomes a file of tasks when its first task is typed.
      vscode.workspace.onDidSaveTextDocument((document) => this.#startFor(document)),
      desk.onDidChangeSession(() => this.#tell()),
      // Anchors now lead to the files on disk.
      files.onDidWrite(() => this.#tell()),
      desk.onDidChangeState((sections) => this.#changed(sections)),
    ];
    for (const document of vscode.workspace.textDocuments) this.#startFor(document);
  }

  dispose(): void {
    this.#disposed = true;
    vscode.Disposable.from(...this.#disposables).dispose();
    // There is nothing to stop if the server never started; the log already has the error.
    inBackground(this.#stop(), (error) =>
      this.#log.debug(`The language server did not stop: ${messageOf(error)}`),
    );
  }

  /** Starts the server if it supports the document. */
  #startFor(document: vscode.TextDocument): void {
    if (document.uri.scheme === rationaleScheme || isDataFile(document)) this.#client ??= this.#start();
  }

  /** Starts the client. A failure is logged, and the next opened rationale tries again. */
  #start(): Promise<LanguageClient> {
    const starting = this.#launch();
    starting.catch((error: unknown) => {
      this.#client = undefined;
      this.#log.error(
        `The language server for rationales did not start: ${messageOf(error)}. ` +
          'Close the rationale and open it again. The panel still checks it',
      );
    });
    return starting;
  }

  async #launch(): Promise<LanguageClient> {
    const [{ createClient }, { contextRequest, findingsRequest, renameCaseRequest }] = await Promise.all([
      import('./client.ts'),
      import('../../protocol/language.ts'),
    ]);
    const client = createClient(this.#context, this.#log);
    client.onRequest(contextRequest.name, (params: unknown) =>
      this.#answer(contextRequest.request.parse(params).uri),
    );
    client.onRequest(findingsRequest.name, (params: unknown) =>
      this.#findings(findingsRequest.request.parse(params)),
    );
    client.onRequest(renameCaseRequest.name, (params: unknown) =>
      this.#rename(renameCaseRequest.request.parse(params)),
    );
    await client.start();
    return client;
  }

  #answer(uri: string): LanguageContext | null {
    const session = this.#sessionOf(uri);
    if (session === undefined) return null;
    return languageContext(session, (side, path) => this.#files.uri(session, side, path).toString());
  }

  #findings({ uri, text }: { uri: string; text: string }): readonly Finding[] | null {
    const session = this.#sessionOf(uri);
    return session?.rationale() === text ? session.findings : null;
  }

  /** Replaces the case by one with the new id, since the draft stores cases by id. */
  #rename({ uri, from, to }: { uri: string; from: string; to: string }): { refused?: string } {
    const session = this.#sessionOf(uri);
    const testCase = session?.draft.cases.find(({ id }) => id === from);
    if (session === undefined || testCase === undefined)
      return {
        refused: `“${from}” is a case of the task and cannot be renamed. You can rename cases that you added`,
      };
    session.edit({ kind: 'case', case: { ...testCase, id: to } });
    session.edit({ kind: 'remove-case', id: from });
    return {};
  }

  /** The open session, if the rationale belongs to its task. */
  #sessionOf(uri: string): Session | undefined {
    const { session } = this.#desk;
    if (session === undefined) return undefined;
    return RationaleDocument.uri(session).toString() === vscode.Uri.parse(uri).toString()
      ? session
      : undefined;
  }

  #changed(sections: PanelState): void {
    const before = this.#evidence;
    this.#evidence = evidencePrint(sections, before);
    if (!sameEvidence(before, this.#evidence)) this.#tell();
  }

  /** Makes a running server request the context of every open rationale again. */
  #tell(): void {
    const uris = vscode.workspace.textDocuments
      .filter((document) => document.uri.scheme === rationaleScheme)
      .map((document) => document.uri.toString());
    this.#client
      ?.then(async (client) => {
        const { contextChanged } = await import('../../protocol/language.ts');
        await Promise.all(uris.map((uri) => client.sendNotification(contextChanged.name, { uri })));
      })
      .catch((error: unknown) => {
        if (!this.#disposed)
          this.#log.warn(`The findings of open rationales may be out of date: ${messageOf(error)}`);
      });
  }

  async #stop(): Promise<void> {
    await (await this.#client)?.dispose();
  }
}

function isDataFile(document: vscode.TextDocument): boolean {
  if (vscode.languages.match(dataFiles, document) === 0) return false;
  return !document.uri.path.endsWith('.jsonl') || holdsTasks(document.getText());
}
