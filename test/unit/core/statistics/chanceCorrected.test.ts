import assert from 'node:assert/strict';
import { cohenKappa } from '../../../../src/core/statistics/cohen.ts';
import { fleissByTimes } from '../../../../src/core/statistics/fleiss.ts';
import { ac1ByTimes } from '../../../../src/core/statistics/gwet.ts';
import { alphaByTimes } from '../../../../src/core/statistics/krippendorff.ts';
import { patternsOf } from '../../../../src/core/statistics/patterns.ts';
import { rawAgreement } from '../../../../src/core/statistics/rawAgreement.ts';
import { assertDigits, coefficientOf, itemsOfTable, patternsOfCounts } from './tables.ts';

const three = [
  [13, 0, 0],
  [0, 20, 7],
  [0, 4, 56],
];
const twelve = [
  [0, 4, 1],
  [0, 8, 0],
  [0, 1, 5],
];
const paradox = [
  [118, 5],
  [2, 0],
];

describe('the coefficients of two raters on one table', () => {
  const patterns = patternsOf(itemsOfTable(three), 3);

  it('are those published for the table of 100', () => {
    const cohen = cohenKappa(three);
    assertDigits(cohen?.kappa, '.7964094');
    assertDigits(cohen?.standardError, '.05891072');
    // Scott's π is Fleiss' κ of two raters.
    assertDigits(coefficientOf(patterns, fleissByTimes), '.7962397');
    assertDigits(coefficientOf(patterns, ac1ByTimes), '.8493305');
    assert.equal(rawAgreement(patterns), 0.89);
  });

  it('differ where nearly all is of one kind: kappa falls below chance, AC1 does not', () => {
    assertDigits(cohenKappa(paradox)?.kappa, '-.023392');
    assertDigits(coefficientOf(patternsOf(itemsOfTable(paradox), 2), ac1ByTimes), '.940776');
  });
});

describe("Cohen's kappa", () => {
  it('has the published errors and interval, plain and linear', () => {
    const plain = cohenKappa(twelve);
    assertDigits(plain?.kappa, '.4842');
    assertDigits(plain?.standardError, '.1380');
    assertDigits(plain?.interval.low, '.2137');
    assertDigits(plain?.interval.high, '.7547');
    const linear = cohenKappa(twelve, 'linear');
    assertDigits(linear?.kappa, '.4701');
    assertDigits(linear?.standardError, '.1457');
  });

  it('gives more credit for near misses with quadratic weights', () => {
    const near = [
      [10, 5, 0],
      [5, 10, 5],
      [0, 5, 10],
    ];
    assert.ok(cohenKappa(near, 'quadratic')!.kappa > cohenKappa(near, 'linear')!.kappa);
  });

  it('does not exist without items, or if all ratings are equal', () => {
    assert.equal(cohenKappa([[0]]), undefined);
    assert.equal(
      cohenKappa([
        [5, 0],
        [0, 0],
      ]),
      undefined,
    );
  });
});

describe("Fleiss' kappa", () => {
  it('is .209931 on the 10 × 14 example', () => {
    const counts = patternsOfCounts(
      '0 0 0 0 14',
      '0 2 6 4 2',
      '0 0 3 5 6',
      '0 3 9 2 0',
      '2 2 8 1 1',
      '7 7 0 0 0',
      '3 2 6 3 0',
      '2 5 3 2 2',
      '6 5 2 1 0',
      '0 2 2 3 7',
    );
    assertDigits(coefficientOf(counts, fleissByTimes), '.209931');
  });

  it("is .4302445 on the 30 patients of Fleiss' paper", () => {
    assertDigits(
      coefficientOf(patternsOfCounts(...patients.trim().split(/,\s*/)), fleissByTimes),
      '.4302445',
    );
  });

  it('does not exist if the number of raters differs; alpha does', () => {
    const mixed = patternsOf([[0, 0], [1, 1, 0], [0, 1], [1]], 2);
    assert.equal(coefficientOf(mixed, fleissByTimes), undefined);
    assert.notEqual(
      coefficientOf(mixed, (patterns) => alphaByTimes(patterns, 'nominal')),
      undefined,
    );
  });
});

/** Depression, personality disorder, schizophrenia, neurosis, other: six psychiatrists each. */
const patients = `
  0 0 0 6 0, 0 3 0 0 3, 0 1 4 0 1, 0 0 0 0 6, 0 3 0 3 0, 2 0 4 0 0, 0 0 4 0 2,
  2 0 3 1 0, 2 0 0 4 0, 0 0 0 0 6, 1 0 0 5 0, 1 1 0 4 0, 0 3 3 0 0, 1 0 0 5 0,
  0 2 0 3 1, 0 0 5 0 1, 3 0 0 1 2, 5 1 0 0 0, 0 2 0 4 0, 1 0 2 0 3, 0 0 0 0 6,
  0 1 0 5 0, 0 2 0 1 3, 2 0 0 4 0, 1 0 0 4 1, 0 5 0 1 0, 4 0 0 0 2, 0 2 0 4 0,
  1 0 5 0 0, 0 0 0 0 6`;
