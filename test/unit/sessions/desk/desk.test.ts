import assert from 'node:assert/strict';
import { problem, type Obstacle } from '../../../../src/core/review/obstacle.ts';
import type { PanelState } from '../../../../src/protocol/panel/state.ts';
import {
  Desk,
  type DeskOptions,
  type DeskPanel,
  type DeskSession,
  type Empty,
  type Next,
} from '../../../../src/sessions/desk/desk.ts';

/** Waits until all pending promises have settled. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Work that continues when the test decides. */
interface Gate {
  readonly passed: Promise<void>;
  open(): void;
  fail(error: Error): void;
}

function createGate(): Gate {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  return { passed: promise, open: () => resolve(), fail: reject };
}

/** A session that records its calls. */
class FakeSession {
  readonly title: string;
  readonly log: string[] = [];
  problems: Obstacle[] = [];
  flushing: Promise<void> = Promise.resolve();
  submitting: Promise<void> = Promise.resolve();
  listeners = new Set<(sections: PanelState) => void>();
  typed = '';
  saved = '';

  constructor(title: string) {
    this.title = title;
  }

  onDidChange(listener: (sections: PanelState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(sections: PanelState): void {
    for (const listener of this.listeners) listener(sections);
  }

  async flush(): Promise<void> {
    this.log.push('flush');
    await this.flushing;
    this.saved = this.typed;
  }

  async submit(): Promise<Obstacle[]> {
    await this.submitting;
    return this.problems;
  }

  async skip(reason: string): Promise<void> {
    this.log.push(`skip ${reason}`);
  }

  pause(): void {
    this.log.push('pause');
  }

  dispose(): void {
    this.log.push('dispose');
    this.listeners.clear();
  }

  get isDisposed(): boolean {
    return this.log.includes('dispose');
  }
}

class FakePanel implements DeskPanel {
  readonly whenReady = Promise.resolve();
  readonly log: string[] = [];
  readonly #closed: (() => void)[] = [];

  show(session: { title: string }): void {
    this.log.push(session.title);
  }
  refresh(): void {
    this.log.push('refresh');
  }
  showEmpty({ reason }: Empty): void {
    this.log.push(reason);
  }
  notify(severity: string, text: string): void {
    this.log.push(`${severity}: ${text}`);
  }
  reveal(): void {
    this.log.push('reveal');
  }
  onDidDispose(listener: () => void): void {
    this.#closed.push(listener);
  }
  dispose(): void {
    this.log.push('dispose');
  }
  /** As the person does. */
  close(): void {
    for (const listener of this.#closed) listener();
  }
  /** The last shown content. */
  get last(): string | undefined {
    return this.log.at(-1);
  }
}

type FakeDesk = Desk<string, FakeSession & DeskSession, FakePanel>;
type FakeOptions = DeskOptions<string, FakeSession & DeskSession, FakePanel>;

/** A desk whose sessions open when the test decides, with a record of its events. */
function createDesk(over: Partial<FakeOptions> = {}) {
  const sessions: FakeSession[] = [];
  const panels: FakePanel[] = [];
  const gates = new Map<string, Gate>();
  const reports: unknown[] = [];
  const started: string[] = [];
  const remembered: (string | undefined)[] = [];
  let committed = 0;
  const desk: FakeDesk = new Desk<string, FakeSession & DeskSession, FakePanel>({
    createPanel: async () => {
      const panel = new FakePanel();
      panels.push(panel);
      return panel;
    },
    open: async (work) => {
      const session = new FakeSession(work);
      await gates.get(work)?.passed;
      sessions.push(session);
      return session as FakeSession & DeskSession;
    },
    fits: (session, work) => session.title === work,
    next: async (after): Promise<Next<string>> => ({ work: `after ${after}` }),
    started: ({ title }) => started.push(title),
    committed: () => (committed += 1),
    keepsSessionWhenClosed: true,
    remembered: () => remembered.at(-1),
    remember: async (work) => void remembered.push(work),
    report: (error) => reports.push(error),
    nothingOpen: () => new Error('nothing is open'),
    ...over,
  });
  const open = (work: string) => desk.open(async () => ({ work }));
  return {
    desk,
    open,
    sessions,
    panels,
    gates,
    reports,
    started,
    remembered,
    committed: () => committed,
    gate: (work: string): Gate => {
      const gate = createGate();
      gates.set(work, gate);
      return gate;
    },
    session: (work: string): FakeSession => sessions.findLast(({ title }) => title === work)!,
  };
}

describe('a desk that opens work', () => {
  it('shows it in one panel, starts it, and remembers it', async () => {
    const { desk, open, panels, started, remembered } = createDesk();
    await open('one');
    await settled();
    assert.deepEqual(panels[0]?.log, ['reveal', 'one']);
    assert.deepEqual([started, remembered, desk.session?.title], [['one'], ['one'], 'one']);
  });

  it('saves and closes the previous session', async () => {
    const { open, session } = createDesk();
    await open('one');
    session('one').typed = 'text';
    await open('two');
    assert.equal(session('one').saved, 'text');
    assert.equal(session('one').isDisposed, true);
    assert.equal(session('one').listeners.size, 0);
  });

  it('keeps text typed while the next session loads', async () => {
    const { open, session, gate } = createDesk();
    await open('one');
    const loading = gate('two');
    const opening = open('two');
    await settled();
    session('one').typed = 'late';
    loading.open();
    await opening;
    assert.equal(session('one').saved, 'late');
  });

  it('shows the latest choice, and closes a session that loads too late', async () => {
    const { desk, open, session, panels, gate, started } = createDesk();
    const heard: (string | undefined)[] = [];
    desk.onDidChangeSession((changed) => heard.push(changed?.title));
    const slow = gate('slow');
    const first = open('slow');
    await settled();
    await open('quick');
    slow.open();
    await first;
    await settled();
    assert.equal(desk.session?.title, 'quick');
    assert.equal(panels[0]?.last, 'quick');
    assert.deepEqual(heard, ['quick']);
    assert.deepEqual(started, ['quick']);
    assert.equal(session('slow').isDisposed, true);
    assert.equal(session('slow').listeners.size, 0);
    assert.equal(session('quick').isDisposed, false);
  });

  it('shows the latest choice even if the next task is looked up slowly', async () => {
    const { desk, open } = createDesk();
    const looking = createGate();
    const first = desk.open(async () => {
      await looking.passed;
      return { empty: { reason: 'all-done', message: 'Done.' } };
    });
    await settled();
    await open('quick');
    looking.open();
    await first;
    assert.equal(desk.session?.title, 'quick');
  });

  it('only reports a failure to load outdated work', async () => {
    const { desk, open, panels, gate, reports } = createDesk();
    const slow = gate('slow');
    const first = open('slow');
    await settled();
    await open('quick');
    slow.fail(new Error('cannot load'));
    await first;
    assert.deepEqual([desk.session?.title, panels[0]?.last], ['quick', 'quick']);
    assert.match(String(reports[0]), /cannot load/);
  });

  it('says in the panel why work cannot be opened', async () => {
    const { desk, open, panels, gate, session } = createDesk();
    await open('one');
    gate('two').fail(new Error('cannot load'));
    await open('two');
    assert.equal(panels[0]?.last, 'failed');
    assert.equal(desk.session, undefined);
    assert.equal(session('one').isDisposed, true);
  });

  it('keeps showing work that cannot be saved', async () => {
    const { desk, open, session, panels } = createDesk();
    await open('one');
    session('one').flushing = Promise.reject(new Error('disk full'));
    await assert.rejects(open('two'), /disk full/);
    assert.deepEqual([desk.session?.title, session('one').isDisposed], ['one', false]);
    assert.equal(panels[0]?.last, 'reveal');
  });

  it('creates one panel for two simultaneous openings', async () => {
    const { open, panels } = createDesk();
    await Promise.all([open('one'), open('two')]);
    assert.equal(panels.length, 1);
    assert.equal(panels[0]?.last, 'two');
  });

  it('keeps the session if the same work is opened again', async () => {
    const { open, sessions } = createDesk();
    await open('one');
    await open('one');
    assert.equal(sessions.length, 1);
  });

  it('reports the session that left', async () => {
    const { desk, open } = createDesk();
    const left: string[] = [];
    desk.onDidLeave(({ title }) => left.push(title));
    await open('one');
    await open('two');
    assert.deepEqual(left, ['one']);
  });

  it('passes on state changes of the open session, even if another listener throws', async () => {
    const { desk, open, session, reports } = createDesk();
    const heard: PanelState[] = [];
    desk.onDidChangeState(() => {
      throw new Error('bad listener');
    });
    desk.onDidChangeState((sections) => heard.push(sections));
    await open('one');
    session('one').tell({ highlight: null });
    assert.deepEqual(heard, [{ highlight: null }]);
    assert.match(String(reports[0]), /bad listener/);
  });
});

describe('a desk whose panel is closed', () => {
  it('keeps the session, so that its runs go on, and shows it again', async () => {
    const { desk, open, panels, session } = createDesk();
    await open('one');
    panels[0]!.close();
    assert.deepEqual([desk.session?.title, session('one').log.at(-1)], ['one', 'pause']);
    assert.throws(() => desk.openPanel, /nothing is open/);
    await open('one');
    assert.equal(panels[1]?.last, 'one');
  });

  it('saves and closes the session if it need not stay', async () => {
    const { desk, open, panels, session } = createDesk({ keepsSessionWhenClosed: false });
    await open('one');
    session('one').typed = 'text';
    panels[0]!.close();
    await settled();
    assert.deepEqual(
      [desk.session, session('one').saved, session('one').isDisposed],
      [undefined, 'text', true],
    );
  });

  it('discards a session that is still loading', async () => {
    const { desk, open, panels, session, gate } = createDesk();
    const loading = gate('one');
    const opening = open('one');
    await settled();
    panels[0]!.close();
    loading.open();
    await opening;
    assert.deepEqual([desk.session, session('one').isDisposed], [undefined, true]);
  });
});

describe('a desk that submits', () => {
  it('moves on, and names the submitted work', async () => {
    const { desk, open, panels, committed } = createDesk();
    await open('one');
    assert.deepEqual(await desk.submit(), { accepted: true, problems: [] });
    assert.equal(desk.session?.title, 'after one');
    assert.equal(panels[0]?.last, 'info: Submitted “one”');
    assert.equal(committed(), 1);
  });

  it('stays if the submission is refused', async () => {
    const { desk, open, session } = createDesk();
    await open('one');
    session('one').problems = [problem('Choose a preference')];
    assert.deepEqual(await desk.submit(), { accepted: false, problems: [problem('Choose a preference')] });
    assert.equal(desk.session?.title, 'one');
  });

  it('reports a failure of the store', async () => {
    const { desk, open, session, panels, committed } = createDesk();
    await open('one');
    session('one').submitting = Promise.reject(new Error('disk full'));
    assert.deepEqual(await desk.submit(), { accepted: false, problems: [problem('disk full')] });
    assert.equal(panels[0]?.last, 'error: disk full');
    assert.equal(committed(), 0);
  });

  it('stays if there is feedback to read', async () => {
    const { desk, open, panels } = createDesk({ hasFeedback: async () => true });
    await open('one');
    await desk.submit();
    assert.deepEqual(panels[0]?.log.slice(-2), ['refresh', 'info: Submitted “one”']);
    assert.equal(desk.session?.title, 'one');
  });

  it('does not leave work that the person opened in the meantime', async () => {
    const { desk, open, session } = createDesk();
    await open('one');
    const committing = createGate();
    session('one').submitting = committing.passed;
    const submitting = desk.submit();
    await open('chosen');
    committing.open();
    assert.equal((await submitting).accepted, true);
    assert.equal(desk.session?.title, 'chosen');
  });

  it('does not treat a failure to open the next work as a failed submission', async () => {
    const { desk, open, panels } = createDesk({
      next: () => Promise.reject(new Error('no settings')),
    });
    await open('one');
    assert.equal((await desk.submit()).accepted, true);
    assert.deepEqual(panels[0]?.log.slice(-2), ['error: no settings', 'info: Submitted “one”']);
  });

  it('skips and moves on', async () => {
    const { desk, open, session, committed } = createDesk();
    await open('one');
    const one = session('one');
    await desk.skip('too long');
    assert.ok(one.log.includes('skip too long'));
    assert.deepEqual([desk.session?.title, committed()], ['after one', 1]);
  });

  it('says that nothing is open', async () => {
    const { desk } = createDesk();
    await assert.rejects(desk.submit(), /nothing is open/);
    await assert.rejects(desk.skip(''), /nothing is open/);
  });
});

describe('a desk that is restored', () => {
  it('restores the open work', async () => {
    const { desk, open } = createDesk();
    await open('one');
    const panel = new FakePanel();
    await desk.restore(panel);
    assert.equal(panel.last, 'one');
  });

  it('shows the next work if nothing was open', async () => {
    const { desk } = createDesk();
    const panel = new FakePanel();
    await desk.restore(panel);
    assert.equal(panel.last, 'after undefined');
  });

  it('shows an error in the panel', async () => {
    const { desk, reports } = createDesk({ next: () => Promise.reject(new Error('no database')) });
    const panel = new FakePanel();
    await desk.restore(panel);
    assert.equal(panel.last, 'failed');
    assert.match(String(reports[0]), /no database/);
  });
});
