import assert from 'node:assert/strict';
import { ActiveClock, idleCutMs } from '../../../../src/sessions/review/activeClock.ts';

describe('active time', () => {
  it('adds up the gaps between activities', () => {
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

  it('continues after the last activity up to the idle limit, and then as idle time', () => {
    let now = 0;
    const clock = new ActiveClock(0, () => now);
    clock.sign();
    now = 25_000;
    assert.equal(clock.totalMs, 25_000);
    clock.sign();
    now = 70_000;
    assert.equal(clock.totalMs, 55_000);
    clock.pause();
    now = 90_000;
    assert.deepEqual(clock.take(), { activeMs: 55_000, idleMs: 15_000 });
  });

  it('takes each period once, and counts at most ten minutes of idle time', () => {
    let now = 0;
    const clock = new ActiveClock(5_000, () => now);
    clock.sign();
    now = 10_000;
    assert.deepEqual(clock.take(), { activeMs: 10_000, idleMs: 0 });
    now = 20_000_000;
    assert.deepEqual(clock.take(), { activeMs: 20_000, idleMs: 600_000 });
    assert.deepEqual(clock.take(), { activeMs: 0, idleMs: 0 });
    assert.equal(clock.totalMs, 35_000);
  });

  it('starts a revision from zero', () => {
    let now = 0;
    const clock = new ActiveClock(0, () => now);
    clock.sign();
    now = 10_000;
    clock.restart();
    now = 12_000;
    assert.equal(clock.totalMs, 2_000);
  });
});
