import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from '../store/store.ts';
import { settings } from './settings.ts';

/** Opens the store on first use, and again after it could not be opened. */
export class StoreAccess {
  readonly #defaultFolder: string;
  #opening: Promise<Store> | undefined;

  constructor(defaultFolder: string) {
    this.#defaultFolder = defaultFolder;
  }

  /** Where the database lies. */
  get path(): string {
    return join(settings.databaseFolder || this.#defaultFolder, 'tiebreak.db');
  }

  /** Rejects with the store's own error; the next call tries anew. */
  get(): Promise<Store> {
    this.#opening ??= this.#open().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    await (await opening?.catch(() => undefined))?.close();
  }

  async #open(): Promise<Store> {
    const folder = settings.databaseFolder || this.#defaultFolder;
    await mkdir(folder, { recursive: true });
    const { openSqliteStore } = await import('../store/sqlite.ts');
    return openSqliteStore(this.path);
  }
}
