import { goldReferences, type GoldReference } from '../core/gold.ts';
import { contentHash } from '../core/hash.ts';
import type { CalibrationContext } from '../core/statistics/calibration.ts';
import type { Store } from './store.ts';

/** What of a store tells which verdicts are known. */
export type GroundStore = Pick<Store, 'ledger' | 'reserve' | 'task'>;

/** What calibration is measured against: the known verdicts of the tasks that are here, and what duplicates repeat. */
export async function calibrationGround(
  store: GroundStore,
): Promise<Pick<CalibrationContext, 'gold' | 'duplicates'>> {
  const reserve = await store.reserve();
  const known = reserve.filter(({ use }) => use !== 'duplicate').map(({ taskId }) => taskId);
  return {
    gold: await referencesOn(store, known),
    duplicates: new Map(
      reserve.flatMap(({ taskId, repeats }) => (repeats === undefined ? [] : [[taskId, repeats]])),
    ),
  };
}

/** Task id → what is known of its verdict, for those of the tasks of which something is. */
export async function referencesOn(
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
