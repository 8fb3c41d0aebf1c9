import * as vscode from 'vscode';
import { tiebreakError } from '../../core/errors.ts';
import { untrustedText, untrustedWorkspace } from '../../core/run/untrusted.ts';
import { createChecks } from '../../checks/checks.ts';
import { createWarmCheckers } from '../../checks/warm/warmCheckers.ts';
import { createFormatter } from '../../checks/formatting/formatter.ts';
import { PreparedRuns } from '../../runner/preparedRuns.ts';
import { createDrivers } from '../../runner/driver/drivers.ts';
import { createRunner } from '../../runner/run.ts';
import { idleSandbox } from '../../runner/sandbox/idle.ts';
import { createSandbox, type SandboxOptions } from '../../runner/sandbox/choose.ts';
import { createToolchains } from '../../runner/toolchains/toolchains.ts';
import type { Store } from '../../store/store.ts';
import type { Consent } from './consent.ts';
import { examineSetup, type SetupOptions, type SetupReport } from '../../sessions/setup/examineSetup.ts';
import { findDifferences } from '../../sessions/differing/findDifferences.ts';
import { createSetupTools } from '../../sessions/setup/setupTools.ts';
import type { PreparingServices, SessionServices } from '../../sessions/review/services.ts';
import { settings } from './settings.ts';

/** What sessions run, check and format with. */
export type ExecutionServices = Pick<
  SessionServices,
  'runner' | 'checks' | 'formatter' | 'findDifferences' | 'blocked' | 'mainFile' | 'caseKinds'
> &
  PreparingServices;

/** The services, and the end of the sandboxes that wait for their jobs, and of the checkers that stay up. */
export interface CreatedServices {
  readonly services: ExecutionServices;
  /** Resolves when they have ended. */
  readonly dispose: () => Promise<void>;
}

/** Folders that ship with Tiebreak: the checkers, and the sandbox's compiled helpers. */
export interface ShippedFolders {
  readonly checkers: string;
  readonly native: string;
}

/** Creates the runner, the checks and the formatter over one sandbox. Loaded as one chunk with the first task. */
export function createExecutionServices(
  folders: ShippedFolders,
  cache: Store,
  consent: Consent,
): CreatedServices {
  const sandbox = createSandbox({ ...sandboxOptions(folders, consent), ready: 2 });
  const toolchains = createToolchains(folders.checkers);
  const warm = createWarmCheckers(sandbox);
  const prepared = new PreparedRuns(cache);
  const shared = { checkersDir: folders.checkers, toolchains, trusted };
  // The bundled file's name has a hash of its content, so it identifies the version of the checks.
  const memory = { cache, reader: import.meta.url };
  const runner = createRunner({ ...shared, sandbox, cache, prepared });
  const drivers = createDrivers({ ...shared, sandbox }, runner);
  const onIdle = { ...shared, sandbox: idleSandbox(sandbox), atOnce: 1 };
  const services: ExecutionServices = {
    runner,
    findDifferences: (compared, options) => findDifferences({ runner, drivers }, compared, options),
    checks: createChecks({ ...shared, sandbox, memory, warm }),
    idle: {
      runner: createRunner({ ...onIdle, cache: prepared }),
      checks: createChecks({ ...onIdle, memory }),
    },
    prepared,
    formatter: createFormatter({ ...shared, sandbox }),
    caseKinds: (language) => toolchains.find(language)?.kinds ?? [],
    mainFile: (language) => toolchains.find(language)?.mainFile ?? `main.${language}`,
    blocked: async (language) => {
      if (!trusted()) return `${untrustedText}.`;
      if (toolchains.find(language) === undefined) {
        return `Answers in ${language} cannot be run. Judge this task by reading. Languages that run: ${toolchains.languages.join(', ')}.`;
      }
      const status = await sandbox.status();
      if (status.usable) return undefined;
      return `Answers cannot be run safely: ${status.missing} is missing. ${status.remedy}. Or, at your own risk, run the command “Allow Running Without a Sandbox in This Workspace”.`;
    },
  };
  const dispose = async (): Promise<void> => {
    sandbox.dispose?.();
    await warm.dispose();
  };
  return { services, dispose };
}

/** Examines the set-up of this machine. Rejects with `untrusted-workspace` in a workspace that is not trusted. */
export async function examineThisMachine(
  folders: ShippedFolders,
  consent: Consent,
  options: SetupOptions,
): Promise<SetupReport> {
  if (!trusted()) throw tiebreakError('untrusted-workspace', untrustedWorkspace);
  return await examineSetup(createSetupTools(folders.checkers, sandboxOptions(folders, consent)), options);
}

function sandboxOptions(folders: ShippedFolders, consent: Consent): SandboxOptions {
  return {
    nativeDir: folders.native,
    containerImage: settings.containerImage,
    consent: () => consent.given,
  };
}

function trusted(): boolean {
  return vscode.workspace.isTrusted;
}
