import type { KeyBinding, KeyTargets } from './keyBinding.ts';
import { caseFilters, lowers, type Lower } from './arrangement.ts';
import type { Model } from './model.ts';
import { inspectionBindings, isForAll, settlementBindings } from '../reviewer/reviewerKeys.ts';
import { verdicts } from '../text/verdicts.ts';

/** The keys of an evaluator, which do nothing while a person types. Chords belong to the editor; see `chords`. */
const keyBindings: readonly KeyBinding[] = [
  { key: 'w', group: 'Look', label: 'Answers as written', run: ({ actions }) => actions.view('written') },
  { key: 'c', group: 'Look', label: 'Code', run: ({ actions }) => actions.view('code') },
  { key: 'd', group: 'Look', label: 'Difference', run: ({ actions }) => actions.view('diff') },
  { key: 'x', group: 'Look', label: 'Next difference', run: (targets) => targets.nextDifference() },
  {
    key: 'h',
    group: 'Look',
    label: 'Ignore whitespace in the difference',
    run: ({ actions, model }) =>
      actions.compareBy({ ignoreWhitespace: !model.arrangement.compareBy.ignoreWhitespace }),
  },
  {
    key: 'm',
    group: 'Look',
    label: 'Ignore comments in the difference',
    run: ({ actions, model }) =>
      actions.compareBy({ ignoreComments: !model.arrangement.compareBy.ignoreComments }),
  },
  {
    key: 'l',
    group: 'Look',
    label: 'Format both answers before comparing',
    run: ({ actions, model }) => actions.compareBy({ format: !model.arrangement.compareBy.format }),
  },
  {
    key: 'p',
    group: 'Look',
    label: 'Collapse or expand the prompt',
    run: ({ model }) => model.arrange({ promptOpen: !model.arrangement.promptOpen }),
  },
  {
    key: 'Shift+P',
    group: 'Look',
    label: 'Show the prompt as plain text',
    run: ({ actions }) => actions.togglePlainPrompt(),
  },
  {
    key: 'y',
    group: 'Look',
    label: 'Scroll A and B together',
    run: ({ actions }) => actions.toggleScrollTogether(),
  },
  {
    key: 'a',
    group: 'Look',
    label: 'Give A, B or both the room of the answers',
    run: ({ actions }) => actions.giveRoom(),
  },
  {
    key: '[',
    group: 'Look',
    label: 'Next code block of A',
    run: ({ actions }) => actions.nextReading('A'),
  },
  {
    key: ']',
    group: 'Look',
    label: 'Next code block of B',
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
    label: 'Previous line (Shift extends)',
    run: (targets) => targets.moveSelection(-1, false),
  },
  {
    key: 'ArrowLeft',
    group: 'Look',
    label: 'Go to A in the difference',
    run: (targets) => targets.toSide('A'),
  },
  {
    key: 'ArrowRight',
    group: 'Look',
    label: 'Go to B in the difference',
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
    label: 'Compare the next pair of A, B and the ideal',
    run: ({ actions }) => actions.pair(),
  },
  { key: 'r', group: 'Run', label: 'Run both', run: ({ actions }) => actions.run() },
  {
    key: 'Shift+R',
    group: 'Run',
    label: 'Run both again, without cached results',
    run: ({ actions }) => actions.run(true),
  },
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
    run: ({ model }) => model.openCaseForm(),
  },
  { key: 'z', group: 'Run', label: 'Try an input on both', run: (targets) => targets.tryInput() },
  {
    key: 'Shift+D',
    group: 'Run',
    label: 'Find differences: inputs on which A and B disagree',
    run: (targets) => targets.findDifferences(),
  },
  {
    key: 'v',
    group: 'Run',
    label: 'Filter cases: all, splitting or yours',
    run: ({ model }) => model.arrange({ caseFilter: nextFilter(model) }),
  },
  {
    key: 'i',
    group: 'Run',
    label: 'Show cases, diagnostics or differences',
    run: ({ model }) => model.attend({ lower: nextLower(model) }),
  },
  ...verdicts.map(({ key, label, value }) => ({
    key,
    group: 'Judge' as const,
    needs: 'rank' as const,
    label,
    run: ({ actions }: KeyTargets) => actions.prefer(value),
  })),
  {
    key: 's',
    group: 'Judge',
    needs: 'scores',
    label: 'Score by the rubric: a digit scores and moves on',
    run: (targets) => targets.focusScores(),
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
    label:
      'Go to the next finding to flag (unknown API, unsafe code, code that games its tests); again: flag it',
    run: (targets) => targets.flagSuspicion(),
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
    key: 'Shift+S',
    group: 'Go to',
    label: 'Skip the task',
    run: ({ model }) => model.attend({ dialog: { kind: 'skip' } }),
  },
  { key: 'j', group: 'Go to', label: 'Next task', run: ({ actions }) => actions.next() },
  {
    key: '?',
    group: 'Go to',
    label: 'All keys',
    run: ({ model }) => model.attend({ dialog: { kind: 'keys' } }),
  },
];

/** The keys in a mode, for what the task asks for. */
export function bindingsOf({ mode, asked }: Pick<Model, 'mode' | 'asked'>): readonly KeyBinding[] {
  if (mode === 'judge')
    return keyBindings.filter(({ needs }) => needs === undefined || asked?.[needs] !== false);
  const own = mode === 'inspect' ? inspectionBindings : settlementBindings;
  return [...keyBindings.filter(isForAll), ...own];
}

/** Chords that the editor itself handles, for the list of keys. */
export const chords: readonly { readonly key: string; readonly label: string }[] = [
  { key: 'Ctrl+Enter', label: 'Submit and continue; in a dialog, save it' },
  { key: 'Ctrl+F', label: 'Find in the prompt and the answers' },
  { key: 'Alt+Z', label: 'Wrap long lines of code' },
  { key: 'Ctrl+Z', label: 'Undo the last preference, score or flag; in a text, undo typing' },
  { key: 'Esc', label: 'Close a list or dialog, leave a text field or the scores, stop a run or a search' },
];

/** The binding of a key press; `undefined` for chords, which belong to the editor. */
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

/** Whether a key is typed into a text field, so that it is not a command. */
export function isTyping(event: Event): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    (['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) && !isChoice(target) && !isReadOnly(target))
  );
}

/**
 * Whether a chord edits the text field that it is pressed in. The editor would run its own command as well, but late: a
 * late "select all" would let the next letter replace everything.
 */
export function isTextChord(event: KeyboardEvent): boolean {
  const chord = (event.ctrlKey || event.metaKey) && !event.altKey;
  return chord && ['a', 'z', 'y'].includes(event.key.toLowerCase()) && isTyping(event);
}

/** The chord that undoes a change of the judgement; in a text it undoes typing. */
export function isUndoChord(event: KeyboardEvent): boolean {
  const chord = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  return chord && event.key.toLowerCase() === 'z' && !isTyping(event);
}

export function isFindChord(event: KeyboardEvent): boolean {
  const chord = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  return chord && event.key.toLowerCase() === 'f';
}

/** The chord by which editors wrap long lines, in every keyboard layout. */
export function isWrapChord({ altKey, code, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  return altKey && code === 'KeyZ' && !ctrlKey && !metaKey && !shiftKey;
}

/** The chord that submits: in a form, the form; elsewhere the editor submits the review. */
export function isSubmitChord(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
}

function isChoice(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && ['radio', 'checkbox', 'button'].includes(target.type);
}

function isReadOnly(target: HTMLElement): boolean {
  return target instanceof HTMLTextAreaElement && target.readOnly;
}

function nextFilter({ arrangement }: Model): (typeof caseFilters)[number] {
  return caseFilters[(caseFilters.indexOf(arrangement.caseFilter) + 1) % caseFilters.length]!;
}

/** Differences are shown in turn only after a search was made. */
function nextLower({ attention, state }: Model): Lower {
  const { phase = 'idle', searches = [] } = state.differences ?? {};
  const isSearched = phase !== 'idle' || searches.length > 0;
  const shown = lowers.filter((lower) => lower !== 'differences' || isSearched);
  return shown[(shown.indexOf(attention.lower) + 1) % shown.length]!;
}

function cite(targets: KeyTargets): void {
  const { selection } = targets.model.attention;
  if (selection !== null) targets.insertInRationale(targets.actions.anchor(selection));
}
