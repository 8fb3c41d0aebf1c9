import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { messageOf } from '../../core/errors.ts';
import type { LanguageContext } from '../../protocol/language.ts';
import type { PanelState } from '../../protocol/webview.ts';
import type { ReviewDesk } from '../desk.ts';
import type { AnswerFiles } from '../documents/answerFiles.ts';
import { RationaleDocument } from '../documents/rationaleDocument.ts';
import { dataFiles, rationaleScheme } from '../manifest.ts';
import type { Session } from '../session/session.ts';
import { evidencePrint, noEvidence, sameEvidence } from './evidence.ts';
import { languageContext } from './languageContext.ts';

/**
 * The rationale document's language: starts the server's process when the first rationale, or file of tasks or
 * rubrics, is opened, answers what
 * the server asks of the open task, and tells it when the answer has changed.
 */
export class RationaleLanguage implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #desk: ReviewDesk;
  readonly #files: AnswerFiles;
  readonly #log: vscode.LogOutputChannel;
  readonly #disposables: vscode.Disposable[];
  /** Settles when the server is ready; `undefined` while there is no need of one. */
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
      vscode.workspace.onDidOpenTextDocument((document) => this.#opened(document)),
      desk.onDidChangeSession(() => this.#tell()),
      desk.onDidChangeState((sections) => this.#changed(sections)),
    ];
    for (const document of vscode.workspace.textDocuments) this.#opened(document);
  }

  dispose(): void {
    this.#disposed = true;
    vscode.Disposable.from(...this.#disposables).dispose();
    void this.#stop();
  }

  #opened(document: vscode.TextDocument): void {
    if (document.uri.scheme === rationaleScheme || vscode.languages.match(dataFiles, document) > 0)
      this.#client ??= this.#start();
  }

  /** Starts the client. Where that fails the log says so, and the next rationale that is opened tries again. */
  #start(): Promise<LanguageClient> {
    const starting = this.#launch();
    starting.catch((error: unknown) => {
      this.#client = undefined;
      this.#log.error(
        `The helper that checks rationales did not start: ${messageOf(error)}. ` +
          'Close the rationale and open it again; the panel checks it all the same',
      );
    });
    return starting;
  }

  async #launch(): Promise<LanguageClient> {
    const [{ createClient }, { contextRequest, renameCaseRequest }] = await Promise.all([
      import('./client.ts'),
      import('../../protocol/language.ts'),
    ]);
    const client = createClient(this.#context, this.#log);
    client.onRequest(contextRequest.name, async (params: unknown) =>
      this.#answer(contextRequest.request.parse(params).uri),
    );
    client.onRequest(renameCaseRequest.name, (params: unknown) =>
      this.#rename(renameCaseRequest.request.parse(params)),
    );
    await client.start();
    return client;
  }

  async #answer(uri: string): Promise<LanguageContext | null> {
    const session = this.#sessionOf(uri);
    if (session === undefined) return null;
    const written = await this.#write(session);
    return languageContext(session, (side, path) =>
      written ? this.#files.uri(session, side, path).toString() : undefined,
    );
  }

  /** A case is kept under its id: the one with the new id takes the place of the old. */
  #rename({ uri, from, to }: { uri: string; from: string; to: string }): { refused?: string } {
    const session = this.#sessionOf(uri);
    const testCase = session?.draft.cases.find(({ id }) => id === from);
    if (session === undefined || testCase === undefined)
      return {
        refused: `“${from}” is a case of the task, which keeps its name. Cases that you added can be renamed`,
      };
    session.edit({ kind: 'case', case: { ...testCase, id: to } });
    session.edit({ kind: 'remove-case', id: from });
    return {};
  }

  /** The open task, where the rationale is its own. */
  #sessionOf(uri: string): Session | undefined {
    const { session } = this.#desk;
    if (session === undefined) return undefined;
    return RationaleDocument.uri(session).toString() === vscode.Uri.parse(uri).toString()
      ? session
      : undefined;
  }

  /** Puts the answers' files where anchors can lead to. Without them everything but that still works. */
  async #write(session: Session): Promise<boolean> {
    try {
      await this.#files.write(session);
      return true;
    } catch (error) {
      this.#log.error(
        `Anchors lead nowhere, since the answers' files cannot be written: ${messageOf(error)}`,
      );
      return false;
    }
  }

  #changed(sections: PanelState): void {
    const before = this.#evidence;
    this.#evidence = evidencePrint(sections, before);
    if (!sameEvidence(before, this.#evidence)) this.#tell();
  }

  /** Tells the server, where it runs, to ask anew about every rationale that is open. */
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
          this.#log.warn(`The rationale's findings may be out of date: ${messageOf(error)}`);
      });
  }

  async #stop(): Promise<void> {
    try {
      await (await this.#client)?.dispose();
    } catch (error) {
      // One that never started has nothing to stop; the log says so already.
      this.#log.debug(`The helper that checks rationales: ${messageOf(error)}`);
    }
  }
}
