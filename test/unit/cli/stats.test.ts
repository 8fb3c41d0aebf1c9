import assert from 'node:assert/strict';
import { openSqliteStore } from '../../../src/store/sqlite/open.ts';
import { generatedWithModels } from '../../fixtures/generatedModels.ts';
import type { Figures } from '../../../src/cli/statsText.ts';
import { Workplace } from './tiebreak.ts';
import { importReviews, importTasks } from '../../fixtures/imports.ts';

describe('tiebreak stats', () => {
  let place: Workplace;
  const { tasks, reviews } = generatedWithModels();
  before(async () => {
    place = new Workplace();
    const store = await openSqliteStore(place.database);
    await importTasks(store, tasks);
    await importReviews(store, reviews);
    await store.close();
  });
  after(() => place.remove());

  it('prints the figures, with neither evaluators nor models named', async () => {
    const { code, stdout, stderr } = await place.tiebreak(['stats']);
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^200 submitted, 187 in effect, 4 evaluators\n/);
    assert.match(stdout, /Models: not named\. To compare them, add --show-models\./);
    assert.match(stdout, /^ {2}E-[0-9a-f]{4} +16 +\d\d\.\d% \(/m);
    assert.match(stdout, /^ {2}All reviews, direction +\d+ +\d\d\.\d% +0\.\d\d \(/m);
    assert.doesNotMatch(stdout, /\b(ada|bob|cy|dee|amber|birch|cedar)\b/);
  });

  it('names models and evaluators when asked', async () => {
    const { code, stdout } = await place.tiebreak(['stats', '--show-models', '--show-evaluators']);
    assert.equal(code, 0);
    assert.match(stdout, /^Models \(187 votes\):$/m);
    assert.match(
      stdout,
      /^ {2}amber +124 +52 +52 +11 +9 +-?\d\.\d\d \(-?\d\.\d\d to -?\d\.\d\d\) .* [123] \([123] to [123]\)$/m,
    );
    assert.match(stdout, /^ {2}amber +birch +19 +29 +7 +9 +39\.6% \(27\.0% to 53\.7%\) +0\.69$/m);
    assert.match(stdout, /^ {2}position +-?\d\.\d\d \(/m);
    assert.match(stdout, /^ {2}ada +16 /m);
  });

  it('names no model of a task that the evaluator has yet to judge', async () => {
    const only = reviews.find(({ evaluator }) => evaluator === 'ada');
    const store = await openSqliteStore(place.path('own.db'));
    await importTasks(store, tasks);
    await importReviews(
      store,
      reviews.filter(({ evaluator }) => evaluator !== 'ada'),
    );
    await importReviews(store, [only!]);
    await store.close();
    const { stdout } = await place.tiebreak([
      'stats',
      '--show-models',
      '--as',
      'ada',
      '--db',
      'own.db',
      '--json',
    ]);
    const { models } = JSON.parse(stdout) as Figures;
    const first = tasks.find(({ id }) => id === only!.taskId)!;
    assert.deepEqual(
      new Set(models.models.map(({ model }) => model)),
      new Set(first.answers.map(({ model }) => model)),
    );
    assert.ok(models.withheld > 100);
  });

  it('prints the same as JSON', async () => {
    const { stdout } = await place.tiebreak(['stats', '--json', '--show-models']);
    const figures = JSON.parse(stdout) as Figures;
    assert.equal(figures.reviews.submitted, 200);
    assert.equal(figures.models.compared, 187);
    assert.deepEqual(figures.models.models.map(({ model }) => model).toSorted(), ['amber', 'birch', 'cedar']);
    assert.equal(figures.agreement.groups[0]!.name, 'All reviews');
  });

  it('says if nothing was submitted', async () => {
    const store = await openSqliteStore(place.path('empty.db'));
    await store.close();
    const { code, stdout } = await place.tiebreak(['stats', '--db', 'empty.db']);
    assert.deepEqual([code, stdout], [0, '0 submitted, 0 in effect, 0 evaluators\n']);
  });
});
