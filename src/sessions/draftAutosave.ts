import { messageOf } from '../core/errors.ts';
import type { Saved } from './savedStatus.ts';

/** Delay between a change and its save, in milliseconds: well under the promised 300. */
const saveDelayMs = 60;
/** Delay before a failed save is retried, in milliseconds. */
const retryDelayMs = 3_000;

/**
 * Holds one draft in memory and saves every change. If the store refuses, the draft stays in memory, the status says why, and
 * saving is retried until it works. Saves and the commit of the draft take turns, so that no delayed save reaches the store
 * after the commit.
 */
export class DraftAutosave<Draft extends { readonly updatedAt: string }> {
  readonly #save: (draft: Draft) => Promise<void>;
  readonly #onSaved: (saved: Saved) => void;
  #draft: Draft;
  #version = 0;
  /** The version in the store; `undefined` if the store has no draft. */
  #savedVersion: number | undefined = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  /** Settles when the last save or commit is over; never rejects. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(draft: Draft, save: (draft: Draft) => Promise<void>, onSaved: (saved: Saved) => void) {
    this.#draft = draft;
    this.#save = save;
    this.#onSaved = onSaved;
  }

  get draft(): Draft {
    return this.#draft;
  }

  /** Changes with every update, so that a submission can tell whether the draft it was built from is still the latest. */
  get version(): number {
    return this.#version;
  }

  /** Adopts a newer draft of another window, unless a change here is not saved yet. Returns whether it did. */
  adopt(draft: Draft): boolean {
    if (this.#savedVersion !== this.#version || draft.updatedAt <= this.#draft.updatedAt) return false;
    this.#draft = draft;
    return true;
  }

  update(change: Partial<Draft>): void {
    this.#draft = { ...this.#draft, ...change, updatedAt: new Date().toISOString() };
    this.#version += 1;
    if (this.#closed) return;
    this.#onSaved({ state: 'saving' });
    this.#schedule(saveDelayMs);
  }

  /** Saves all changes, including those made while it saves. Rejects with the store's error. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#inTurn(() => this.#saveLatest());
  }

  /**
   * Commits that version of the draft with `write`, which removes the stored draft. Saving then ends, unless the draft was
   * changed in the meantime: the change is saved after the commit. Rejects if `write` rejects.
   */
  commit<Committed>(version: number, write: () => Promise<Committed>): Promise<Committed> {
    return this.#inTurn(async () => {
      const committed = await write();
      this.#savedVersion = undefined;
      if (this.#version === version) this.close();
      else this.#schedule(saveDelayMs);
      this.#onSaved(this.#closed ? { state: 'saved', at: new Date().toISOString() } : { state: 'saving' });
      return committed;
    });
  }

  /** Ends saving: the draft was committed and must not be stored again. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Resumes saving, for a revision of a submitted record. Only later changes are saved. */
  reopen(): void {
    if (!this.#closed) return;
    this.#closed = false;
    this.#savedVersion = this.#version;
  }

  #schedule(delayMs: number): void {
    if (this.#timer !== undefined || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // The status already shows a failure; only callers of `flush` use the promise.
      this.flush().catch(() => this.#schedule(retryDelayMs));
    }, delayMs);
  }

  async #saveLatest(): Promise<void> {
    while (this.#savedVersion !== this.#version && !this.#closed) {
      const version = this.#version;
      try {
        await this.#save(this.#draft);
      } catch (error) {
        this.#onSaved({ state: 'failed', message: messageOf(error) });
        throw error;
      }
      this.#savedVersion = version;
    }
    if (!this.#closed) this.#onSaved({ state: 'saved', at: new Date().toISOString() });
  }

  #inTurn<Result>(action: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(action);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
