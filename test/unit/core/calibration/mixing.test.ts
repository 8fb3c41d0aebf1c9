import assert from 'node:assert/strict';
import { shownOrder } from '../../../../src/core/task/blind.ts';
import { duplicateOf, swappedDuplicate } from '../../../../src/core/task/duplicate.ts';
import { calibrationSettingsSchema } from '../../../../src/core/calibration/gold.ts';
import { mixedToCome, nextPick, placeKind, type Supply } from '../../../../src/core/calibration/mixing.ts';
import { sampleTask } from '../../store/samples.ts';

const settings = calibrationSettingsSchema.parse({ goldShare: 0.1, duplicateShare: 0.05, seed: 's' });
const supply: Supply = { done: [], work: ['w1', 'w2'], gold: ['g1', 'g2', 'g3'], repeatable: [] };

function placesOf(evaluator: string, places: number, changes = {}) {
  return Array.from({ length: places }, (_, at) => placeKind(at, evaluator, { ...settings, ...changes }));
}

describe('mixing gold tasks and duplicates into the queue', () => {
  it('keeps the set rate in every block, at positions that differ between blocks and evaluators', () => {
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

  it('carries fractions over to the next block', () => {
    assert.equal(count(placesOf('ada', 400, { goldShare: 0.03, duplicateShare: 0 }), 'gold'), 12);
    assert.equal(count(placesOf('ada', 400, { goldShare: 0, duplicateShare: 0 }), 'work'), 400);
  });

  it('picks the kind of task for the position, and the same task after a restart', () => {
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

  it('continues with ordinary work if no gold task is left, and ends with the ordinary work', () => {
    const gold = placesOf('ada', 20).indexOf('gold');
    const done = Array.from({ length: gold }, (_, at) => `d${at}`);
    assert.deepEqual(nextPick({ ...supply, done, gold: [] }, 'ada', settings), {
      kind: 'work',
      taskId: 'w1',
    });
    assert.equal(nextPick({ ...supply, done, gold: [], work: [] }, 'ada', settings), undefined);
  });
});

describe('the number of remaining tasks, including injected tasks', () => {
  it('decreases by one with every submission, whatever the task', () => {
    const shares = { ...settings, duplicateShare: 0.1, duplicateGap: 3 };
    const golds = ['g1', 'g2', 'g3'];
    const kinds: string[] = [];
    const repeatable: number[] = [];
    let [work, gold] = [50, golds.length];
    const left: number[] = [];
    while (work > 0) {
      const done = kinds.map((_, at) => `d${at}`);
      left.push(work + mixedToCome({ done: done.length, work, gold, repeatable }, 'ada', shares));
      const pick = nextPick(
        {
          done,
          work: [`w${work}`],
          gold: golds.slice(golds.length - gold),
          repeatable: repeatable.map((at) => `d${at}`),
        },
        'ada',
        shares,
      )!;
      if (pick.kind === 'duplicate') repeatable.splice(repeatable.indexOf(Number(pick.of.slice(1))), 1);
      else if (pick.kind === 'gold') gold -= 1;
      else {
        work -= 1;
        repeatable.push(done.length);
      }
      kinds.push(pick.kind);
    }
    assert.deepEqual(
      left,
      left.map((_, at) => left.length - at),
    );
    assert.equal(count(kinds, 'gold'), 3);
    assert.ok(count(kinds, 'duplicate') >= 4);
  });
});

describe('a hidden duplicate', () => {
  const none = () => false;

  it('is the same task with the sides swapped', () => {
    for (let n = 0; n < 20; n += 1) {
      const task = sampleTask(`t${n}`, { tags: ['lists'], gold: { preference: { kind: 'tie' } } });
      const duplicate = swappedDuplicate(task, 'ada', 's', none);
      assert.deepEqual(shownOrder(duplicate, 'ada'), shownOrder(task, 'ada').toReversed());
      assert.equal(duplicateOf(duplicate), task.id);
      assert.equal(duplicateOf(task), undefined);
      const { gold: _, ...rest } = task;
      assert.deepEqual(duplicate, { ...rest, id: duplicate.id, source: duplicate.source });
      assert.deepEqual(swappedDuplicate(task, 'ada', 's', none), duplicate);
    }
  });

  const makes: [string, string, RegExp][] = [
    ['a number', 'task-0042', /^task-\d{4}$/],
    ['a hash', '9f86d081884c7d65', /^[0-9a-f]{16}$/],
    ['a UUID', '01890a5d-ac96-774b-bcce-b302099a8057', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
    ['words alone', 'chunk', /^chunk-\d$/],
  ];
  for (const [make, id, expected] of makes) {
    it(`has an id like its neighbours if theirs is ${make}`, () => {
      const other = swappedDuplicate(sampleTask(id), 'ada', 's', none).id;
      assert.match(other, expected);
      assert.notEqual(other, id);
    });
  }

  it('finds an id even if all ids of that length are taken', () => {
    const { id } = swappedDuplicate(sampleTask('t1'), 'ada', 's', (taken) => /^t\d$/.test(taken));
    assert.match(id, /^t\d\d$/);
  });
});

function count(places: readonly string[], kind: string): number {
  return places.filter((place) => place === kind).length;
}
