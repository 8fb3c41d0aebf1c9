import { messageOf } from '../../core/errors.ts';
import type { PanelState } from '../../protocol/webview.ts';

export type Saved = NonNullable<PanelState['saved']>;

/** Wait between a change and its way to the store, in milliseconds: well under the 300 that are promised. */
const saveDelayMs = 60;
/** Wait before a failed save is tried again. */
const retryDelayMs = 3_000;

/**
 * Holds one draft in memory and brings every change of it to the store. When the store refuses, the draft
 * stays here, the status says why, and saving is tried again until it works.
 */
export class DraftKeeper<Kept extends { readonly updatedAt: string }> {
  readonly #save: (draft: Kept) => Promise<void>;
  readonly #tell: (saved: Saved) => void;
  #draft: Kept;
  #version = 0;
  #savedVersion = 0;
  #saving: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(draft: Kept, save: (draft: Kept) => Promise<void>, tell: (saved: Saved) => void) {
    this.#draft = draft;
    this.#save = save;
    this.#tell = tell;
  }

  get draft(): Kept {
    return this.#draft;
  }

  /** Changes with every update, so that a submission can tell whether the draft it was built from still stands. */
  get version(): number {
    return this.#version;
  }

  /** Takes over what another window saved, unless something here is not saved yet. Says whether it did. */
  adopt(draft: Kept): boolean {
    if (this.#savedVersion !== this.#version || draft.updatedAt <= this.#draft.updatedAt) return false;
    this.#draft = draft;
    return true;
  }

  update(change: Partial<Kept>): void {
    this.#draft = { ...this.#draft, ...change, updatedAt: new Date().toISOString() };
    this.#version += 1;
    this.#schedule(saveDelayMs);
  }

  /** Saves what is not saved yet; rejects with the store's error. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#saving?.catch(() => undefined);
    if (this.#savedVersion === this.#version || this.#closed) return;
    await this.#write();
  }

  /** Ends saving: the draft was submitted or skipped, and must not come back to life. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Takes saving up again, for a revision of what was submitted. */
  reopen(): void {
    this.#closed = false;
  }

  #schedule(delayMs: number): void {
    if (this.#timer !== undefined || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // The status already tells of a failure; the promise is only for callers of flush.
      this.flush().catch(() => this.#schedule(retryDelayMs));
    }, delayMs);
  }

  #write(): Promise<void> {
    const version = this.#version;
    this.#saving = this.#save(this.#draft).then(
      () => {
        this.#savedVersion = version;
        this.#tell({ state: 'saved', at: new Date().toISOString() });
        if (this.#version !== version) this.#schedule(saveDelayMs);
      },
      (error: unknown) => {
        this.#tell({ state: 'failed', message: messageOf(error) });
        throw error;
      },
    );
    return this.#saving;
  }
}
