import type { Store } from '../store/store.ts';
import type { Consent } from './consent.ts';
import type { ExecutionParts, ShippedFolders } from './executionParts.ts';

/** The runner and the checks over one sandbox; built, and their code loaded, when the first task opens. */
export class Execution {
  readonly #folders: ShippedFolders;
  readonly #store: () => Promise<Store>;
  readonly #consent: Consent;
  #parts: Promise<ExecutionParts> | undefined;

  constructor(folders: ShippedFolders, store: () => Promise<Store>, consent: Consent) {
    this.#folders = folders;
    this.#store = store;
    this.#consent = consent;
  }

  parts(): Promise<ExecutionParts> {
    return (this.#parts ??= this.#build());
  }

  async #build(): Promise<ExecutionParts> {
    const { buildParts } = await import('./executionParts.ts');
    return buildParts(this.#folders, await this.#store(), this.#consent);
  }
}
