import type { Panel } from './panel.ts';

type Side = 'A' | 'B';

/** A rationale on `addTask` without findings; `end` describes the second line of the better answer. */
export const sumRationale = (good: Side, bad: Side, end = 'simply adds and passes every case'): string =>
  `@${good} is much better than @${bad}, because @${bad}:3 takes the absolute values, so @case:negative gives 3 instead of -3 there, while @${good}:2 ${end}.`;

/** Judges `addTask`, the only one, by mouse: runs both, ranks, scores, writes and submits. Resolves with the sides. */
export async function judgeSum(panel: Panel): Promise<{ good: Side; bad: Side }> {
  const good = await panel.sideWith('return a + b');
  const bad = good === 'A' ? 'B' : 'A';
  await panel.button(/^Run both/).click();
  await panel.verdict('negative', bad).filter({ hasText: 'fail' }).waitFor();
  await panel.radio(`${good} much better`).click();
  for (const criterion of ['Correctness', 'Clarity']) {
    await panel.radio(/^3/, `${criterion} of ${good}`).click();
    await panel.radio(/^1/, `${criterion} of ${bad}`).click();
  }
  await panel.rationale.fill(sumRationale(good, bad));
  await panel.button(/^Submit and next/).click();
  await panel.frame.getByRole('heading', { name: 'All done' }).waitFor();
  return { good, bad };
}
