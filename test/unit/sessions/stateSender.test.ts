import assert from 'node:assert/strict';
import type { Case, Task } from '../../../src/core/task/task.ts';
import { stateChanged, type StateMessage } from '../../../src/protocol/panel/messages.ts';
import type { PanelState } from '../../../src/protocol/panel/state.ts';
import { Session } from '../../../src/sessions/review/session.ts';
import { StateSender } from '../../../src/sessions/stateSender.ts';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import type { Store } from '../../../src/store/store.ts';
import { Model } from '../../../src/webview/state/model.ts';
import { heldRunner, turn } from '../../fixtures/heldRunner.ts';
import { output, runAll, smallRubric, taskOf } from '../../fixtures/manyCases.ts';
import { sampleServices } from '../../fixtures/services.ts';
import { importTasks } from '../../fixtures/imports.ts';

const place = { index: 0, total: 1 };
const rationale =
  '@A is better than @B because @B:2 subtracts where the prompt asks for a sum, so each call with b other than zero is wrong.';

/**
 * The page: the messages it received, and its resulting state. Messages are serialized as JSON and parsed, as in the channel.
 */
class Page {
  readonly model = new Model(undefined, () => undefined);
  readonly messages: StateMessage[] = [];
  #size = 0;

  hear(message: StateMessage): void {
    const text = JSON.stringify(message);
    this.#size += text.length;
    const parsed = stateChanged.payload.parse(JSON.parse(text));
    this.messages.push(parsed);
    this.model.hear(parsed);
  }

  /** Characters since the last call. */
  takeSize(): number {
    const size = this.#size;
    this.#size = 0;
    return size;
  }
}

describe('the state that a page is sent', () => {
  let store: Store;
  let held: ReturnType<typeof heldRunner>;
  const opened: Session[] = [];
  beforeEach(async () => {
    store = await openSqliteStore(':memory:');
    held = heldRunner();
  });
  afterEach(async () => {
    for (const session of opened.splice(0)) {
      await session.flush();
      session.dispose();
    }
    await store.close();
  });

  const open = async (task: Task): Promise<Session> => {
    await importTasks(store, [task]);
    const session = await Session.open(
      task,
      sampleServices(store, { runner: held.runner, rubric: async () => smallRubric }),
    );
    opened.push(session);
    return session;
  };
  /** A page that shows a session, and the connection between them. */
  const show = (session: Session, page = new Page()) => {
    const sender = new StateSender((message) => page.hear(message));
    sender.whole(session.state(place));
    const close = session.onDidChange((sections) => sender.change(sections));
    page.takeSize();
    return { page, sender, close };
  };
  const assertSame = ({ model }: Page, session: Session): void => {
    const { notice: _notice, ...state } = session.state(place);
    const { notice: _other, ...shown } = model.state;
    assert.deepEqual(shown, JSON.parse(JSON.stringify(state)));
  };

  it('is small for a key in the rationale, however many cases have results', async () => {
    const session = await open(taskOf('many', 200));
    await runAll(session, held);
    const { page } = show(session);
    for (let end = 1; end <= rationale.length; end += 1) {
      const before = page.messages.length;
      session.edit({ kind: 'rationale', text: rationale.slice(0, end) });
      const size = page.takeSize();
      assert.ok(size < 4_000, `${size} characters for one key`);
      const sent = JSON.stringify(page.messages.slice(before));
      assert.ok(!sent.includes('xxxx'), 'no prompt, case or output is sent');
    }
    assertSame(page, session);
  });

  it('grows linearly with the results', async () => {
    const sizes: number[] = [];
    for (const count of [50, 200]) {
      const session = await open(taskOf(`of ${count}`, count));
      const { page } = show(session);
      await runAll(session, held);
      assertSame(page, session);
      sizes.push(page.takeSize());
    }
    const [few, many] = sizes;
    assert.ok(many! < few! * 5, `${few} characters for 50 cases, ${many} for 200`);
    assert.ok(many! < 200 * 2 * (output.length + 700), `${many} characters for 400 results`);
  });

  it('is one row for a case that is added, changed or removed', async () => {
    const session = await open(taskOf('rows', 200));
    await runAll(session, held);
    const { page } = show(session);
    const added: Case = { id: 'mine', kind: 'call', args: [1], expected: 2, origin: 'evaluator' };
    const edits = [
      { kind: 'case', case: added },
      { kind: 'case', case: { ...added, expected: 3 } },
      { kind: 'remove-case', id: 'mine' },
    ] as const;
    for (const edit of edits) {
      session.edit(edit);
      assert.ok(page.takeSize() < 5_000);
      assertSame(page, session);
    }
  });

  it('is complete if typing and a run overlap', async () => {
    const session = await open(taskOf('both', 3));
    const { page } = show(session);
    const running = session.run();
    await turn();
    const [a, b] = held.runs;
    a!.give('case-0', 'pass', { stdout: output });
    session.edit({ kind: 'rationale', text: '@A' });
    b!.give('case-0', 'fail');
    session.edit({ kind: 'rationale', text: '@A is' });
    assertSame(page, session);
    assert.deepEqual(page.model.state.cases?.splitting, ['case-0']);
    a!.end('pass');
    b!.fail(new Error('the sandbox ended'));
    await running;
    assertSame(page, session);
    assert.equal(page.model.state.draft?.rationale.text, '@A is');
  });

  it('leaves out changes that arrive while another task is prepared: the whole state includes them', async () => {
    const [one, two] = [await open(taskOf('one', 2)), await open(taskOf('two', 2))];
    const { page, sender, close } = show(one);
    const running = two.run();
    await turn();
    close();
    sender.prepare();
    two.onDidChange((sections) => sender.change(sections));
    const [a] = held.runs;
    a!.give('case-1', 'pass', { stdout: output });
    assert.equal(page.takeSize(), 0);
    assert.deepEqual(page.model.state.cases?.sides.A?.results, {});
    sender.whole(two.state(place));
    assertSame(page, two);
    assert.equal(page.model.state.cases?.sides.A?.results['case-1']?.verdict, 'pass');
    for (const run of held.runs) run.end('pass');
    await running;
    assertSame(page, two);
  });

  it('ignores late messages of the previous task or of an earlier whole state', async () => {
    const [one, two] = [await open(taskOf('one', 2)), await open(taskOf('two', 2))];
    const late: StateMessage[] = [];
    const page = new Page();
    let isLate = false;
    const sender = new StateSender((message) => (isLate ? late.push(message) : page.hear(message)));
    sender.whole(one.state(place));
    const close = one.onDidChange((sections) => sender.change(sections));
    isLate = true;
    one.edit({ kind: 'rationale', text: 'of the first task' });
    isLate = false;
    close();
    sender.whole(two.state(place));
    const [changes] = late;
    assert.equal(changes?.kind, 'changes');
    page.hear(changes);
    assertSame(page, two);
    // The same task again: changes that were on their way are part of the whole state, and must not be applied twice.
    sender.whole(one.state(place));
    one.edit({ kind: 'rationale', text: 'newer' });
    sender.change(one.state(place));
    page.hear(changes);
    assert.equal(page.model.state.draft?.rationale.text, 'newer');
  });

  it('is sent as a whole to a reloaded page, which ignores messages for the earlier page', async () => {
    const session = await open(taskOf('again', 2));
    let page = new Page();
    const sender = new StateSender((message) => page.hear(message));
    session.onDidChange((sections) => sender.change(sections));
    sender.whole(session.state(place));
    page = new Page();
    session.edit({ kind: 'rationale', text: 'typed before the page listens' });
    assert.equal(page.messages.at(-1)?.kind, 'changes');
    assert.equal(page.model.state.task, undefined);
    sender.whole(session.state(place));
    assertSame(page, session);
    session.edit({ kind: 'rationale', text: 'typed after' });
    assertSame(page, session);
  });

  it('shows a dismissed notice again if it is sent again', () => {
    const page = new Page();
    const sender = new StateSender((message) => page.hear(message));
    const notice: PanelState['notice'] = { severity: 'info', text: 'Submitted' };
    sender.whole({ task: null });
    sender.change({ notice });
    page.model.receive({ notice: null });
    sender.change({ notice });
    assert.deepEqual(page.model.state.notice, notice);
  });
});
