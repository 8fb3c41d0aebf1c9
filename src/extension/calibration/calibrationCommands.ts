import type { CommandTable } from '../commands/commands.ts';
import type { InspectNode } from '../inspection/inspectTree.ts';
import type { Services } from '../commands/services.ts';
import type { GoldChoice } from './keepAsGold.ts';

type CalibrationCommand = 'tiebreak.keepAsGold' | 'tiebreak.startQualification';

/** The commands on gold tasks; see `commandTable`. */
export function calibrationCommands(services: Services): Pick<CommandTable, CalibrationCommand> {
  const { desk, evaluator, notices, queue, store, toolVersion } = services;
  return {
    'tiebreak.keepAsGold': async (which) => {
      const { keepAsGold } = await import('./keepAsGold.ts');
      await keepAsGold(await store(), notices, { author: evaluator(), toolVersion }, goldChoice(which));
      queue.refresh();
    },
    'tiebreak.startQualification': () => desk.openQualification(),
  };
}

/** Reads a command's argument: a task's id, a row of the Inspect view, or a `GoldChoice`. */
function goldChoice(which: unknown): GoldChoice {
  if (typeof which === 'string') return { taskId: which };
  const node = which as InspectNode | undefined;
  if (node?.kind !== 'review') return (which as GoldChoice | undefined) ?? {};
  const { taskId, reviewId } = node.entry;
  return { taskId, reviewId };
}
