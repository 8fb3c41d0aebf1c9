import { strict as assert } from 'node:assert';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  IPCMessageReader,
  IPCMessageWriter,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  type Diagnostic,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import type { Finding } from '../../../src/core/rationale/rule.ts';
import {
  contextChanged,
  contextRequest,
  findingsRequest,
  renameCaseRequest,
  type LanguageContext,
} from '../../../src/protocol/language.ts';
import { context } from './samples.ts';

export const uri = 'tiebreak-rationale:/t1/rationale.md';
const serverPath = join(import.meta.dirname, '../../../src/language/server.ts');

/** The real server in its own process, with a host that answers what it asks of the open task. */
export class Client {
  readonly process: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly errors: string[] = [];
  context: LanguageContext | null | Error = context();
  asked = 0;
  /** The host's findings in a text; none by default, so that the server finds them itself. */
  findings: (text: string) => readonly Finding[] | null = () => null;
  askedFindings = 0;
  readonly renamed: unknown[] = [];
  #published: Diagnostic[][] = [];
  #version = 1;

  constructor() {
    this.process = fork(serverPath, ['--node-ipc', `--clientProcessId=${process.pid}`], { silent: true });
    this.connection = createProtocolConnection(
      new IPCMessageReader(this.process),
      new IPCMessageWriter(this.process),
    );
    this.connection.onRequest(contextRequest.name, (params: unknown) => {
      assert.equal(contextRequest.request.parse(params).uri, uri);
      this.asked += 1;
      if (this.context instanceof Error) throw this.context;
      return this.context;
    });
    this.connection.onRequest(findingsRequest.name, (params: unknown) => {
      this.askedFindings += 1;
      return this.findings(findingsRequest.request.parse(params).text);
    });
    this.connection.onRequest(renameCaseRequest.name, (params: unknown) => {
      this.renamed.push(renameCaseRequest.request.parse(params));
      return {};
    });
    this.connection.onNotification(PublishDiagnosticsNotification.type, ({ diagnostics }) => {
      this.#published.push(diagnostics);
      this.process.emit('published');
    });
    this.connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.errors.push(message);
      this.process.emit('logged');
    });
    this.connection.listen();
  }

  async start(): Promise<void> {
    await this.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
  }

  open(text: string): Promise<Diagnostic[]> {
    const textDocument = { uri, languageId: 'markdown', version: this.#version, text };
    return this.#publishedAfter(() =>
      this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument }),
    );
  }

  type(text: string): Promise<Diagnostic[]> {
    const textDocument = { uri, version: ++this.#version };
    const contentChanges = [{ text }];
    return this.#publishedAfter(() =>
      this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument,
        contentChanges,
      }),
    );
  }

  close(): Promise<Diagnostic[]> {
    return this.#publishedAfter(() =>
      this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }),
    );
  }

  tellChanged(): Promise<Diagnostic[]> {
    return this.#publishedAfter(() => this.connection.sendNotification(contextChanged.name, { uri }));
  }

  /** Stops the server as a client should; resolves with its exit status. */
  async stop(): Promise<number | null> {
    const exit = once(this.process, 'exit');
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    const [status] = (await exit) as [number | null];
    this.connection.dispose();
    return status;
  }

  /** The diagnostics that the server publishes next after something was sent. */
  async #publishedAfter(send: () => Promise<void>): Promise<Diagnostic[]> {
    const published = once(this.process, 'published');
    this.#published = [];
    await send();
    await published;
    return this.#published.at(-1) ?? [];
  }
}
