import assert from 'node:assert/strict';
import { ActiveClock, idleCutMs } from '../../../../src/extension/session/activeClock.ts';

describe('active time', () => {
  it('adds up the gaps between signs of life', () => {
    let now = 0;
    const clock = new ActiveClock(0, () => now);
    for (const at of [1_000, 4_000, 9_000]) {
      now = at;
      clock.sign();
    }
    assert.equal(clock.totalMs, 8_000);
  });

  it('counts a long pause as one idle limit', () => {
    let now = 0;
    const clock = new ActiveClock(0, () => now);
    clock.sign();
    now = 3_600_000;
    clock.sign();
    assert.equal(clock.totalMs, idleCutMs);
  });

  it('does not count the time the panel was out of sight', () => {
    let now = 0;
    const clock = new ActiveClock(500, () => now);
    clock.sign();
    clock.pause();
    now = 20_000;
    clock.sign();
    now = 21_000;
    clock.sign();
    assert.equal(clock.totalMs, 1_500);
  });

  it('never goes backwards when the machine clock does', () => {
    let now = 10_000;
    const clock = new ActiveClock(0, () => now);
    clock.sign();
    now = 2_000;
    clock.sign();
    assert.equal(clock.totalMs, 0);
  });
});
