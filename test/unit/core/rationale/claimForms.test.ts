import assert from 'node:assert/strict';
import { findAnchors } from '../../../../src/core/rationale/anchors.ts';
import {
  claimSubjectForms,
  denialForms,
  exceptionForms,
  hedgeForms,
  objectForms,
  verbForms,
  wordForms,
} from '../../../../src/core/rationale/claimForms.ts';
import { claimsIn } from '../../../../src/core/rationale/claims.ts';
import { sentencesOf } from '../../../../src/core/rationale/sentences.ts';

/** The claims of a text about `@case:t1`: "A passes, B fails". */
function read(text: string): string {
  const claims = sentencesOf(text).flatMap((sentence) => claimsIn(sentence, findAnchors(text)));
  return claims.map(({ side, passes }) => `${side} ${passes ? 'passes' : 'fails'}`).join(', ');
}

/** The expected reading of a row's examples, by the verdict of the row. */
const claims = {
  none: '',
  passes: 'A passes',
  fails: 'A fails',
  denied: 'A fails',
  side: 'A passes',
  break: 'A passes',
  join: 'A passes, B passes',
  both: 'A passes, B passes',
  neither: 'A fails, B fails',
  'neither named': 'A fails, B fails',
  named: 'A passes',
  pair: 'A passes, B passes',
  place: 'A passes',
  'place of both': 'A passes, B passes',
  'pair of places': 'A passes, B passes',
} as const;

const tables = {
  'of hedges': hedgeForms,
  'of exceptions': exceptionForms,
  'of verbs': verbForms,
  'of denials': denialForms,
  'of words': wordForms,
  'of subjects': claimSubjectForms,
  'of objects': objectForms,
};

describe('the forms of a claim', () => {
  for (const [name, rows] of Object.entries(tables)) {
    describe(name, () => {
      for (const { example, counterExample, verdict } of rows) {
        it(`read “${example}” as ${verdict}, and “${counterExample}” not`, () => {
          assert.equal(read(example), claims[verdict]);
          assert.notEqual(read(counterExample), claims[verdict]);
        });
      }
    });
  }
});
