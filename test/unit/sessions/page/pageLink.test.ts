import assert from 'node:assert/strict';
import { problem } from '../../../../src/core/review/obstacle.ts';
import { Colouring } from '../../../../src/sessions/page/colouring.ts';
import { PageLink, type PageHost } from '../../../../src/sessions/page/pageLink.ts';
import { Channel } from '../../../../src/protocol/channel.ts';
import { edited } from '../../../../src/protocol/panel/edits.ts';
import { panelReady, showNext, stateChanged, submitReview } from '../../../../src/protocol/panel/messages.ts';
import type { PanelState } from '../../../../src/protocol/panel/state.ts';
import type { PanelSession } from '../../../../src/sessions/panelSession.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The two ends of a wire. */
function createChannels(): { host: Channel; page: Channel } {
  const hear: ((message: unknown) => void)[] = [];
  const end = (own: number, other: number) =>
    new Channel(
      {
        post: (message) => hear[other]?.(message),
        listen: (receive) => {
          hear[own] = receive;
          return () => (hear[own] = () => undefined);
        },
      },
      (error) => {
        throw error;
      },
    );
  return { host: end(0, 1), page: end(1, 0) };
}

/** A session of which the page sees only the notice and the position. */
function createSession(id: string): PanelSession & { edits: unknown[] } {
  const edits: unknown[] = [];
  const session: Partial<PanelSession> = {
    task: { id, language: 'python', prompt: '', answers: [] },
    title: id,
    answers: [],
    onDidChange: () => () => undefined,
    state: ({ index }) => ({ notice: { severity: 'info', text: `${id} at ${index}` } }),
    edit: (edit) => edits.push(edit),
  };
  return { ...(session as PanelSession), edits };
}

/** A page and the link to it. */
function connect(host: Partial<PageHost> = {}) {
  const { host: channel, page } = createChannels();
  const reports: unknown[] = [];
  const colouring = new Colouring({
    findTheme: async () => undefined,
    highlight: async () => ({ palette: [], lines: {} }),
    send: () => undefined,
    report: (error) => reports.push(error),
  });
  const link = new PageLink(
    channel,
    {
      place: async () => ({ index: 1, total: 2 }),
      submit: async () => ({ accepted: true, problems: [] }),
      skip: async () => undefined,
      next: async () => undefined,
      open: async () => undefined,
      report: (error) => reports.push(error),
      ...host,
    },
    colouring,
  );
  const seen: PanelState[] = [];
  page.on(stateChanged, (message) => {
    if (message.kind === 'whole') seen.push(message.state);
  });
  const notices = (): (string | undefined)[] => seen.map(({ notice }) => notice?.text);
  /** The state that the page has once the host has replied to it. */
  const ready = async (): Promise<PanelState> => {
    await page.request(panelReady, { themeId: '' });
    return seen.pop()!;
  };
  return { link, page, seen, notices, reports, ready };
}

describe('the link to a page', () => {
  it('says why nothing is shown, once the page is ready', async () => {
    const { ready } = connect();
    assert.equal((await ready()).empty?.reason, 'loading');
  });

  it('sends the shown session with its position', async () => {
    const { link, ready, notices } = connect();
    link.show(createSession('one'));
    assert.equal((await ready()).notice?.text, 'one at 1');
    link.show(createSession('two'));
    await settled();
    assert.deepEqual(notices(), ['two at 1']);
  });

  it('looks the position up once, while the page loads', async () => {
    const asked: string[] = [];
    const { link, ready } = connect({
      place: async (taskId) => {
        asked.push(taskId);
        return { index: 1, total: 2 };
      },
    });
    link.show(createSession('one'));
    assert.deepEqual(asked, ['one']);
    assert.equal((await ready()).notice?.text, 'one at 1');
    assert.deepEqual(asked, ['one']);
  });

  it('never sends a session that is no longer shown, however late its position is known', async () => {
    const slow = Promise.withResolvers<void>();
    const { link, ready, notices } = connect({
      place: async (taskId) => {
        if (taskId === 'slow') await slow.promise;
        return { index: 1, total: 2 };
      },
    });
    await ready();
    link.show(createSession('slow'));
    link.show(createSession('quick'));
    await settled();
    slow.resolve();
    await settled();
    assert.deepEqual(notices(), ['quick at 1']);
  });

  it('keeps a notice that arrives while the position of the next session is looked up', async () => {
    const { link, ready, notices } = connect();
    await ready();
    link.show({ ...createSession('next'), state: () => ({ notice: null }) });
    link.notify({ severity: 'info', text: 'Submitted' });
    await settled();
    assert.deepEqual(notices(), ['Submitted']);
    link.refresh();
    await settled();
    assert.equal(notices().at(-1), undefined);
  });

  it('answers a new page with the current content', async () => {
    const slow = Promise.withResolvers<void>();
    const { link, ready } = connect({
      place: async (taskId) => {
        if (taskId === 'slow') await slow.promise;
        return { index: 1, total: 2 };
      },
    });
    link.show(createSession('slow'));
    const reply = ready();
    await settled();
    link.show(createSession('quick'));
    slow.resolve();
    assert.equal((await reply).notice?.text, 'quick at 1');
  });

  it('shows a task whose position cannot be looked up, and says why', async () => {
    const { link, ready, reports } = connect({ place: () => Promise.reject(new Error('no database')) });
    link.show(createSession('one'));
    assert.deepEqual((await ready()).notice, { severity: 'error', text: 'no database' });
    assert.match(String(reports[0]), /no database/);
  });

  it('ignores a late edit of the previous task', async () => {
    const { link, page, ready } = connect();
    await ready();
    const session = createSession('two');
    link.show(session);
    const edit = { kind: 'rationale', text: 'late' } as const;
    page.emit(edited, { taskId: 'one', edit, number: 1 });
    page.emit(edited, { taskId: 'two', edit, number: 2 });
    assert.deepEqual(session.edits, [edit]);
  });

  it('tells the page which edit it has, also when the edit arrives while a task is opened', async () => {
    const { link, page, seen, ready } = connect();
    link.show(createSession('one'));
    assert.equal((await ready()).receivedEdit, null);
    link.show(createSession('two'));
    page.emit(edited, { taskId: 'one', edit: { kind: 'rationale', text: 'late' }, number: 7 });
    await settled();
    assert.equal(seen.at(-1)?.receivedEdit, 7);
  });

  it('leaves submitting and moving on to the desk', async () => {
    const asked: string[] = [];
    const { page } = connect({
      submit: async () => {
        asked.push('submit');
        return { accepted: false, problems: [problem('Choose a preference')] };
      },
      next: async () => void asked.push('next'),
    });
    assert.deepEqual(await page.request(submitReview, {}), {
      accepted: false,
      problems: [problem('Choose a preference')],
    });
    await page.request(showNext, {});
    assert.deepEqual(asked, ['submit', 'next']);
  });
});
