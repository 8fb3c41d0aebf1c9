import { strict as assert } from 'node:assert';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  CodeActionRequest,
  CodeLensRequest,
  CompletionRequest,
  createProtocolConnection,
  DefinitionRequest,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentLinkRequest,
  ExitNotification,
  FoldingRangeRequest,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  InlayHintRequest,
  IPCMessageReader,
  IPCMessageWriter,
  PublishDiagnosticsNotification,
  RenameRequest,
  ShutdownRequest,
  type CompletionList,
  type Diagnostic,
  type ProtocolConnection,
} from 'vscode-languageserver/node';
import {
  contextChanged,
  contextRequest,
  renameCaseRequest,
  type LanguageContext,
} from '../../../src/protocol/language.ts';
import { context } from './samples.ts';

const uri = 'tiebreak-rationale:/t1/rationale.md';
const serverPath = join(import.meta.dirname, '../../../src/language/server.ts');

/** The real server in its own process, with a host that answers what it asks of the open task. */
class Client {
  readonly process: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly errors: string[] = [];
  context: LanguageContext | null | Error = context();
  asked = 0;
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

  /** Ends the server as a client should; resolves with its exit status. */
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

function rules(diagnostics: readonly Diagnostic[]): string[] {
  return [...new Set(diagnostics.map(({ code }) => String(code)))].toSorted();
}

const good =
  '@B is better than @A because @B:2 returns an empty list on empty input, while @A fails @case:empty: ' +
  'it raises an IndexError there, so every caller must guard against it. Both handle @case:one, ' +
  'and neither has another fault that I found in the code.';

describe('the language server in its own process', () => {
  let client: Client;

  beforeEach(async () => {
    client = new Client();
    await client.start();
  });

  afterEach(async () => {
    if (client.process.exitCode === null && client.process.signalCode === null) {
      const exit = once(client.process, 'exit');
      client.process.kill('SIGKILL');
      await exit;
    }
  });

  it('checks the rationale as it is typed', async () => {
    assert.deepEqual(rules(await client.open('Both have merits.')), ['R01', 'R05', 'R09', 'R16']);
    assert.deepEqual(rules(await client.type(good)), []);
    const [finding] = await client.type(good.replace('@B:2', '@B:200'));
    assert.equal(finding?.code, 'R06');
    assert.equal(finding?.severity, 1);
    assert.deepEqual(finding?.range, { start: { line: 0, character: 29 }, end: { line: 0, character: 35 } });
  });

  it('asks for the task once, and again when it changed', async () => {
    await client.open(good);
    await client.type(`${good} `);
    assert.equal(client.asked, 1);
    client.context = context({ shown: -2 });
    assert.ok(rules(await client.tellChanged()).includes('R02'));
    assert.equal(client.asked, 2);
  });

  it('says nothing of a rationale whose task is not open', async () => {
    client.context = null;
    assert.deepEqual(await client.open('Both have merits.'), []);
    const position = { line: 0, character: 0 };
    assert.equal(
      await client.connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position }),
      null,
    );
  });

  it('takes its findings back when the document closes', async () => {
    assert.notDeepEqual(await client.open('Both have merits.'), []);
    assert.deepEqual(await client.close(), []);
  });

  it('logs a failing host and goes on', async () => {
    client.context = new Error('the store is locked');
    const textDocument = { uri, languageId: 'markdown', version: 0, text: 'Both have merits.' };
    const logged = once(client.process, 'logged');
    await client.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    await logged;
    assert.match(client.errors.join(), /was not checked: .*the store is locked/);
    client.context = context();
    assert.ok(rules(await client.type('Both have merits, as I said.')).includes('R01'));
  });

  it('completes, shows, leads to and mends', async () => {
    const text = '@A is better. @case:empty and @B:2 tell. @';
    const diagnostics = await client.open(text);
    const at = (character: number) => ({ textDocument: { uri }, position: { line: 0, character } });
    const list = (await client.connection.sendRequest(
      CompletionRequest.type,
      at(text.length),
    )) as CompletionList;
    assert.ok(
      list.items.some(
        ({ label, detail }) => label === '@case:empty' && detail?.startsWith('A error, B pass'),
      ),
    );
    const hover = await client.connection.sendRequest(HoverRequest.type, at(text.indexOf('@B:2') + 1));
    assert.match(JSON.stringify(hover), /```python\\n2  /);
    const definition = await client.connection.sendRequest(
      DefinitionRequest.type,
      at(text.indexOf('@B:2') + 1),
    );
    assert.deepEqual(definition, {
      uri: 'file:///answers/B/solution.py',
      range: { start: { line: 1, character: 0 }, end: { line: 1, character: 18 } },
    });
    const links = await client.connection.sendRequest(DocumentLinkRequest.type, { textDocument: { uri } });
    assert.ok(links?.some(({ target }) => target === 'file:///answers/B/solution.py#L2'));
    const whole = { start: { line: 0, character: 0 }, end: { line: 0, character: text.length } };
    const params = { textDocument: { uri }, range: whole, context: { diagnostics } };
    const actions = await client.connection.sendRequest(CodeActionRequest.type, params);
    assert.ok(actions?.some((action) => 'edit' in action && action.edit?.changes?.[uri] !== undefined));
  });

  it('folds, hints, renames and tells how much of the evidence is cited', async () => {
    const text = '@A is better.\n\n> a\n> b\n\n@case:one passes.';
    await client.open(text);
    const textDocument = { uri };
    const lenses = await client.connection.sendRequest(CodeLensRequest.type, { textDocument });
    assert.equal(lenses?.[0]?.command?.title, 'cites 0 of 1 splitting case');
    const folds = await client.connection.sendRequest(FoldingRangeRequest.type, { textDocument });
    assert.deepEqual(
      folds?.map(({ startLine, endLine }) => [startLine, endLine]),
      [[2, 3]],
    );
    const range = { start: { line: 0, character: 0 }, end: { line: 5, character: 17 } };
    const hints = await client.connection.sendRequest(InlayHintRequest.type, { textDocument, range });
    assert.equal(hints?.[0]?.label, 'A pass, B pass');
    const position = { line: 5, character: 8 };
    const renamed = await client.connection.sendRequest(RenameRequest.type, {
      textDocument,
      position,
      newName: 'uno',
    });
    assert.deepEqual(client.renamed, [{ uri, from: 'one', to: 'uno' }]);
    assert.equal(renamed?.changes?.[uri]?.[0]?.newText, '@case:uno');
    const taken = { textDocument, position, newName: 'empty' };
    await assert.rejects(client.connection.sendRequest(RenameRequest.type, taken), /already/);
  });

  it('ends when it is asked to', async () => {
    await client.open(good);
    assert.equal(await client.stop(), 0);
  });

  it('ends when its host goes without a word', async () => {
    const exit = once(client.process, 'exit');
    client.process.disconnect();
    await exit;
  });
});
