import assert from 'node:assert/strict';
import { once } from '../../../src/sessions/once.ts';

describe('loading once', () => {
  it('loads for the first of several calls at once', async () => {
    let loads = 0;
    const get = once(async () => (loads += 1));
    assert.deepEqual(await Promise.all([get(), get()]), [1, 1]);
    assert.equal(await get(), 1);
  });

  it('tries again after a failure', async () => {
    let loads = 0;
    const get = once(async () => {
      loads += 1;
      if (loads === 1) throw new Error('not there yet');
      return loads;
    });
    await assert.rejects(Promise.all([get(), get()]), /not there yet/);
    assert.equal(await get(), 2);
  });
});
