import { decisionKinds } from '../../core/inspection.ts';
import { decisionNames } from '../format.ts';
import type { KeyBinding } from '../keyBinding.ts';

/** Keys that change a judgement: a reviewer looks at one that stands. */
const judging = new Set('[ ] n f u q . e o k s j r Shift+R t 0 1 2 3 4 5 6 7'.split(' '));

/** Whether a key means the same to whoever looks at a task. */
export function isForAll({ key }: KeyBinding): boolean {
  return !judging.has(key);
}

/** What the keys do for every reviewer. */
const common: readonly KeyBinding[] = [
  { key: 'r', group: 'Run', label: 'Replay every recorded run', run: ({ actions }) => actions.run() },
  { key: 'j', group: 'Move on', label: 'Next review to inspect', run: ({ actions }) => actions.next() },
];

/** A key that decides, and shows what it has decided. */
function deciding(decide: KeyBinding['run']): KeyBinding['run'] {
  return (targets) => {
    targets.showJudgement();
    decide(targets);
  };
}

/** What the keys do where a review is inspected. */
export const inspectionBindings: readonly KeyBinding[] = [
  ...common,
  ...decisionKinds.map((kind, index) => ({
    key: String(index + 1),
    group: 'Judge' as const,
    label: decisionNames[kind],
    run: deciding(({ actions }) => actions.decide(kind)),
  })),
  {
    key: 'k',
    group: 'Write',
    label: 'Comment on the selected text of the rationale',
    run: (targets) => targets.comment(),
  },
];

/** What the keys do where reviews are settled. */
export const settlementBindings: readonly KeyBinding[] = [
  ...common,
  ...([-3, -2, -1, 0, 1, 2, 3] as const).map((value, index) => ({
    key: String(index + 1),
    group: 'Judge' as const,
    label:
      value === 0
        ? 'Tie'
        : `${value < 0 ? 'A' : 'B'} ${['', 'slightly better', 'better', 'much better'][Math.abs(value)]}`,
    run: deciding(({ actions }) => actions.settle({ kind: 'verdict', value })),
  })),
  {
    key: '0',
    group: 'Judge',
    label: 'Both bad',
    run: deciding(({ actions }) => actions.settle({ kind: 'verdict', value: 'both-bad' })),
  },
  {
    key: 'u',
    group: 'Judge',
    label: 'Unresolved',
    run: deciding(({ actions }) => actions.settle({ kind: 'verdict', value: 'unresolved' })),
  },
];
