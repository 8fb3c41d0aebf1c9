import assert from 'node:assert/strict';
import { publishProblems } from '../../../../src/extension/views/publishedProblems.ts';
import type { Diagnostic } from '../../../../src/core/run/diagnostic.ts';
import type { Side } from '../../../../src/core/task/side.ts';
import type { PanelState } from '../../../../src/protocol/panel/state.ts';
import { Listeners } from '../../../../src/sessions/desk/listeners.ts';
import type { Session } from '../../../../src/sessions/review/session.ts';

type Checked = Pick<Session, 'answers' | 'reports' | 'task'>;

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const rethrow = (error: unknown): never => {
  throw error;
};

/** A session with a diagnostic of the checks on A. */
function createSession(id: string): Checked {
  const found = { file: 'main.py', message: id } as Diagnostic;
  return {
    task: { id },
    answers: [{ side: 'A' }, { side: 'B' }],
    reports: (side: Side) => (side === 'A' ? [{ diagnostics: [found] }] : []),
  } as unknown as Checked;
}

/** A desk, and its published diagnostics. */
function publish() {
  const sessions = new Listeners<void>(rethrow);
  const states = new Listeners<PanelState>(rethrow);
  const moves = new Listeners<void>(rethrow);
  const shown = new Map<string, string[]>();
  let session: Checked | undefined;
  let folder = 'virtual';
  publishProblems(
    {
      get session() {
        return session;
      },
      onDidChangeSession: sessions.add,
      onDidChangeState: states.add,
    },
    {
      clear: () => shown.clear(),
      set: (uri: string, diagnostics) =>
        shown.set(
          uri,
          diagnostics.map(({ message }) => message),
        ),
      uri: ({ task }, side, path) => `${folder}/${task.id}/${side}/${path}`,
      onDidMove: moves.add,
    },
  );
  return {
    shown,
    open: (next: Checked | undefined) => {
      session = next;
      sessions.fire();
    },
    checked: () => states.fire({ checks: {} }),
    move: (to: string) => {
      folder = to;
      moves.fire();
    },
  };
}

describe('what the checks say, in Problems', () => {
  it('is of the open task', () => {
    const { shown, open, checked } = publish();
    open(createSession('one'));
    checked();
    assert.deepEqual([...shown], [['virtual/one/A/main.py', ['one']]]);
  });

  it('does not come back once the task is left', async () => {
    const { shown, open, checked } = publish();
    open(createSession('one'));
    checked();
    open(undefined);
    await settled();
    assert.deepEqual([...shown], []);
    open(createSession('one'));
    checked();
    open({ ...createSession('two'), reports: () => [] });
    await settled();
    assert.deepEqual([...shown], []);
  });

  it('moves with the files of the answers', () => {
    const { shown, open, move } = publish();
    open(createSession('one'));
    move('disk');
    assert.deepEqual([...shown.keys()], ['disk/one/A/main.py']);
  });
});
