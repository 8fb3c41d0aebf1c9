import assert from 'node:assert/strict';
import { choiceForms, choosingForms } from '../../../../src/core/rationale/choice.ts';
import {
  concedingForms,
  denyingForms,
  narrowingForms,
  objectForms,
  subjectForms,
} from '../../../../src/core/rationale/clauses.ts';
import { comparingForms, comparisonForms } from '../../../../src/core/rationale/comparison.ts';
import { creditForms, evenForms, soleForms, wantingForms } from '../../../../src/core/rationale/implied.ts';
import { placingForms, rankingForms } from '../../../../src/core/rationale/placings.ts';
import { bothForms, sharedForms } from '../../../../src/core/rationale/sharedForms.ts';
import { nameForms, verdictsIn } from '../../../../src/core/rationale/verdict.ts';

function read(text: string): string[] {
  return verdictsIn(text).map(({ verdict }) => (verdict.kind === 'better' ? verdict.side : verdict.kind));
}

interface Row {
  readonly example: string;
  readonly counterExample: string;
  /** The reading of the example; `none` without a verdict. */
  readonly verdict: string;
}

const places = { first: 'A', second: 'B', tie: 'tie' } as const;

const silent = new Set(['none', 'end', 'denied']);

/** Rows in whose examples @A is ahead, or none. */
function ofA(rows: readonly Row[]): Row[] {
  return rows.map((row) => ({ ...row, verdict: silent.has(row.verdict) ? 'none' : 'A' }));
}

const tables: Readonly<Record<string, readonly Row[]>> = {
  'of both answers': [...sharedForms, ...bothForms],
  'that place one answer beside the other': [...rankingForms, ...placingForms].map((row) => ({
    ...row,
    verdict: places[row.verdict],
  })),
  'that compare the answers': ofA([...comparingForms, ...comparisonForms]),
  'that lead to the answer of a comparison': ofA([...subjectForms, ...objectForms]),
  'that deny a verdict': ofA(denyingForms),
  'that name an answer first': ofA(nameForms),
  'that leave one answer': ofA(soleForms),
  'that find fault with both answers': wantingForms,
  'that deny both answers the lead': evenForms,
  'that credit an answer': ofA(creditForms),
  'that choose an answer': ofA([...choosingForms, ...choiceForms]),
};

describe('the forms of a verdict', () => {
  for (const [name, rows] of Object.entries(tables)) {
    describe(name, () => {
      for (const { example, counterExample, verdict } of rows) {
        it(`read “${example}” as ${verdict}, and “${counterExample}” not`, () => {
          assert.deepEqual(read(example), verdict === 'none' ? [] : [verdict]);
          const counter = read(counterExample);
          assert.ok(!(counter.length === 0 ? ['none'] : counter).includes(verdict), counter.join());
        });
      }
    });
  }

  describe('that weaken a verdict', () => {
    for (const { example, counterExample, verdict } of [...narrowingForms, ...concedingForms]) {
      it(`read “${example}” as ${verdict}, and “${counterExample}” not`, () => {
        const strengths = (text: string) =>
          verdictsIn(text).map(({ weak }) => ({ side: read(text).join(), weak }));
        assert.deepEqual(strengths(example), [{ side: 'A', weak: true }]);
        assert.deepEqual(strengths(counterExample), [{ side: 'A', weak: false }]);
      });
    }
  });
});
