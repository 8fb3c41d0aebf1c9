import type { KeyBinding, KeyTargets } from './keyBinding.ts';
import { caseFilters, type Model } from './model.ts';
import { inspectionBindings, isForAll, settlementBindings } from './reviewer/reviewerKeys.ts';

const preferences = [
  'A much better',
  'A better',
  'A slightly better',
  'Tie',
  'B slightly better',
  'B better',
  'B much better',
] as const;

/** Every single key of an evaluator. Chords are the editor's and listed in `chords`; none of these fires while a person types. */
const keyBindings: readonly KeyBinding[] = [
  { key: 'w', group: 'Look', label: 'Answers as written', run: ({ actions }) => actions.view('written') },
  { key: 'c', group: 'Look', label: 'Code', run: ({ actions }) => actions.view('code') },
  { key: 'd', group: 'Look', label: 'Difference', run: ({ actions }) => actions.view('diff') },
  { key: 'x', group: 'Look', label: 'Next difference', run: (targets) => targets.nextDifference() },
  {
    key: 'h',
    group: 'Look',
    label: 'Leave white space out of the difference',
    run: ({ actions, model }) =>
      actions.compareBy({ ignoreWhitespace: !model.arrangement.compareBy.ignoreWhitespace }),
  },
  {
    key: 'm',
    group: 'Look',
    label: 'Leave comments out of the difference',
    run: ({ actions, model }) =>
      actions.compareBy({ ignoreComments: !model.arrangement.compareBy.ignoreComments }),
  },
  {
    key: 'l',
    group: 'Look',
    label: 'Format both before they are compared',
    run: ({ actions, model }) => actions.compareBy({ format: !model.arrangement.compareBy.format }),
  },
  {
    key: 'p',
    group: 'Look',
    label: 'Fold or unfold the prompt',
    run: ({ model }) => model.arrange({ promptOpen: !model.arrangement.promptOpen }),
  },
  {
    key: '[',
    group: 'Look',
    label: 'Next reading of A’s files',
    run: ({ actions }) => actions.nextReading('A'),
  },
  {
    key: ']',
    group: 'Look',
    label: 'Next reading of B’s files',
    run: ({ actions }) => actions.nextReading('B'),
  },
  {
    key: 'ArrowDown',
    group: 'Look',
    label: 'Next line (Shift extends)',
    run: (targets) => targets.moveSelection(1, false),
  },
  {
    key: 'ArrowUp',
    group: 'Look',
    label: 'Line before (Shift extends)',
    run: (targets) => targets.moveSelection(-1, false),
  },
  {
    key: 'ArrowLeft',
    group: 'Look',
    label: 'To A, in the difference',
    run: (targets) => targets.toSide('A'),
  },
  {
    key: 'ArrowRight',
    group: 'Look',
    label: 'To B, in the difference',
    run: (targets) => targets.toSide('B'),
  },
  { key: 'Shift+ArrowDown', group: 'Look', label: '', run: (targets) => targets.moveSelection(1, true) },
  { key: 'Shift+ArrowUp', group: 'Look', label: '', run: (targets) => targets.moveSelection(-1, true) },
  {
    key: 'g',
    group: 'Look',
    label: 'Open in the diff editor',
    run: ({ actions }) => actions.open({ what: 'native-diff' }),
  },
  {
    key: 'b',
    group: 'Look',
    label: 'Next pair of A, B and the ideal',
    run: ({ actions }) => actions.pair(),
  },
  { key: 'r', group: 'Run', label: 'Run both', run: ({ actions }) => actions.run() },
  { key: 'Shift+R', group: 'Run', label: 'Run both anew', run: ({ actions }) => actions.run(true) },
  {
    key: 'k',
    group: 'Run',
    label: 'Compare times on the open case',
    run: ({ actions }) => actions.compareTimes(),
  },
  {
    key: 'n',
    group: 'Run',
    label: 'New case',
    run: ({ model }) => model.attend({ dialog: { kind: 'case' } }),
  },
  {
    key: 'v',
    group: 'Run',
    label: 'All, splitting or own cases',
    run: ({ model }) => model.arrange({ caseFilter: nextFilter(model) }),
  },
  {
    key: 'i',
    group: 'Run',
    label: 'Cases or diagnostics',
    run: ({ model }) => model.attend({ lower: model.attention.lower === 'cases' ? 'diagnostics' : 'cases' }),
  },
  ...preferences.map((label, index) => ({
    key: String(index + 1),
    group: 'Judge' as const,
    needs: 'rank' as const,
    label,
    run: ({ actions }: KeyTargets) => actions.prefer((index - 3) as -3),
  })),
  {
    key: '0',
    group: 'Judge',
    needs: 'rank',
    label: 'Both bad',
    run: ({ actions }) => actions.prefer('both-bad'),
  },
  {
    key: 'f',
    group: 'Judge',
    needs: 'judgement',
    label: 'Flag the selected lines',
    run: ({ model }) => model.attend({ dialog: { kind: 'flag' } }),
  },
  {
    key: 'u',
    group: 'Judge',
    needs: 'judgement',
    label: 'Flag the unknown API or unsafe code that was found',
    run: ({ actions }) => actions.flagNextSuspicion(),
  },
  {
    key: 't',
    also: '/',
    group: 'Write',
    needs: 'judgement',
    label: 'Write the rationale',
    run: (targets) => targets.focusRationale(),
  },
  {
    key: 'q',
    group: 'Write',
    needs: 'judgement',
    label: 'Cite the selected lines',
    run: (targets) => cite(targets),
  },
  {
    key: '.',
    group: 'Write',
    needs: 'judgement',
    label: 'Apply the first fix',
    run: (targets) => targets.applyFirstFix(),
  },
  {
    key: 'e',
    group: 'Write',
    needs: 'judgement',
    label: 'Open the rationale as a document',
    run: ({ actions }) => actions.open({ what: 'rationale' }),
  },
  {
    key: 'o',
    group: 'Write',
    label: 'Write the ideal solution',
    run: ({ actions }) => actions.open({ what: 'ideal' }),
  },
  {
    key: 's',
    group: 'Move on',
    label: 'Skip the task',
    run: ({ model }) => model.attend({ dialog: { kind: 'skip' } }),
  },
  { key: 'j', group: 'Move on', label: 'Next task', run: ({ actions }) => actions.next() },
  {
    key: '?',
    group: 'Move on',
    label: 'All keys',
    run: ({ model }) => model.attend({ dialog: { kind: 'keys' } }),
  },
];

/** The keys as they are where a person judges what the task asks for, inspects or settles. */
export function bindingsOf({ mode, asked }: Pick<Model, 'mode' | 'asked'>): readonly KeyBinding[] {
  if (mode === 'judge')
    return keyBindings.filter(({ needs }) => needs === undefined || asked?.[needs] !== false);
  const own = mode === 'inspect' ? inspectionBindings : settlementBindings;
  return [...keyBindings.filter(isForAll), ...own];
}

/** Chords that the editor itself handles, for the list of keys. */
export const chords: readonly { readonly key: string; readonly label: string }[] = [
  { key: 'Ctrl+Enter', label: 'Submit and open the next' },
  { key: 'Esc', label: 'Leave a text, close a dialog, stop a run' },
];

/** The binding of a key press; none for chords, which belong to the editor. */
export function bindingOf(event: KeyboardEvent, model: Model): KeyBinding | undefined {
  const bindings = bindingsOf(model);
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const shifted = `Shift+${event.key.length === 1 ? event.key.toUpperCase() : event.key}`;
  return (
    (event.shiftKey ? bindings.find((binding) => binding.key === shifted) : undefined) ??
    bindings.find(
      (binding) => (binding.key === key || binding.also === key) && (!event.shiftKey || !/^[a-z]$/.test(key)),
    )
  );
}

/** Whether a key goes into a text: then it is nobody's command. */
export function isTyping(event: Event): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    (['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) && !isChoice(target) && !isReadOnly(target))
  );
}

/**
 * Whether a chord edits the text it is pressed in. The editor answers such a chord too, once its message arrives: by then
 * the person types on, and what the late "select all" selects is gone with the next letter.
 */
export function isTextChord(event: KeyboardEvent): boolean {
  const chord = (event.ctrlKey || event.metaKey) && !event.altKey;
  return chord && ['a', 'z', 'y'].includes(event.key.toLowerCase()) && isTyping(event);
}

/** Radio buttons and check boxes take no text. */
function isChoice(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && ['radio', 'checkbox', 'button'].includes(target.type);
}

/** A text that is only shown takes no key. */
function isReadOnly(target: HTMLElement): boolean {
  return target instanceof HTMLTextAreaElement && target.readOnly;
}

function nextFilter({ arrangement }: Model): (typeof caseFilters)[number] {
  return caseFilters[(caseFilters.indexOf(arrangement.caseFilter) + 1) % caseFilters.length]!;
}

function cite(targets: KeyTargets): void {
  const { selection } = targets.model.attention;
  if (selection !== null) targets.insertInRationale(targets.actions.anchor(selection));
}
