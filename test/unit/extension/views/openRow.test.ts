import { strict as assert } from 'node:assert';
import { OpenRow, openRowIn } from '../../../../src/extension/views/openRow.ts';

/** A list of the side bar that records the revealed rows. */
function listOf(visible: boolean) {
  const listeners = new Set<(event: { visible: boolean }) => void>();
  const event = (listener: (event: { visible: boolean }) => void) => {
    listeners.add(listener);
    return { dispose: () => listeners.delete(listener) };
  };
  const revealed: string[] = [];
  return {
    visible,
    revealed,
    onDidChangeVisibility: event,
    fire: () => listeners.forEach((listener) => listener({ visible })),
    listeners,
    reveal: async (row: string, options: unknown) => {
      assert.deepEqual(options, { select: true, focus: false });
      revealed.push(row);
    },
  };
}

describe('the row of what is open', () => {
  const setUp = (visible = true) => {
    const list = listOf(visible);
    const rows = new Map([
      ['one', 'row of one'],
      ['two', 'row of two'],
    ]);
    const state = { open: undefined as string | undefined };
    const find = () => openRowIn(state.open, (id) => rows.get(id));
    const row = new OpenRow<string>(list, find, [], (error) => assert.fail(String(error)));
    return { list, rows, state, row };
  };

  it('is selected once for each opening', () => {
    const { list, state } = setUp();
    for (const id of ['one', 'one', 'two', undefined, 'two', 'one']) {
      state.open = id;
      list.fire();
    }
    assert.deepEqual(list.revealed, ['row of one', 'row of two', 'row of one']);
  });

  it('is selected as soon as the list has it', () => {
    const { list, rows, state } = setUp();
    state.open = 'three';
    list.fire();
    rows.set('three', 'row of three');
    list.fire();
    assert.deepEqual(list.revealed, ['row of three']);
  });

  it('is selected when the list becomes visible, without revealing the list', () => {
    const { list, state } = setUp(false);
    state.open = 'one';
    list.fire();
    assert.deepEqual(list.revealed, []);
    list.visible = true;
    list.fire();
    assert.deepEqual(list.revealed, ['row of one']);
  });

  it('is left alone afterwards', () => {
    const { list, row } = setUp();
    row.dispose();
    assert.equal(list.listeners.size, 0);
  });
});
