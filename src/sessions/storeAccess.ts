import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from './background.ts';
import { Listeners } from './desk/listeners.ts';
import type { Store } from '../store/store.ts';

interface Opened {
  readonly store: Store;
  readonly path: string;
}

/** Opens the store on first use, and again after it could not be opened. It stays open until the window ends. */
export class StoreAccess {
  readonly #folder: () => string;
  readonly #listeners: Listeners<void>;
  #opening: Promise<Opened> | undefined;
  #folderInUse: string | undefined;

  /** `folder` is the folder of the database in the current settings. */
  constructor(folder: () => string, report: Report) {
    this.#folder = folder;
    this.#listeners = new Listeners(report);
  }

  /**
   * Fires when the store was opened. Parts that only follow changes wait for this event, so that they do not create a
   * database.
   */
  get onDidOpen(): Listeners<void>['add'] {
    return this.#listeners.add;
  }

  /** Whether the settings now name another folder than that of the open store, which stays in use until a reload. */
  get isElsewhere(): boolean {
    return this.#folderInUse !== undefined && this.#folderInUse !== this.#folder();
  }

  /** Rejects with the store's own error; the next call tries again. */
  async get(): Promise<Store> {
    return (await this.#open()).store;
  }

  /** The path of the open database. Rejects as `get` does. */
  async path(): Promise<string> {
    return (await this.#open()).path;
  }

  dispose(): void {
    this.#listeners.clear();
  }

  async close(): Promise<void> {
    const opening = this.#opening;
    this.#opening = undefined;
    // The caller already received the error of a store that could not be opened.
    const opened = await opening?.catch(() => undefined);
    await opened?.store.close();
  }

  #open(): Promise<Opened> {
    this.#opening ??= this.#openIn(this.#folder()).catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  async #openIn(folder: string): Promise<Opened> {
    await mkdir(folder, { recursive: true });
    const { openSqliteStore } = await import('../store/sqlite/open.ts');
    const path = join(folder, 'tiebreak.db');
    const store = await openSqliteStore(path);
    this.#folderInUse = folder;
    this.#listeners.fire();
    return { store, path };
  }
}
