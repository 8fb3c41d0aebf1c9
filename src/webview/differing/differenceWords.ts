import type { DifferenceClass } from '../../core/differing/outcome.ts';
import { counted, duration } from '../text/format.ts';

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

/** `12,480 inputs tried in 9.8 s`. */
export function searchText({ pairs, ms }: { readonly pairs: number; readonly ms?: number }): string {
  const tried = `${pairs.toLocaleString('en')} ${pairs === 1 ? 'input' : 'inputs'} tried`;
  return ms === undefined ? tried : `${tried} in ${duration(ms)}`;
}

/** `no difference`, `1 difference`, `2 differences`. */
export function foundText(count: number): string {
  return count === 0 ? 'no difference' : counted(count, 'difference');
}
