import assert from 'node:assert/strict';
import { fitDawidSkene, type Label } from '../../../../src/core/statistics/dawidSkene.ts';
import { assertDigits } from './tables.ts';

/** Fitness for anaesthesia of 45 patients: the first observer three times, the others once. */
const patients = `
  111 1 1 1 1, 333 4 3 3 4, 112 2 1 2 2, 222 3 1 2 1, 222 3 2 2 2, 222 3 3 2 2, 122 2 1 1 1, 333 3 4 3 3,
  222 2 2 2 3, 232 2 2 2 3, 444 4 4 4 4, 222 3 3 4 3, 111 1 1 1 1, 222 3 2 1 2, 121 1 1 1 1, 111 2 1 1 1,
  111 1 1 1 1, 111 1 1 1 1, 222 2 2 2 1, 222 1 3 2 2, 222 2 2 2 2, 222 2 2 2 1, 222 3 2 2 2, 221 2 2 2 2,
  111 1 1 1 1, 111 1 1 1 1, 232 2 2 2 2, 111 1 1 1 1, 111 1 1 1 1, 112 1 1 2 1, 111 1 1 1 1, 333 3 2 3 3,
  111 1 1 1 1, 222 2 2 2 2, 222 3 2 3 2, 433 4 3 4 3, 221 2 2 3 2, 232 3 2 3 3, 333 3 4 3 2, 111 1 1 1 1,
  111 1 1 1 1, 121 2 1 1 1, 232 2 2 2 2, 121 1 1 1 1, 222 2 2 2 2`;

const labels = patients
  .trim()
  .split(/,\s*/)
  .flatMap((row, patient): Label[] =>
    row.split(' ').flatMap((given, observer) =>
      given.split('').map((label) => ({
        item: `${patient}`,
        observer: `${observer + 1}`,
        label: Number(label) - 1,
      })),
    ),
  );

describe('Dawid–Skene', () => {
  it('finds the priors and error rates of the anaesthetists', () => {
    assert.equal(labels.length, 45 * 7);
    const { priors, errorRates, logLikelihood } = fitDawidSkene(labels, 4);
    ['.39955', '.42198', '.11180', '.06667'].forEach((printed, at) => assertDigits(priors[at], printed));
    const first = errorRates.get('1')!;
    ['.8895', '.8764', '.6612', '.4444'].forEach((printed, at) => assertDigits(first[at]![at], printed));
    assertDigits(logLikelihood, '-192.890881');
  });

  it('keeps the rates of an observer with few labels away from 0 and 1 with smoothing', () => {
    const { errorRates } = fitDawidSkene(labels.slice(0, 14), 4, 0.5);
    for (const row of errorRates.get('2')!) for (const rate of row) assert.ok(rate > 0 && rate < 1);
  });
});
