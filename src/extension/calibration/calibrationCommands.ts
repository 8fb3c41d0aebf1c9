import type { CommandTable } from '../commands.ts';
import type { InspectNode } from '../inspection/inspectTree.ts';
import type { Parts } from '../parts.ts';
import type { GoldChoice } from './keepAsGold.ts';

type CalibrationCommand = 'tiebreak.keepAsGold' | 'tiebreak.startQualification';

/** What the commands on tasks whose verdict is known do; see `commandTable`. */
export function calibrationCommands(parts: Parts): Pick<CommandTable, CalibrationCommand> {
  const { context, desk, evaluator, queue, store } = parts;
  return {
    'tiebreak.keepAsGold': async (which) => {
      const { keepAsGold } = await import('./keepAsGold.ts');
      const toolVersion = String(context.extension.packageJSON.version);
      await keepAsGold(await store(), { author: evaluator(), toolVersion }, goldChoice(which));
      queue.refresh();
    },
    'tiebreak.startQualification': () => desk.openQualification(),
  };
}

/** A task given by its id, by the row of one of its reviews, or with answers to what would be asked. */
function goldChoice(which: unknown): GoldChoice {
  if (typeof which === 'string') return { taskId: which };
  const node = which as InspectNode | undefined;
  if (node?.kind !== 'review') return (which as GoldChoice | undefined) ?? {};
  const { taskId, reviewId } = node.entry;
  return { taskId, reviewId };
}
