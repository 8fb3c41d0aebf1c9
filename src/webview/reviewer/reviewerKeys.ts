import { decisionKinds } from '../../core/inspection/kinds.ts';
import { decisionNames } from '../text/format.ts';
import type { KeyBinding } from '../state/keyBinding.ts';
import { verdicts } from '../text/verdicts.ts';

/** Keys that change a judgement: a reviewer cannot use them. */
const judging = new Set('[ ] n z f u q . e o k s Shift+S Shift+D j r Shift+R t 0 1 2 3 4 5 6 7'.split(' '));

/** Whether a key does the same for evaluators and reviewers. */
export function isForAll({ key }: KeyBinding): boolean {
  return !judging.has(key);
}

const common: readonly KeyBinding[] = [
  {
    key: 'r',
    group: 'Run',
    label: 'Replay every recorded run and difference',
    run: ({ actions }) => actions.run(),
  },
  { key: 'j', group: 'Go to', label: 'Next review to inspect', run: ({ actions }) => actions.next() },
];

/** Shows the judgement before the key sets the decision. */
function deciding(decide: KeyBinding['run']): KeyBinding['run'] {
  return (targets) => {
    targets.showJudgement();
    decide(targets);
  };
}

export const inspectionBindings: readonly KeyBinding[] = [
  ...common,
  ...decisionKinds.map((kind, index) => ({
    key: String(index + 1),
    group: 'Judge' as const,
    label: decisionNames[kind],
    run: deciding(({ actions }) => actions.decide(kind)),
  })),
  {
    key: 'Shift+A',
    group: 'Judge',
    label: 'Approve and submit the inspection',
    run: deciding(({ actions }) => {
      actions.decide('approve');
      void actions.submit();
    }),
  },
  {
    key: 's',
    group: 'Judge',
    label: 'Score the rationale: a digit scores and moves on',
    run: (targets) => targets.focusScores(),
  },
  {
    key: 'k',
    group: 'Write',
    label: 'Comment on the selected text of the rationale',
    run: (targets) => targets.comment(),
  },
];

export const settlementBindings: readonly KeyBinding[] = [
  ...common,
  ...verdicts.map(({ key, label, value }) => ({
    key,
    group: 'Judge' as const,
    label,
    run: deciding(({ actions }) => actions.settleAs(value)),
  })),
  {
    key: 'u',
    group: 'Judge',
    label: 'Unresolved',
    run: deciding(({ actions }) => actions.settleAs('unresolved')),
  },
];
