import { strict as assert } from 'node:assert';
import type { PanelState } from '../../../src/protocol/webview.ts';
import { bindingsOf } from '../../../src/webview/keys.ts';
import { Model } from '../../../src/webview/model.ts';

const task = (id: string) => ({ id }) as NonNullable<PanelState['task']>;

describe('the panel’s model', () => {
  it('keeps how the panel is arranged, and takes nonsense for nothing', () => {
    let kept: unknown;
    const model = new Model(
      { view: 'diff', judgementWidth: 'wide', casesHeight: 300, more: 1 },
      (value) => (kept = value),
    );
    assert.equal(model.arrangement.view, 'diff');
    assert.equal(model.arrangement.judgementWidth, 392);
    assert.equal(model.arrangement.casesHeight, 300);
    model.arrange({ view: 'written' });
    assert.equal(new Model(kept, () => undefined).arrangement.view, 'written');
    for (const nonsense of [null, 'x', 7, []])
      assert.equal(new Model(nonsense, () => undefined).arrangement.view, 'code');
  });

  it('takes over the sections that came and keeps the others', () => {
    const model = new Model(undefined, () => undefined);
    model.receive({ task: task('one'), totals: { A: 1 } });
    model.receive({ findings: [] });
    assert.deepEqual([model.state.task?.id, model.state.totals, model.state.findings], ['one', { A: 1 }, []]);
  });

  it('forgets with another task what was selected and open, and not with the same', () => {
    const model = new Model(undefined, () => undefined);
    model.receive({ task: task('one') });
    model.attend({ selection: { side: 'A', file: 'x', from: 1, to: 2 }, dialog: { kind: 'keys' } });
    model.receive({ task: task('one') });
    assert.notEqual(model.attention.selection, null);
    model.receive({ task: task('two') });
    assert.deepEqual([model.attention.selection, model.attention.dialog], [null, null]);
  });
});

describe('the panel’s keys', () => {
  for (const mode of ['judge', 'inspect', 'settle'] as const) {
    it(`are each given once, where a person is to ${mode}`, () => {
      const keys = bindingsOf({ mode, asked: undefined }).flatMap(({ key, also }) =>
        also === undefined ? [key] : [key, also],
      );
      assert.deepEqual(
        keys.filter((key, at) => keys.indexOf(key) !== at),
        [],
      );
    });
  }
});
