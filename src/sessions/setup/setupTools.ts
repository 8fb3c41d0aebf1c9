import { createChecks } from '../../checks/checks.ts';
import { createRunner } from '../../runner/run.ts';
import { createSandbox, sandboxesOf, type SandboxOptions } from '../../runner/sandbox/choose.ts';
import { createToolchains } from '../../runner/toolchains/toolchains.ts';
import type { SetupTools } from './examineSetup.ts';

/** The sandboxes, languages and checks of this machine. They are found anew, and only Tiebreak's own programs run in them. */
export function createSetupTools(checkersDir: string, options: SandboxOptions): SetupTools {
  const sandbox = createSandbox(options);
  const toolchains = createToolchains(checkersDir);
  const trusted = (): boolean => true;
  return {
    sandboxes: sandboxesOf(options.platform ?? process.platform, options),
    sandbox,
    toolchains,
    runner: createRunner({ sandbox, toolchains, trusted }),
    checks: createChecks({ sandbox, checkersDir, toolchains, trusted }),
  };
}
