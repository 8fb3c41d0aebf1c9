import type { DifferenceClass } from '../../core/differing/outcome.ts';

/** How two answers differ, in words. */
export const classNames: Readonly<Record<DifferenceClass, { name: string; title: string }>> = {
  value: { name: 'different results', title: 'Both answers end, with different results' },
  crash: { name: 'one fails', title: 'One answer ends with an error' },
  timeout: { name: 'one runs into a limit', title: 'One answer runs into a limit of time, memory or output' },
  slow: {
    name: 'one is slower',
    title: 'The results are equal, and one answer takes at least ten times longer',
  },
};
