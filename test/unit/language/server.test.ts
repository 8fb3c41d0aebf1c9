import { strict as assert } from 'node:assert';
import { once } from 'node:events';
import {
  CodeActionRequest,
  CodeLensRequest,
  CompletionRequest,
  DefinitionRequest,
  DidOpenTextDocumentNotification,
  DocumentLinkRequest,
  FoldingRangeRequest,
  HoverRequest,
  InlayHintRequest,
  RenameRequest,
  type CompletionList,
  type Diagnostic,
} from 'vscode-languageserver/node';
import { Client, uri } from './client.ts';
import { context } from './samples.ts';

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

  it('takes the findings of the host, which it asks once for each version of the text or the task', async () => {
    const end = { start: 0, end: 4, message: 'told by the host' };
    client.findings = (text) => [{ ...end, rule: text === good ? 'R01' : 'R02', severity: 'E' }];
    assert.deepEqual(rules(await client.open(good)), ['R01']);
    const textDocument = { uri };
    const lenses = await client.connection.sendRequest(CodeLensRequest.type, { textDocument });
    assert.ok(lenses?.some(({ command }) => command?.title === '1 finding blocking'));
    assert.equal(client.askedFindings, 1);
    assert.deepEqual(rules(await client.type(`${good} `)), ['R02']);
    client.findings = () => [];
    assert.deepEqual(await client.tellChanged(), []);
    assert.equal(client.askedFindings, 3);
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

  it('completes, shows, leads to and fixes', async () => {
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
