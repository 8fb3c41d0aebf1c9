import { v7 as uuid } from 'uuid';
import type { LedgerRecord, UnchainedRecord } from '../core/records/ledger.ts';
import { plainJson } from '../core/text/exactNumber.ts';
import type { Json } from '../core/text/json.ts';
import type { Store, UnfinishedKey } from '../store/store.ts';
import { DraftAutosave } from './draftAutosave.ts';
import type { Saved } from './savedStatus.ts';

/** The fields of every draft of a ledger record. */
export interface RecordDraftFields {
  /** Id of the future record. */
  readonly id: string;
  /** Id of the record that it replaces. */
  readonly revises?: string | null | undefined;
  readonly updatedAt: string;
}

/** What is missing before the submission, each as an instruction; or how to build the record. */
export type Prepared<Kind extends UnfinishedKey['kind']> =
  | { readonly obstacles: readonly string[] }
  | {
      readonly build: () => UnchainedRecord<Kind>;
      /** Changes if data outside the draft changes that becomes part of the record. */
      readonly evidence?: string;
    };

/** The submitted record; or what is missing, each as an instruction. */
export type RecordSubmission<Kind extends UnfinishedKey['kind']> =
  { readonly record: LedgerRecord<Kind> } | { readonly obstacles: readonly string[] };

/** What a draft is opened with. */
interface Opening<Kind extends UnfinishedKey['kind'], Draft> {
  readonly store: Pick<Store, 'record' | 'saveUnfinished'>;
  readonly key: UnfinishedKey & { readonly kind: Kind };
  readonly draft: Draft;
  /** The draft equals the record that was submitted last. */
  readonly isSubmitted: boolean;
  /** Id of the author's latest record on the subject in the store. */
  readonly latest?: () => Promise<string | undefined>;
  readonly onSaved: (saved: Saved) => void;
}

/**
 * The draft of an inspection, a settlement or an ideal: saved automatically, submitted once, and revised in a new record that
 * names the old one.
 */
export class RecordDraft<Kind extends UnfinishedKey['kind'], Draft extends RecordDraftFields> {
  readonly #kind: Kind;
  readonly #store: Opening<Kind, Draft>['store'];
  readonly #latest: Opening<Kind, Draft>['latest'];
  readonly #autosave: DraftAutosave<Draft>;
  #submitted: boolean;
  #isClosed = false;
  /** The record built from a version of the draft: submitting that version again submits the same record. */
  #built: { readonly key: string; readonly record: UnchainedRecord<Kind> } | undefined;
  #submitting: Promise<RecordSubmission<Kind>> | undefined;

  constructor({ store, key, draft, isSubmitted, latest, onSaved }: Opening<Kind, Draft>) {
    this.#kind = key.kind;
    this.#store = store;
    this.#latest = latest;
    this.#submitted = isSubmitted;
    this.#autosave = new DraftAutosave(
      draft,
      (current) => store.saveUnfinished(key, plainJson(current) as Json),
      onSaved,
    );
  }

  get current(): Draft {
    return this.#autosave.draft;
  }

  /** Changes with every change of the draft. */
  get version(): number {
    return this.#autosave.version;
  }

  /** The current draft is submitted. */
  get submitted(): boolean {
    return this.#submitted;
  }

  /** Changes the draft. Changing a submitted draft begins a revision. Ignored after `close`. */
  update(change: Partial<Draft>): void {
    if (this.#isClosed) return;
    const revision = this.#submitted ? revisionOf<Draft>(this.current.id) : {};
    this.#autosave.reopen();
    this.#submitted = false;
    this.#autosave.update({ ...revision, ...change });
  }

  /** Adopts a newer draft of another window, unless a change here is not saved yet. Returns whether it did. */
  adopt(draft: Draft): boolean {
    return this.#autosave.adopt(draft);
  }

  /** Marks the draft as submitted if another window submitted it as this record. */
  noteSubmitted(recordId: string): void {
    if (recordId === this.current.id) this.#submitted = true;
  }

  /**
   * Saves the draft and commits its record. If the draft changes while it is saved, `prepare` is called again, so that the
   * committed draft is the checked one. If the draft changes during the commit, a revision begins. Rejects with the store's
   * error; submitting again then submits the same record, unless the draft or the evidence differs.
   */
  submit(prepare: (draft: Draft) => Prepared<Kind>): Promise<RecordSubmission<Kind>> {
    this.#submitting ??= this.#submit(prepare).finally(() => {
      this.#submitting = undefined;
    });
    return this.#submitting;
  }

  /** Saves what is unsaved. Rejects with the store's error. */
  flush(): Promise<void> {
    return this.#autosave.flush();
  }

  /** Closes the draft: nothing is saved from now on. */
  close(): void {
    this.#isClosed = true;
    this.#autosave.close();
  }

  async #submit(prepare: (draft: Draft) => Prepared<Kind>): Promise<RecordSubmission<Kind>> {
    for (;;) {
      const prepared = prepare(this.current);
      if ('obstacles' in prepared) return prepared;
      const { version } = this;
      await this.#follow();
      await this.#autosave.flush();
      if (this.version === version) return { record: await this.#commit(prepared) };
    }
  }

  async #commit({
    build,
    evidence,
  }: Exclude<Prepared<Kind>, { obstacles: unknown }>): Promise<LedgerRecord<Kind>> {
    const { version } = this;
    const key = `${version} ${evidence ?? ''}`;
    if (this.#built?.key !== key) this.#built = { key, record: build() };
    const unchained = this.#built.record;
    const record = await this.#autosave.commit(version, () => this.#store.record(this.#kind, unchained));
    this.#submitted = this.version === version;
    // A change made during the commit is not in that record. It begins a revision.
    if (!this.#submitted) this.#autosave.update(revisionOf<Draft>(record.id));
    return record;
  }

  /** Revises the author's latest record in the store, if another window has submitted one. */
  async #follow(): Promise<void> {
    const latest = await this.#latest?.();
    if (latest === undefined || [this.current.revises, this.#built?.record.id].includes(latest)) return;
    this.#autosave.update(revisionOf<Draft>(latest));
  }
}

function revisionOf<Draft extends RecordDraftFields>(revises: string): Partial<Draft> {
  return { id: uuid(), revises } as Partial<Draft>;
}
