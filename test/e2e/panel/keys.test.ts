import { strict as assert } from 'node:assert';
import type { Locator } from 'playwright-core';
import { closeSharedBrowser, PanelPage, sharedBrowser } from '../panel-fixture/page.ts';
import type { FixtureOptions } from '../panel-fixture/host.ts';

describe('the panel by keyboard', function () {
  this.timeout(30_000);
  let panel: PanelPage;
  afterEach(async () => {
    await panel.close();
    assert.deepEqual([...panel.complaints, ...panel.host.errors], []);
  });
  after(closeSharedBrowser);

  const open = async (options: FixtureOptions = { ran: true }) => {
    panel = await PanelPage.open(await sharedBrowser(), options);
  };
  const press = async (...keys: string[]) => {
    for (const key of keys) await panel.page.keyboard.press(key);
  };
  const pressed = (name: string | RegExp) => panel.page.getByRole('button', { name, pressed: true });

  it('shows the answers in three ways', async () => {
    await open();
    for (const [key, name] of [
      ['w', /^As written/],
      ['c', /^Code/],
      ['d', /^Diff D/],
    ] as const) {
      await press(key);
      await pressed(name).waitFor();
    }
    await press('i', 'c');
    await pressed(/^Code/).waitFor();
    assert.deepEqual(panel.host.looks, ['code', 'written', 'difference', 'diagnostics']);
  });

  /** A task whose answers are two files of Python. */
  const pairOf = (a: string, b: string): FixtureOptions => ({
    task: {
      id: 'pair',
      language: 'python',
      prompt: 'Sum.',
      answers: [a, b].map((code, index) => ({ id: `m${index}`, text: `\`\`\`python\n${code}\n\`\`\`\n` })),
    },
  });
  const tinted = () => panel.page.locator('.row.only-a, .row.only-b').count();

  it('leaves white space and comments out of the difference, and takes them in again', async () => {
    await open(
      pairOf('def f(a):\n    x  =  a\n    return x + 1', '# adds\ndef f(a):\n    x = a\n    return x + 2'),
    );
    await press('d');
    await pressed(/^Diff D/).waitFor();
    assert.equal(await tinted(), 5);
    await press('h');
    await pressed(/^Space/).waitFor();
    assert.equal(await tinted(), 3);
    await press('m');
    await pressed(/^Comments/).waitFor();
    assert.equal(await tinted(), 2);
    await panel.reload();
    await pressed(/^Comments/).waitFor();
    assert.equal(await tinted(), 2);
    await press('h', 'm');
    await panel.page.getByRole('button', { name: /^Comments/, pressed: false }).waitFor();
    assert.equal(await tinted(), 5);
  });

  it('compares what a formatter wrote, whose lines cannot be selected', async () => {
    await open(pairOf('def f(a):\n    x  =  a\n    return x + 1', 'def f(a):\n    x = a\n    return x + 2'));
    await press('d');
    await pressed(/^Diff D/).waitFor();
    assert.equal(await tinted(), 4);
    await press('l');
    await panel.page.getByText('Formatted by Fixture').waitFor();
    assert.equal(await tinted(), 2);
    await panel.page.getByText('return x + 1').click();
    await press('ArrowDown', 'f');
    await panel.page.getByText('Select lines first').waitFor();
    await press('Escape', 'l');
    await panel.page.getByText('Formatted by Fixture').waitFor({ state: 'detached' });
    assert.equal(await tinted(), 4);
  });

  it('says why nothing is formatted', async () => {
    await open({ task: { ...pairOf('a', 'b').task!, language: 'cobol' } });
    await press('d', 'l');
    await panel.page.getByText('Not formatted. A: there is no formatter. B: there is no formatter').waitFor();
  });

  it('says where nothing differs but names, comments or white space', async () => {
    for (const [a, b, said] of [
      ['def f(a):\n    s = a\n    return s', 'def f(b):\n    t = b\n    return t', 'names: a → b, s → t.'],
      ['x = 1  # one', 'x = 1', 'comments.'],
      ['f(1, 2)', 'f(1,2)', 'white space.'],
    ] as const) {
      await open(pairOf(a, b));
      await press('d');
      await panel.page.getByText(`Nothing differs but ${said}`).waitFor();
      if (said !== 'white space.') await panel.close();
    }
  });

  it('runs, runs anew and cancels', async () => {
    await open();
    await press('r', 'Shift+R', 'Escape');
    await panel.page.waitForTimeout(50);
    assert.deepEqual(panel.host.wishes, [
      { kind: 'run', fresh: false },
      { kind: 'run', fresh: true },
      { kind: 'cancel' },
    ]);
  });

  it('compares times on the case that was opened last, and says so where none is', async () => {
    await open();
    await press('k');
    await panel.page.getByText('Open a case first').waitFor();
    await caseButton('size-zero').click();
    await panel.page.getByRole('button', { name: /^Compare times/ }).click();
    await caseButton('infinite generator').click();
    await press('k');
    panel.host.command('compare-times');
    await panel.page.waitForTimeout(50);
    assert.deepEqual(panel.host.wishes, [
      { kind: 'compareTimes', caseId: 'size-zero' },
      { kind: 'compareTimes', caseId: 'infinite generator' },
      { kind: 'compareTimes', caseId: 'infinite generator' },
    ]);
  });

  it('shows how a comparison of times goes on and what came of it, and lets it be cancelled', async () => {
    await open({ ran: true, timings: { 'size-zero': { phase: 'running', done: 7, total: 29, lines: [] } } });
    await caseButton('size-zero').click();
    const times = panel.page.getByRole('status').filter({ hasText: /comparing|times as long|stopped/ });
    await times.getByText('comparing… 7 of 29 runs').waitFor();
    await panel.page.getByRole('button', { name: /^Cancel/ }).click();
    const lines = ['Processor time: A takes 2.00 times as long as B (1.95 to 2.10).', 'Second line.'];
    const { cases } = panel.host.state();
    panel.host.send({ cases: { ...cases!, timings: { 'size-zero': { phase: 'done', lines } } } });
    await times.getByText('A takes 2.00 times as long as B').waitFor();
    await panel.page.getByRole('button', { name: /^Run both/ }).waitFor();
    assert.deepEqual(panel.host.wishes, [{ kind: 'cancel' }]);
  });

  it('ranks with the digits, and the same digit takes it back', async () => {
    await open();
    const values = [-3, -2, -1, 0, 1, 2, 3] as const;
    for (const [index, value] of values.entries()) {
      await press(String(index + 1));
      await panel.page.getByRole('radio', { checked: true }).first().waitFor();
      assert.equal(panel.host.draft.preference, value);
    }
    await press('0');
    await panel.page.getByRole('radio', { name: 'Both bad', checked: true }).waitFor();
    await press('0');
    await panel.page.getByRole('radio', { name: 'Both bad', checked: false }).waitFor();
    assert.equal(panel.host.draft.preference, null);
  });

  it('opens what belongs to the editor, and moves on', async () => {
    await open();
    await press('e', 'g', 'j');
    await panel.page.waitForTimeout(50);
    assert.deepEqual(panel.host.wishes, [
      { kind: 'open', wish: { what: 'rationale' } },
      { kind: 'open', wish: { what: 'native-diff' } },
      { kind: 'next' },
    ]);
  });

  it('leaves chords to the editor', async () => {
    await open();
    const prevented = panel.page.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          window.addEventListener('keydown', (event) => {
            if (event.key === 'Enter') setTimeout(() => resolve(event.defaultPrevented));
          });
        }),
    );
    await press('Control+d', 'Alt+1', 'Control+r', 'Meta+s', 'Control+Enter');
    assert.equal(await prevented, false);
    assert.deepEqual(panel.host.edits, []);
    assert.deepEqual(panel.host.wishes, []);
    assert.equal(await panel.page.getByRole('dialog').count(), 0);
  });

  it('selects lines, extends them, cites and flags them', async () => {
    await open();
    await press('c');
    await region(/^Answer B/).focus();
    await press('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Shift+ArrowDown', 'q');
    await panel.page.waitForTimeout(50);
    assert.equal(panel.host.draft.rationale, '@B:4-5');
    await press('Escape', 'f');
    await panel.page.getByRole('dialog', { name: 'Flag lines' }).waitFor();
    await panel.page.getByRole('radio', { name: 'Unsafe' }).check();
    await panel.page.getByLabel('Note (optional)').fill('reads it all');
    await press('Enter');
    await panel.page.getByRole('button', { name: '@B:4-5', exact: true }).waitFor();
    const [flag] = panel.host.draft.flags;
    assert.deepEqual(
      { ...flag, id: '' },
      {
        id: '',
        answerId: 'second',
        kind: 'unsafe',
        file: 'main.py',
        startLine: 4,
        endLine: 5,
        note: 'reads it all',
      },
    );
    await panel.page.getByRole('button', { name: /^Remove flag/ }).click();
    await panel.page.getByRole('button', { name: '@B:4-5', exact: true }).waitFor({ state: 'detached' });
    assert.deepEqual(panel.host.draft.flags, []);
  });

  it('shrinks a selection again by the arrow that goes back', async () => {
    await open();
    await press('c');
    await region(/^Answer A/).focus();
    await press('ArrowDown', 'ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowUp', 'q');
    await panel.page.waitForTimeout(50);
    assert.equal(panel.host.draft.rationale, '@A:2-3');
  });

  it('leaves the arrows to what has the focus elsewhere', async () => {
    await open();
    await press('c');
    await panel.page.getByRole('radiogroup', { name: 'Correctness of A' }).getByRole('radio').first().focus();
    await press('ArrowRight', 'ArrowDown');
    await panel.page.waitForTimeout(50);
    assert.equal(await panel.page.locator('tiebreak-answers .row.selected').count(), 0);
    assert.equal(panel.host.draft.scores['first']?.['correctness'], 3);
  });

  it('treats each scale as one stop of the tab key', async () => {
    await open();
    const scale = panel.page.getByRole('radiogroup', { name: 'Correctness of A' });
    await scale.getByRole('radio').first().focus();
    await press('Tab');
    assert.equal(await scale.evaluate((element) => element.matches(':focus-within')), false);
  });

  it('shows what a score means to a person without a mouse', async () => {
    await open();
    await panel.page.getByRole('radiogroup', { name: 'Correctness of A' }).getByRole('radio').first().focus();
    await panel.page.locator('tiebreak-judgement').getByText('Does something else.').waitFor();
    await panel.page.getByRole('button', { name: /^Correctness/ }).press('Enter');
    await panel.page.getByText('Works for the example only.').waitFor();
  });

  it('changes what is read of an answer, and says so', async () => {
    await open();
    const choice = panel.page.getByLabel('What of answer A is run');
    const before = await choice.inputValue();
    await press('[');
    await panel.page.waitForTimeout(50);
    assert.deepEqual(
      panel.host.edits.map(({ edit }) => edit.kind),
      ['reading'],
    );
    assert.notEqual(await choice.inputValue(), before);
    assert.equal(await choice.inputValue(), panel.host.draft.readings['first']);
    await press(']');
    await panel.page.waitForTimeout(50);
    assert.notEqual(panel.host.draft.readings['second'], undefined);
  });

  it('filters the cases and turns to the diagnostics and back', async () => {
    await open();
    await press('v');
    await pressed(/^Splitting 3/).waitFor();
    assert.equal(await panel.page.locator('tiebreak-cases tbody tr').count(), 3);
    await press('i');
    await panel.page.getByText('"chunked" is unknown import symbol').waitFor();
    await press('i');
    await pressed(/^Splitting 3/).waitFor();
  });

  it('skips for a reason only', async () => {
    await open();
    await press('s');
    await panel.page.getByRole('dialog', { name: 'Skip this task' }).waitFor();
    await panel.page.keyboard.type('s1 is not a reason');
    await panel.page.getByRole('button', { name: 'Skip', exact: true }).click();
    await panel.page.waitForTimeout(50);
    assert.deepEqual(panel.host.wishes, [{ kind: 'skip', reason: 's1 is not a reason' }]);
    assert.deepEqual(panel.host.edits, []);
  });

  it('writes the rationale from "t" and "/", and Escape gives the keys back', async () => {
    await open();
    for (const key of ['t', '/']) {
      await press(key);
      assert.equal(await panel.rationale.evaluate((area) => area.matches(':focus')), true);
      await press('Escape', 'w');
      await pressed(/^As written/).waitFor();
    }
    assert.equal(panel.host.draft.rationale, '');
  });

  it('applies the first fix with "."', async () => {
    await open({
      draft: {
        rationale: 'Answer 1 is better because it raises the ValueError which the prompt asks for (@A:4-5).',
      },
    });
    await panel.page.getByRole('button', { name: 'Fix' }).first().waitFor();
    await press('.');
    await panel.page.waitForTimeout(50);
    assert.match(panel.host.draft.rationale, /^@A is better/);
    assert.equal(await panel.rationale.inputValue(), panel.host.draft.rationale);
  });

  it('lists every key', async () => {
    await open();
    await press('?');
    const dialog = panel.page.getByRole('dialog', { name: 'Keys' });
    await dialog.waitFor();
    const text = await dialog.innerText();
    for (const label of [
      'Run both',
      'New case',
      'Flag the selected lines',
      'Both bad',
      'Next difference',
      'Skip the task',
    ]) {
      assert.ok(text.includes(label), label);
    }
    await press('r', '3');
    assert.deepEqual(panel.host.wishes, []);
    assert.deepEqual(panel.host.edits, []);
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('says what stands in the way of submitting, and that it was refused', async () => {
    await open();
    panel.host.problems = ['Choose a preference (keys 1 to 7, or 0 for both bad)'];
    await panel.page.getByRole('button', { name: /^Submit/ }).click();
    await panel.page.getByRole('alert').getByText('Choose a preference').waitFor();
    assert.deepEqual(panel.host.wishes, [{ kind: 'submit' }]);
  });

  it('moves the edges between its parts, and keeps them where they were put', async () => {
    await open();
    const edge = panel.page.getByRole('separator', { name: 'Width of the judgement' });
    const width = async () =>
      (await panel.page.locator('tiebreak-panel section.judgement').first().boundingBox())!.width;
    const before = await width();
    await edge.focus();
    await press('ArrowLeft', 'ArrowLeft');
    assert.ok((await width()) > before);
    const moved = await width();
    await panel.reload();
    assert.equal(await width(), moved);
  });

  it('gives a sign of life, but not with every key', async () => {
    await open();
    await press('w', 'c', 'd', 'w', 'c', 'd');
    await panel.page.waitForTimeout(50);
    assert.equal(panel.host.signs, 1);
  });

  it('changes nothing of a submitted review until it is revised', async () => {
    const state = { ran: true };
    await open(state);
    const task = panel.host.state().task!;
    panel.host.send({ task: { ...task, submitted: true } });
    await panel.page.getByRole('button', { name: 'Revise' }).waitFor();
    await press('1', '0');
    await panel.page.waitForTimeout(50);
    assert.deepEqual(panel.host.edits, []);
    assert.equal(await panel.rationale.isEditable(), false);
    await panel.page.getByRole('button', { name: 'Revise' }).click();
    await panel.page.waitForTimeout(50);
    assert.deepEqual(panel.host.wishes, [{ kind: 'revise' }]);
  });

  it('does what a command of the editor asks for', async () => {
    await open();
    panel.host.command('view-written');
    await pressed(/^As written/).waitFor();
    panel.host.command('add-case');
    await panel.page.getByRole('dialog', { name: 'New case' }).waitFor();
  });

  function caseButton(id: string): Locator {
    return panel.page.locator(`tr[data-case="${id}"] button`);
  }

  function region(name: RegExp): Locator {
    return panel.page.getByRole('region', { name });
  }
});
