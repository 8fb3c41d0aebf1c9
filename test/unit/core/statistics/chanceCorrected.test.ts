import assert from 'node:assert/strict';
import { cohenKappa } from '../../../../src/core/statistics/cohen.ts';
import { fleissKappa } from '../../../../src/core/statistics/fleiss.ts';
import { gwetAc1, gwetAc2 } from '../../../../src/core/statistics/gwet.ts';
import { krippendorffAlpha } from '../../../../src/core/statistics/krippendorff.ts';
import { patternsOf } from '../../../../src/core/statistics/patterns.ts';
import { rawAgreement } from '../../../../src/core/statistics/rawAgreement.ts';
import { assertDigits, itemsOfTable, patternsOfCounts } from './tables.ts';

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
    assertDigits(fleissKappa(patterns), '.7962397');
    assertDigits(gwetAc1(patterns), '.8493305');
    assert.equal(rawAgreement(patterns), 0.89);
  });

  it('differ where nearly all is of one kind: kappa falls below chance, AC1 does not', () => {
    assertDigits(cohenKappa(paradox)?.kappa, '-.023392');
    assertDigits(gwetAc1(patternsOf(itemsOfTable(paradox), 2)), '.940776');
  });

  it('AC2 with credit for nothing but the same category is AC1', () => {
    const identity = three.map((_, row) => three.map((__, column) => (row === column ? 1 : 0)));
    assertDigits(gwetAc2(patterns, identity), '.8493305');
    const linear = three.map((_, row) => three.map((__, column) => 1 - Math.abs(row - column) / 2));
    // By hand: pa = .945, ΣW = 5, Σπ(1 − π) = .13·.87 + .255·.745 + .615·.385 = .53984; with π from the margins.
    const chance = (5 * (0.13 * 0.87 + 0.255 * 0.745 + 0.615 * 0.385)) / 6;
    assertDigits(gwetAc2(patterns, linear), ((0.945 - chance) / (1 - chance)).toFixed(6));
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

  it('does not exist for nothing, nor where both said the same of everything', () => {
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
    assertDigits(fleissKappa(counts), '.209931');
  });

  it("is .4302445 on the 30 patients of Fleiss' paper", () => {
    assertDigits(fleissKappa(patternsOfCounts(...patients.trim().split(/,\s*/))), '.4302445');
  });

  it('does not exist where the number of raters differs; alpha does', () => {
    const mixed = patternsOf([[0, 0], [1, 1, 0], [0, 1], [1]], 2);
    assert.equal(fleissKappa(mixed), undefined);
    assert.notEqual(krippendorffAlpha(mixed, 'nominal'), undefined);
  });
});

/** Depression, personality disorder, schizophrenia, neurosis, other: six psychiatrists each. */
const patients = `
  0 0 0 6 0, 0 3 0 0 3, 0 1 4 0 1, 0 0 0 0 6, 0 3 0 3 0, 2 0 4 0 0, 0 0 4 0 2,
  2 0 3 1 0, 2 0 0 4 0, 0 0 0 0 6, 1 0 0 5 0, 1 1 0 4 0, 0 3 3 0 0, 1 0 0 5 0,
  0 2 0 3 1, 0 0 5 0 1, 3 0 0 1 2, 5 1 0 0 0, 0 2 0 4 0, 1 0 2 0 3, 0 0 0 0 6,
  0 1 0 5 0, 0 2 0 1 3, 2 0 0 4 0, 1 0 0 4 1, 0 5 0 1 0, 4 0 0 0 2, 0 2 0 4 0,
  1 0 5 0 0, 0 0 0 0 6`;
