import type { Store } from '../store/store.ts';
import type { Consent } from './consent.ts';
import type { SessionServices } from './session/session.ts';

export type Parts = Pick<SessionServices, 'runner' | 'checks' | 'formatter' | 'blocked' | 'mainFile'>;

/** Folders of what ships with Tiebreak: the checkers, and the sandbox's compiled helpers. */
export interface ShippedFolders {
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
    const { buildParts } = await import('./executionParts.ts');
    return buildParts(this.#folders, await this.#store(), this.#consent);
  }
}
