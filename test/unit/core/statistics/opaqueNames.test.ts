import assert from 'node:assert/strict';
import { opaqueNames } from '../../../../src/core/statistics/opaqueNames.ts';

describe('opaque names', () => {
  it('are the same for the same evaluator among others', () => {
    const alone = opaqueNames(['ada']).get('ada');
    assert.equal(opaqueNames(['zoe', 'ada', 'bob']).get('ada'), alone);
    assert.match(alone!, /^E-[0-9a-f]{4}$/);
  });

  it('are distinct, and longer if short names would be equal', () => {
    const many = Array.from({ length: 2_000 }, (_, at) => `evaluator-${at}`);
    const names = opaqueNames(many);
    assert.equal(new Set(names.values()).size, many.length);
    assert.ok([...names.values()].every((name) => name.length > 6));
  });
});
