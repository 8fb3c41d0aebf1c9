import { TiebreakError } from '../core/errors.ts';
import { createDrivers, type Drivers } from '../runner/driver/drivers.ts';
import { createRunner } from '../runner/run.ts';
import { findRunContext } from '../runner/runContext.ts';
import { runKey } from '../runner/runKey.ts';
import type { RunKey, Runner, RunRequest } from '../runner/runner.ts';
import { createSandbox } from '../runner/sandbox/choose.ts';
import { createToolchains, type Toolchains } from '../runner/toolchains/toolchains.ts';
import type { CommandContext } from './command.ts';
import type { Terminal } from './terminal.ts';

/** The runner of a command. By calling the command, the person consents to running the answers in the file. */
export function runnerOf({ checkersRoot, nativeRoot }: CommandContext): {
  runner: Runner;
  toolchains: Toolchains;
  drivers: Drivers;
  /** The key that a run would have. Rejects as the runner does. */
  keyOf: (request: RunRequest) => Promise<RunKey>;
} {
  const toolchains = createToolchains(checkersRoot);
  const sandbox = createSandbox({ nativeDir: nativeRoot });
  const parts = { sandbox, toolchains, trusted: () => true };
  const runner = createRunner(parts);
  return {
    runner,
    toolchains,
    drivers: createDrivers(parts, runner),
    keyOf: async (request) => runKey(await findRunContext(parts, request)),
  };
}

/**
 * Reports why one item could not be run, and returns 1 so that it is counted. Rethrows errors that would stop all other items
 * too, such as a missing sandbox.
 */
export function tellFailure(name: string, error: unknown, terminal: Terminal): number {
  if (!(error instanceof TiebreakError) || error.code === 'sandbox-missing') throw error;
  terminal.note(`${name}: ${error.message}`);
  return 1;
}
