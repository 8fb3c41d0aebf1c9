import assert from 'node:assert/strict';
import { Colouring } from '../../../../src/sessions/page/colouring.ts';
import type { PanelHighlight, PanelState } from '../../../../src/protocol/panel/state.ts';
import type { PanelSession } from '../../../../src/sessions/panelSession.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function createSession(language: string): PanelSession {
  const task = { id: language, language, prompt: '', answers: [] };
  return { task, answers: [], title: language } as Partial<PanelSession> as PanelSession;
}

/** Colours that arrive when the test decides, with the number of the request as the key. */
function createColouring() {
  const requests: PromiseWithResolvers<PanelHighlight>[] = [];
  const sent: string[] = [];
  const reports: unknown[] = [];
  const colouring = new Colouring({
    findTheme: async (name) => ({ name, settings: [] }),
    highlight: () => {
      const request = Promise.withResolvers<PanelHighlight>();
      requests.push(request);
      return request.promise;
    },
    send: (highlight) => sent.push(...Object.keys(highlight?.lines ?? {})),
    report: (error) => reports.push(error),
  });
  const finish = (index: number) => requests[index]!.resolve({ palette: [], lines: { [index]: [] } });
  return { colouring, requests, sent, reports, finish };
}

describe('colouring code', () => {
  it('sends only the colours of the latest theme', async () => {
    const { colouring, sent, finish } = createColouring();
    colouring.setSession(createSession('python'));
    colouring.setTheme('Dark');
    await settled();
    colouring.setTheme('Light');
    await settled();
    finish(1);
    finish(0);
    await settled();
    assert.deepEqual(sent, ['1']);
  });

  it('sends no colours of a session that is no longer shown', async () => {
    const { colouring, sent, finish } = createColouring();
    colouring.setSession(createSession('python'));
    colouring.setTheme('Dark');
    await settled();
    colouring.setSession(undefined);
    finish(0);
    await settled();
    assert.deepEqual(sent, []);
  });

  it('sends colours that were prepared as soon as their code is shown, and only in the same theme', async () => {
    const { colouring, requests, sent, finish } = createColouring();
    colouring.setTheme('Dark');
    const next = createSession('python');
    const preparing = colouring.prepare(next, new AbortController().signal);
    await settled();
    finish(0);
    await preparing;
    assert.deepEqual(sent, []);
    colouring.setSession(next);
    colouring.follow({ task: {} as PanelState['task'] });
    await settled();
    assert.deepEqual([sent, requests.length], [['0'], 1]);
    colouring.setTheme('Light');
    await settled();
    assert.equal(requests.length, 2);
  });

  it('reports what cannot be coloured', async () => {
    const { colouring, requests, reports } = createColouring();
    colouring.setSession(createSession('python'));
    colouring.setTheme('Dark');
    await settled();
    requests[0]!.reject(new Error('no grammar'));
    await settled();
    assert.match(String(reports[0]), /no grammar/);
  });
});
