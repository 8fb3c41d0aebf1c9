import * as vscode from 'vscode';
import type { Store } from '../store/store.ts';
import type { Consent } from './consent.ts';
import type { SessionServices } from './session/session.ts';
import { settings } from './settings.ts';

type Parts = Pick<SessionServices, 'runner' | 'checks' | 'formatter' | 'blocked' | 'mainFile'>;

/** Folders of what ships with Tiebreak: the checkers, and the sandbox's compiled helpers. */
interface ShippedFolders {
  readonly checkers: string;
  readonly native: string;
}

/** The runner and the checks over one sandbox; built, and their code loaded, when the first task opens. */
export class Execution {
  readonly #folders: ShippedFolders;
  readonly #store: () => Promise<Store>;
  readonly #consent: Consent;
  #parts: Promise<Parts> | undefined;

  constructor(folders: ShippedFolders, store: () => Promise<Store>, consent: Consent) {
    this.#folders = folders;
    this.#store = store;
    this.#consent = consent;
  }

  parts(): Promise<Parts> {
    return (this.#parts ??= this.#build());
  }

  async #build(): Promise<Parts> {
    const [{ createRunner }, { createSandbox }, { createToolchains }, { createChecks }, { createFormatter }] =
      await Promise.all([
        import('../runner/run.ts'),
        import('../runner/sandboxes.ts'),
        import('../runner/toolchains.ts'),
        import('../checks/checks.ts'),
        import('../runner/formatting/formatter.ts'),
      ]);
    const sandbox = createSandbox({
      nativeDir: this.#folders.native,
      containerImage: settings.containerImage,
      consent: () => this.#consent.given,
    });
    const toolchains = createToolchains(this.#folders.checkers);
    const trusted = () => vscode.workspace.isTrusted;
    const cache = await this.#store();
    return {
      runner: createRunner({ sandbox, toolchains, cache, trusted }),
      checks: createChecks({ sandbox, checkersDir: this.#folders.checkers, toolchains, trusted }),
      formatter: createFormatter({ sandbox, checkersDir: this.#folders.checkers, toolchains, trusted }),
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
}
