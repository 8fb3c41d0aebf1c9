import { unsandboxed } from '../../core/run/unsandboxed.ts';
import type { Sandbox, SandboxJob } from './sandbox.ts';

/** The lowest priority of a process. Programs may lower their priority themselves, but not raise it again. */
const idleWords = ['-n', '19'] as const;

/** The command at the job's priority; `nice` is the path of the program that lowers it. */
export function prioritized(
  { isIdle = false }: Pick<SandboxJob, 'isIdle'>,
  command: readonly string[],
  nice = '/usr/bin/nice',
): readonly string[] {
  return isIdle ? [nice, ...idleWords, ...command] : command;
}

/**
 * The same sandbox for jobs that nobody has asked for and nobody waits for. It is not usable where programs run without a
 * sandbox: the person has agreed to the runs that they start, not to others.
 */
export function idleSandbox(sandbox: Sandbox): Sandbox {
  return {
    kind: sandbox.kind,
    async status() {
      const status = await sandbox.status();
      if (!status.usable || status.kind !== unsandboxed) return status;
      const remedy = 'Start the run yourself';
      return {
        usable: false,
        kind: status.kind,
        missing: 'a sandbox for runs that nobody has started',
        remedy,
      };
    },
    run: (job, signal) => sandbox.run({ ...job, isIdle: true }, signal),
  };
}
