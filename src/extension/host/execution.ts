import type * as vscode from 'vscode';
import { once } from '../../sessions/once.ts';
import type { SetupOptions, SetupReport } from '../../sessions/setup/examineSetup.ts';
import type { Store } from '../../store/store.ts';
import type { Consent } from './consent.ts';
import type { CreatedServices, ExecutionServices, ShippedFolders } from './executionServices.ts';

/** The runner and the checks, which share one sandbox. They are loaded and created when the first task opens. */
export class Execution implements vscode.Disposable {
  /** Rejects if the database cannot be opened; the next call tries again. */
  readonly services: () => Promise<ExecutionServices>;
  /** Examines the set-up of this machine, without the database. */
  readonly examineSetup: (options: SetupOptions) => Promise<SetupReport>;
  #created: CreatedServices | undefined;

  constructor(folders: ShippedFolders, store: () => Promise<Store>, consent: Consent) {
    this.services = once(async () => {
      const { createExecutionServices } = await import('./executionServices.ts');
      this.#created = createExecutionServices(folders, await store(), consent);
      return this.#created.services;
    });
    this.examineSetup = async (options) => {
      const { examineThisMachine } = await import('./executionServices.ts');
      return await examineThisMachine(folders, consent, options);
    };
  }

  /** Ends the sandboxes that wait for a job, and the checkers that stay up. They end with this process in any case. */
  dispose(): Promise<void> | undefined {
    return this.#created?.dispose();
  }
}
