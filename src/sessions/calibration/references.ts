import { goldReferences, type GoldReference } from '../../core/calibration/gold.ts';
import { contentHash } from '../../core/text/hash.ts';
import type { CalibrationContext } from '../../core/statistics/calibration.ts';
import type { Store } from '../../store/store.ts';

/** The part of a store that gold verdicts are read from. */
export type ReferenceStore = Pick<Store, 'ledger' | 'reserve' | 'task'>;

/** The references of calibration: the gold verdicts of the stored tasks, and the originals of duplicates. */
export async function goldAndDuplicates(
  store: ReferenceStore,
): Promise<Pick<CalibrationContext, 'gold' | 'duplicates'>> {
  const reserve = await store.reserve();
  const known = reserve.filter(({ use }) => use !== 'duplicate').map(({ taskId }) => taskId);
  return {
    gold: await goldReferencesOf(store, known),
    duplicates: new Map(
      reserve.flatMap(({ taskId, repeats }) => (repeats === undefined ? [] : [[taskId, repeats]])),
    ),
  };
}

/** Task id → gold verdict, for the tasks that have one. */
export async function goldReferencesOf(
  store: Pick<Store, 'ledger' | 'task'>,
  taskIds: readonly string[],
): Promise<Map<string, GoldReference>> {
  const verdicts = (await store.ledger({ kind: 'gold' })).map(({ record }) => record);
  const decided = new Set(verdicts.map(({ taskId }) => taskId));
  const tasks = await Promise.all(taskIds.map((taskId) => store.task(taskId)));
  const hashed = tasks.flatMap((task) =>
    task === undefined ? [] : [{ task, hash: decided.has(task.id) ? contentHash(task) : '' }],
  );
  return goldReferences(hashed, verdicts);
}
