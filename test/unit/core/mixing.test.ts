import assert from 'node:assert/strict';
import { shownOrder } from '../../../src/core/blind.ts';
import { duplicateOf, swappedDuplicate } from '../../../src/core/duplicate.ts';
import { calibrationSettingsSchema } from '../../../src/core/gold.ts';
import { nextPick, placeKind, type Supply } from '../../../src/core/mixing.ts';
import { sampleTask } from '../store/samples.ts';

const settings = calibrationSettingsSchema.parse({ goldShare: 0.1, duplicateShare: 0.05, seed: 's' });
const supply: Supply = { done: [], work: ['w1', 'w2'], gold: ['g1', 'g2', 'g3'], repeatable: [] };

function placesOf(evaluator: string, places: number, changes = {}) {
  return Array.from({ length: places }, (_, at) => placeKind(at, evaluator, { ...settings, ...changes }));
}

describe('mixing gold tasks and duplicates into the queue', () => {
  it('keeps the set rate in every stretch, at places that differ from stretch to stretch and person to person', () => {
    const places = placesOf('ada', 400);
    for (let at = 0; at < 400; at += 20) {
      const some = places.slice(at, at + 20);
      assert.deepEqual([count(some, 'gold'), count(some, 'duplicate')], [2, 1]);
    }
    const golds = (some: readonly string[]) =>
      some.flatMap((kind, at) => (kind === 'gold' ? [at] : [])).join();
    assert.notEqual(golds(places.slice(0, 20)), golds(places.slice(20, 40)));
    assert.notEqual(golds(placesOf('bob', 20)), golds(places.slice(0, 20)));
    assert.deepEqual(placesOf('ada', 400), places);
  });

  it('carries over what is left of a place', () => {
    assert.equal(count(placesOf('ada', 400, { goldShare: 0.03, duplicateShare: 0 }), 'gold'), 12);
    assert.equal(count(placesOf('ada', 400, { goldShare: 0, duplicateShare: 0 }), 'work'), 400);
  });

  it('picks what the place asks for, and the same again after a restart', () => {
    const done = Array.from({ length: 60 }, (_, at) => `d${at}`);
    const picks = done.map((_, at) =>
      nextPick({ ...supply, done: done.slice(0, at), repeatable: done.slice(0, at) }, 'ada', settings),
    );
    picks.forEach((pick, at) => {
      const kind = placeKind(at, 'ada', settings);
      if (kind === 'gold') assert.ok(pick?.kind === 'gold' && supply.gold.includes(pick.taskId));
      if (kind === 'work') assert.deepEqual(pick, { kind: 'work', taskId: 'w1' });
      if (pick?.kind === 'duplicate') assert.ok(at - done.indexOf(pick.of) > settings.duplicateGap);
    });
    assert.ok(picks.some((pick) => pick?.kind === 'duplicate'));
    const again = nextPick({ ...supply, done: done.slice(0, 5) }, 'ada', settings);
    assert.deepEqual(again, picks[5]);
  });

  it('goes on with work where there is no gold left, and ends with it', () => {
    const gold = placesOf('ada', 20).indexOf('gold');
    const done = Array.from({ length: gold }, (_, at) => `d${at}`);
    assert.deepEqual(nextPick({ ...supply, done, gold: [] }, 'ada', settings), {
      kind: 'work',
      taskId: 'w1',
    });
    assert.equal(nextPick({ ...supply, done, gold: [], work: [] }, 'ada', settings), undefined);
  });
});

describe('a hidden duplicate', () => {
  it('is the same task with the sides swapped, under an id that gives nothing away', () => {
    for (let n = 0; n < 20; n += 1) {
      const task = sampleTask(`t${n}`, { tags: ['lists'], gold: { preference: { kind: 'tie' } } });
      const duplicate = swappedDuplicate(task, 'ada', 's');
      assert.deepEqual(shownOrder(duplicate, 'ada'), shownOrder(task, 'ada').toReversed());
      assert.equal(duplicateOf(duplicate), task.id);
      assert.equal(duplicateOf(task), undefined);
      const { gold: _, ...rest } = task;
      assert.deepEqual(duplicate, { ...rest, id: duplicate.id, source: duplicate.source });
      assert.match(duplicate.id, /^[0-9a-f]{12}$/);
      assert.deepEqual(swappedDuplicate(task, 'ada', 's'), duplicate);
    }
  });
});

function count(places: readonly string[], kind: string): number {
  return places.filter((place) => place === kind).length;
}
