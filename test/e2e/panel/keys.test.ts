import { strict as assert } from 'node:assert';
import { problem } from '../../../src/core/review/obstacle.ts';
import type { Locator } from 'playwright-core';
import { PanelPage } from '../panelFixture/page.ts';
import { sharedBrowser } from '../shared.ts';
import type { FixtureOptions } from '../panelFixture/host.ts';
import { chunkRationale, chunkRubric } from '../panelFixture/chunkTask.ts';

describe('the panel by keyboard', function () {
  let panel: PanelPage;
  afterEach(async () => {
    await panel.close();
    assert.deepEqual([...panel.pageErrors, ...panel.host.errors], []);
  });

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
    assert.deepEqual(panel.host.views, ['code', 'written', 'difference', 'diagnostics']);
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
  /** The number of highlighted rows, once the host has compared with the requested options. */
  const tinted = async () => {
    await panel.settled();
    return panel.page.locator('.row.only-a, .row.only-b').count();
  };

  it('ignores whitespace and comments in the difference, and includes them again', async () => {
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

  it('compares formatted code, whose lines cannot be selected', async () => {
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
    // The key right after Escape is not lost.
    await press('Escape', 'l');
    await panel.page.getByText('Formatted by Fixture').waitFor({ state: 'detached' });
    assert.equal(await tinted(), 4);
  });

  it('says why nothing is formatted', async () => {
    await open({ task: { ...pairOf('a', 'b').task!, language: 'cobol' } });
    await press('d', 'l');
    await panel.page.getByText('Not formatted: there is no formatter').waitFor();
  });

  it('says if only names, comments or whitespace differ', async () => {
    for (const [a, b, said] of [
      [
        'def f(a):\n    s = a\n    return s',
        'def f(b):\n    t = b\n    return t',
        'Only names differ: a → b, s → t.',
      ],
      ['x = 1  # one', 'x = 1', 'Only comments differ.'],
      ['f(1, 2)', 'f(1,2)', 'Only whitespace differs.'],
    ] as const) {
      await open(pairOf(a, b));
      await press('d');
      await panel.page.getByText(said).waitFor();
      if (said !== 'Only whitespace differs.') await panel.close();
    }
  });

  it('runs, runs again without the cache, and cancels', async () => {
    await open();
    await press('r', 'Shift+R', 'Escape');
    await panel.settled();
    assert.deepEqual(panel.host.requests, [
      { kind: 'run', fresh: false },
      { kind: 'run', fresh: true },
      { kind: 'cancel' },
    ]);
  });

  it('compares times on the case that was opened last, and asks for one if none is open', async () => {
    await open();
    await press('k');
    await panel.page.getByText('Open a case first').waitFor();
    await caseButton('size-zero').click();
    await panel.page.getByRole('button', { name: /^Compare times/ }).click();
    await caseButton('infinite generator').click();
    await press('k');
    panel.host.command('compare-times');
    await panel.settled();
    assert.deepEqual(panel.host.requests, [
      { kind: 'compareTimes', caseId: 'size-zero' },
      { kind: 'compareTimes', caseId: 'infinite generator' },
      { kind: 'compareTimes', caseId: 'infinite generator' },
    ]);
  });

  it('shows the progress and the result of a comparison of times, and can cancel it', async () => {
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
    assert.deepEqual(panel.host.requests, [{ kind: 'cancel' }]);
  });

  it('ranks with the digits on the buttons; the same digit again changes nothing', async () => {
    await open();
    const values = [-3, -2, -1, 0, 1, 2, 3, 'both-bad'] as const;
    const radios = panel.page.getByRole('radiogroup', { name: 'Preference' }).getByRole('radio');
    for (const [index, value] of values.entries()) {
      const digit = await radios.nth(index).locator('kbd').innerText();
      await press(digit, digit);
      await panel.settled();
      assert.equal(panel.host.draft.preference, value, digit);
      assert.equal(await radios.nth(index).getAttribute('aria-checked'), 'true');
      await radios.nth(index).click();
    }
    await panel.settled();
    assert.equal(panel.host.draft.preference, 'both-bad');
    assert.equal(panel.host.edits.length, values.length);
    await panel.page.getByRole('button', { name: 'Clear the preference' }).click();
    await panel.settled();
    assert.equal(panel.host.draft.preference, null);
  });

  it('judges a pair with cases in at most twenty keys apart from the text, without a click', async () => {
    const five = ['one', 'two', 'three', 'four', 'five'].map((id) => ({
      ...chunkRubric.criteria[0]!,
      id,
      title: `Criterion ${id}`,
    }));
    await open({ ran: true, rubric: { ...chunkRubric, criteria: five } });
    const keys = ['r', '2', 's', ...'5342513224'.split(''), 't'];
    await press(...keys);
    await panel.page.keyboard.insertText(chunkRationale);
    await panel.page.getByText('No errors').waitFor();
    assert.ok(keys.length + 1 <= 20, 'the chord that submits comes on top');
    assert.deepEqual(panel.host.requests, [{ kind: 'run', fresh: false }]);
    assert.equal(panel.host.draft.preference, -2);
    assert.equal(panel.host.draft.rationale, chunkRationale);
  });

  it('leads to missing parts by mouse and by key', async () => {
    await open();
    const missing = panel.page.getByRole('group', { name: 'Missing' });
    assert.equal(await missing.innerText(), 'Missing: preference, 6 scores, rationale');
    const focused = async (name: string) => {
      await missing.getByRole('button', { name }).focus();
      await press('Enter');
      await panel.settled();
      return panel.page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return element?.getAttribute('aria-label') ?? element?.localName;
      });
    };
    assert.equal(await focused('preference'), 'A much better');
    assert.match((await focused('6 scores')) ?? '', /^1: /);
    assert.equal(await focused('rationale'), 'textarea');
  });

  it('closes the innermost thing with each Escape', async () => {
    await open();
    await press('t');
    await panel.page.keyboard.type('@cas');
    await panel.page.locator('.proposals li').first().waitFor();
    await press('Escape');
    await panel.page.locator('.proposals li').first().waitFor({ state: 'detached' });
    await panel.page.keyboard.type('3');
    await panel.settled();
    assert.equal(panel.host.draft.rationale, '@cas3');
    await press('Escape', '3');
    await panel.settled();
    assert.deepEqual([panel.host.draft.rationale, panel.host.draft.preference], ['@cas3', -1]);
    await press('Escape');
    await panel.settled();
    assert.deepEqual(panel.host.requests, [{ kind: 'cancel' }]);
  });

  it('opens things in the editor, and moves to the next task', async () => {
    await open();
    await press('e', 'g', 'j');
    await panel.settled();
    assert.deepEqual(panel.host.requests, [
      { kind: 'open', target: { what: 'rationale' } },
      { kind: 'open', target: { what: 'native-diff' } },
      { kind: 'next' },
    ]);
  });

  it('leaves chords to the editor', async () => {
    await open();
    const prevented = panel.page.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          window.addEventListener('keydown', (event) => {
            if (event.key === 'Enter') requestAnimationFrame(() => resolve(event.defaultPrevented));
          });
        }),
    );
    await press('Control+d', 'Alt+1', 'Control+r', 'Meta+s', 'Control+Enter');
    assert.equal(await prevented, false);
    await panel.settled();
    assert.deepEqual(panel.host.edits, []);
    assert.deepEqual(panel.host.requests, []);
    assert.equal(await panel.page.getByRole('dialog').count(), 0);
  });

  it('selects lines, extends them, cites and flags them', async () => {
    await open();
    await press('c');
    await region(/^Answer B/).focus();
    await press('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Shift+ArrowDown', 'q');
    await panel.settled();
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

  it('shrinks a selection with the arrow in the opposite direction', async () => {
    await open();
    await press('c');
    await region(/^Answer A/).focus();
    await press('ArrowDown', 'ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowUp', 'q');
    await panel.settled();
    assert.equal(panel.host.draft.rationale, '@A:2-3');
  });

  it('leaves the arrow keys to other focused elements', async () => {
    await open();
    await press('c');
    await panel.page.getByRole('radiogroup', { name: 'Correctness of A' }).getByRole('radio').first().focus();
    await press('ArrowRight', 'ArrowDown');
    await panel.settled();
    assert.equal(await panel.page.locator('tiebreak-answers .row.selected').count(), 0);
    assert.equal(panel.host.draft.scores['first']?.['correctness'], 3);
  });

  it('makes each scale one tab stop', async () => {
    await open();
    const scale = panel.page.getByRole('radiogroup', { name: 'Correctness of A' });
    await scale.getByRole('radio').first().focus();
    await press('Tab');
    assert.equal(await scale.evaluate((element) => element.matches(':focus-within')), false);
  });

  it('shows the meaning of a score without a mouse', async () => {
    await open();
    await panel.page.getByRole('radiogroup', { name: 'Correctness of A' }).getByRole('radio').first().focus();
    await panel.page.locator('tiebreak-judgement').getByText('Does something else.').waitFor();
    await panel.page.getByRole('button', { name: /^Correctness/ }).press('Enter');
    await panel.page.getByText('Works for the example only.').waitFor();
  });

  it('changes the reading of an answer, and shows it', async () => {
    await open();
    const choice = panel.page.getByLabel('Code of answer A to run');
    const before = await choice.inputValue();
    await press('[');
    await panel.settled();
    assert.deepEqual(
      panel.host.edits.map(({ edit }) => edit.kind),
      ['reading'],
    );
    assert.notEqual(await choice.inputValue(), before);
    await panel.settled();
    assert.equal(await choice.inputValue(), panel.host.draft.readings['first']);
    await press(']');
    await panel.settled();
    assert.notEqual(panel.host.draft.readings['second'], undefined);
  });

  it('filters the cases, and switches to the diagnostics and back', async () => {
    await open();
    await press('v');
    await pressed(/^Splitting 3/).waitFor();
    assert.equal(await panel.page.locator('tiebreak-cases tbody tr').count(), 3);
    await press('i');
    await panel.page.getByText('"chunked" is unknown import symbol').waitFor();
    await press('i');
    await pressed(/^Splitting 3/).waitFor();
  });

  it('skips only with a reason', async () => {
    await open();
    await press('Shift+S');
    await panel.page.getByRole('dialog', { name: 'Skip task' }).waitFor();
    await panel.page.keyboard.type('s1 is not a reason');
    await panel.page.getByRole('button', { name: 'Skip', exact: true }).click();
    await panel.settled();
    assert.deepEqual(panel.host.requests, [{ kind: 'skip', reason: 's1 is not a reason' }]);
    assert.deepEqual(panel.host.edits, []);
  });

  it('focuses the rationale with "t" and "/", and restores the keys with Escape', async () => {
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
    await panel.settled();
    assert.match(panel.host.draft.rationale, /^@A is better/);
    assert.equal(await panel.rationale.inputValue(), panel.host.draft.rationale);
  });

  it('lists every key', async () => {
    await open();
    await press('?');
    const dialog = panel.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
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
    await panel.settled();
    assert.deepEqual(panel.host.requests, []);
    assert.deepEqual(panel.host.edits, []);
    await press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('shows why submitting was refused', async () => {
    await open();
    panel.host.problems = [problem('Choose a preference (keys 1 to 7, or 0 for both bad)')];
    await panel.page.getByRole('button', { name: /^Submit/ }).click();
    await panel.page.getByRole('alert').getByText('Choose a preference').waitFor();
    assert.deepEqual(panel.host.requests, [{ kind: 'submit' }]);
  });

  it('moves the edges between its parts, and keeps their positions', async () => {
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

  it('reports activity, but not with every key', async () => {
    await open();
    await press('w', 'c', 'd', 'w', 'c', 'd');
    await panel.settled();
    assert.equal(panel.host.activeEvents, 1);
  });

  it('does not change a submitted review until it is revised', async () => {
    const state = { ran: true };
    await open(state);
    const task = panel.host.state().task!;
    panel.host.send({ task: { ...task, submitted: true } });
    await panel.page.getByRole('button', { name: 'Revise' }).waitFor();
    await press('1', '0');
    await panel.settled();
    assert.deepEqual(panel.host.edits, []);
    assert.equal(await panel.rationale.isEditable(), false);
    await panel.page.getByRole('button', { name: 'Revise' }).click();
    await panel.settled();
    assert.deepEqual(panel.host.requests, [{ kind: 'revise' }]);
  });

  it('finds, wraps, scrolls together and undoes by commands of the editor', async () => {
    await open({ draft: { preference: 2 } });
    panel.host.command('find');
    await panel.settled();
    assert.equal(
      await panel.page.getByRole('textbox', { name: /^Find/ }).evaluate((field) => field.matches(':focus')),
      true,
    );
    await press('Escape');
    for (const [command, name] of [
      ['toggle-wrap', /^Wrap/],
      ['toggle-scroll-together', /^Sync/],
    ] as const) {
      panel.host.command(command);
      await panel.page.getByRole('button', { name, pressed: true }).waitFor();
      panel.host.command(command);
      await panel.page.getByRole('button', { name, pressed: false }).waitFor();
    }
    await press('3');
    await panel.until(() => panel.host.draft.preference !== 2);
    panel.host.command('undo');
    await panel.until(() => panel.host.draft.preference === 2);
  });

  it('carries out commands of the editor', async () => {
    await open();
    panel.host.command('view-written');
    await pressed(/^As written/).waitFor();
    panel.host.command('add-case');
    await panel.page.getByRole('dialog', { name: 'New case' }).waitFor();
  });

  function caseButton(id: string): Locator {
    return panel.page.locator(`tr[data-case="${id}"] button[aria-expanded]`);
  }

  function region(name: RegExp): Locator {
    return panel.page.getByRole('region', { name });
  }
});
