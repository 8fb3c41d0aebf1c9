import type { Task } from '../../core/task/task.ts';
import type { AnswerSource } from '../panelSession.ts';
import type { SessionServices } from './services.ts';
import { Session } from './session.ts';

/** What is prepared for a task, in this order. */
export interface Steps {
  /** Colours the code for the panel. */
  readonly colour: (task: AnswerSource, signal: AbortSignal) => Promise<void>;
  readonly checks: boolean;
  readonly runs: boolean;
}

/**
 * Does what opening a task would do, in a session that nobody sees: the reports of the checks, the colours and the results of
 * runs are then found where the task's own session looks for them. `services` check and run at idle priority; their runner
 * keeps results in memory. The session itself saves nothing, because nothing is edited in it. Ends early, without an error,
 * once the signal is aborted.
 */
export async function prepareTask(
  task: Task,
  services: SessionServices,
  steps: Steps,
  signal: AbortSignal,
): Promise<void> {
  const session = await Session.open(task, services);
  const end = (): void => session.dispose();
  signal.addEventListener('abort', end, { once: true });
  try {
    if (signal.aborted || session.submitted) return;
    await steps.colour(session, signal);
    if (steps.checks && !signal.aborted) await session.check();
    if (steps.runs && !signal.aborted) await session.run();
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}
