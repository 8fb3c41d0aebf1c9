import * as vscode from 'vscode';
import { createChecks } from '../checks/checks.ts';
import { createFormatter } from '../runner/formatting/formatter.ts';
import { createRunner } from '../runner/run.ts';
import { createSandbox } from '../runner/sandboxes.ts';
import { createToolchains } from '../runner/toolchains.ts';
import type { Store } from '../store/store.ts';
import type { Consent } from './consent.ts';
import type { SessionServices } from './session/services.ts';
import { settings } from './settings.ts';

/** What sessions run, check and format with. */
export type ExecutionParts = Pick<
  SessionServices,
  'runner' | 'checks' | 'formatter' | 'blocked' | 'mainFile'
>;

/** Folders of what ships with Tiebreak: the checkers, and the sandbox's compiled helpers. */
export interface ShippedFolders {
  readonly checkers: string;
  readonly native: string;
}

/** The runner, the checks and the formatter over one sandbox. This file is loaded with the first task, as one piece. */
export function buildParts(folders: ShippedFolders, cache: Store, consent: Consent): ExecutionParts {
  const sandbox = createSandbox({
    nativeDir: folders.native,
    containerImage: settings.containerImage,
    consent: () => consent.given,
  });
  const toolchains = createToolchains(folders.checkers);
  const trusted = () => vscode.workspace.isTrusted;
  return {
    runner: createRunner({ sandbox, toolchains, cache, trusted }),
    // The name of the file this is bundled into tells what is in it.
    checks: createChecks({
      sandbox,
      checkersDir: folders.checkers,
      toolchains,
      trusted,
      memory: { cache, reader: import.meta.url },
    }),
    formatter: createFormatter({ sandbox, checkersDir: folders.checkers, toolchains, trusted }),
    mainFile: (language) => toolchains.find(language)?.mainFile ?? `main.${language}`,
    blocked: async (language) => {
      if (!trusted())
        return 'This workspace is not trusted, so nothing is run. Trust it (command “Manage Workspace Trust”) to run and check the answers.';
      if (toolchains.find(language) === undefined) {
        return `Answers in ${language} cannot be run yet, only those in ${toolchains.languages.join(', ')}. Judge this task by reading.`;
      }
      const status = await sandbox.status();
      if (status.usable) return undefined;
      return `${status.missing}. ${status.mend}. Or, at your own risk: command “Allow Running Without a Sandbox in This Workspace”.`;
    },
  };
}
