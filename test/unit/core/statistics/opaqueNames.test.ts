import assert from 'node:assert/strict';
import { opaqueNames } from '../../../src/core/opaqueNames.ts';

describe('opaque names', () => {
  it('are the same for the same evaluator among others', () => {
    const alone = opaqueNames(['ada']).get('ada');
    assert.equal(opaqueNames(['zoe', 'ada', 'bob']).get('ada'), alone);
    assert.match(alone!, /^E-[0-9a-f]{4}$/);
  });

  it('tell any two apart, in longer names where short ones would be alike', () => {
    const many = Array.from({ length: 2_000 }, (_, at) => `evaluator-${at}`);
    const names = opaqueNames(many);
    assert.equal(new Set(names.values()).size, many.length);
    assert.ok([...names.values()].every((name) => name.length > 6));
  });
});
