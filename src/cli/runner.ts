import { createRunner } from '../runner/run.ts';
import type { Runner } from '../runner/runner.ts';
import { createSandbox } from '../runner/sandboxes.ts';
import { createToolchains, type Toolchains } from '../runner/toolchains.ts';
import type { CommandContext } from './command.ts';

/** What a command runs answers with. Calling the command is the person's consent to run what the file holds. */
export function runnerOf({ checkersRoot, nativeRoot }: CommandContext): {
  runner: Runner;
  toolchains: Toolchains;
} {
  const toolchains = createToolchains(checkersRoot);
  const sandbox = createSandbox({ nativeDir: nativeRoot });
  return { runner: createRunner({ sandbox, toolchains, trusted: () => true }), toolchains };
}
