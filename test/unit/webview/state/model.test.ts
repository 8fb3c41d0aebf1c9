import { strict as assert } from 'node:assert';
import type { PanelState } from '../../../../src/protocol/panel/state.ts';
import { bindingsOf } from '../../../../src/webview/state/keys.ts';
import { Model } from '../../../../src/webview/state/model.ts';

const task = (id: string) => ({ id }) as NonNullable<PanelState['task']>;

describe('the panel’s model', () => {
  it('keeps the arrangement of the panel, and ignores invalid values', () => {
    let kept: unknown;
    const model = new Model(
      { view: 'diff', judgementWidth: 'wide', casesHeight: 300, more: 1 },
      (value) => (kept = value),
    );
    assert.equal(model.arrangement.view, 'diff');
    assert.equal(model.arrangement.judgementWidth, 424);
    assert.equal(model.arrangement.casesHeight, 300);
    model.arrange({ view: 'written' });
    assert.equal(new Model(kept, () => undefined).arrangement.view, 'written');
    for (const nonsense of [null, 'x', 7, []])
      assert.equal(new Model(nonsense, () => undefined).arrangement.view, 'code');
  });

  it('applies the received sections and keeps the others', () => {
    const model = new Model(undefined, () => undefined);
    model.receive({ task: task('one'), totals: { A: 1 } });
    model.receive({ findings: [] });
    assert.deepEqual([model.state.task?.id, model.state.totals, model.state.findings], ['one', { A: 1 }, []]);
  });

  it('resets the selection and open parts for another task, but not for the same', () => {
    const model = new Model(undefined, () => undefined);
    model.receive({ task: task('one') });
    model.attend({ selection: { side: 'A', file: 'x', from: 1, to: 2 }, dialog: { kind: 'keys' } });
    model.receive({ task: task('one') });
    assert.notEqual(model.attention.selection, null);
    model.receive({ task: task('two') });
    assert.deepEqual([model.attention.selection, model.attention.dialog], [null, null]);
  });

  describe('adopts forms of cases', () => {
    const draft = (from: 'panel' | 'document' | 'store', source?: string) =>
      ({
        caseForms: {
          from,
          forms: source === undefined ? [] : [{ form: '["one","case",null]', fields: { source } }],
        },
      }) as unknown as NonNullable<PanelState['draft']>;
    const form = ['case', undefined];
    let model: Model;
    beforeEach(() => {
      model = new Model(undefined, () => undefined);
      model.receive({ task: task('one') });
    });

    it('that were edited elsewhere, but not its own echo', () => {
      model.keepUnsaved(form, { source: 'here, later' });
      model.receive({ draft: draft('panel', 'here') });
      assert.deepEqual(model.unsaved(form), { source: 'here, later' });
      model.receive({ draft: draft('document', 'there') });
      assert.deepEqual(model.unsaved(form), { source: 'there' });
      model.keepUnsaved(form, { source: 'here again' });
      model.receive({ draft: { ...draft('document', 'there'), activeMs: 7 } });
      assert.deepEqual(model.unsaved(form), { source: 'here again' });
    });

    it('of an earlier page', () => {
      model.receive({ draft: draft('panel', 'before') });
      assert.deepEqual(model.unsaved(form), { source: 'before' });
    });

    it('but none that was saved here while its echo is on the way', () => {
      model.receive({ draft: draft('document', 'text') });
      model.dropUnsaved(form);
      model.receive({ draft: { ...draft('document', 'text'), activeMs: 7 } });
      assert.equal(model.unsaved(form), undefined);
    });
  });
});

describe('the panel’s keys', () => {
  for (const mode of ['judge', 'inspect', 'settle'] as const) {
    it(`are unique in the mode ${mode}`, () => {
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
