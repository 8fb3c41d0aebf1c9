import assert from 'node:assert/strict';
import { lintRationale, rules } from '../../../../src/core/rationale/lint.ts';
import { labelledRationales } from '../../../fixtures/labelled.ts';

const { all, absent } = labelledRationales();
const good = all.filter(({ fault }) => fault === undefined);
const bad = all.filter(({ fault }) => fault !== undefined);

describe('the labelled rationales', () => {
  if (absent !== undefined) it.skip(`of real pairs, because ${absent}`);

  it('are at least 60 good ones, of which 20 are long or unusual, and 120 bad ones of every rule', function () {
    assert.ok(good.length >= (absent === undefined ? 60 : 50), `${good.length} good ones`);
    assert.ok(good.filter(({ isLong }) => isLong).length >= (absent === undefined ? 20 : 15));
    assert.ok(bad.length >= 120, `${bad.length} bad ones`);
    for (const { id } of rules) assert.ok(bad.filter(({ fault }) => fault === id).length >= 5, id);
  });

  for (const { name, text, context } of good) {
    it(`are not blocked if they are good: ${name}`, () => {
      const blocking = lintRationale(text, context).filter(({ severity }) => severity === 'E');
      assert.deepEqual(blocking, []);
    });
  }

  it('have the expected warnings if they are good', () => {
    for (const { name, text, context, warned } of good) {
      const spoke = new Set(lintRationale(text, context).map(({ rule }) => rule));
      for (const rule of warned) assert.ok(spoke.has(rule), `${rule} no longer warns of ${name}`);
    }
  });

  for (const { name, text, context, fault } of bad) {
    it(`have a finding for their fault: ${name}`, () => {
      const found = lintRationale(text, context).map(({ rule }) => rule);
      assert.ok(found.includes(fault!), `found only ${[...new Set(found)].join(', ')}`);
    });
  }
});
