import type { ChainFault } from '../core/chain.ts';
import type { Inspection } from '../core/inspection.ts';
import type { CalibrationSettings, GoldUse } from '../core/gold.ts';
import type { CheckReport } from '../core/diagnostic.ts';
import type { Json } from '../core/json.ts';
import type { LedgerEntry, LedgerKind, LedgerRecord, UnchainedRecord } from '../core/ledger.ts';
import type { Draft, Review, Skip, UnchainedReview } from '../core/review.ts';
import type { Run } from '../core/run.ts';
import type { Judged } from '../core/statistics/judged.ts';
import type { Task } from '../core/task.ts';

/**
 * Where a task stands for one evaluator. A draft on a submitted task is a revision in progress: `draft`. A skip holds
 * until it is taken back or a review is submitted; the draft behind it is kept. `sent-back`: a reviewer wants the
 * evaluator's latest review changed, and no revision of it is begun.
 */
export type TaskState = 'open' | 'draft' | 'submitted' | 'skipped' | 'sent-back';

/** A queue's row: what the tree needs, without the answers. */
export interface QueueEntry {
  readonly taskId: string;
  readonly title: string;
  readonly language: string;
  readonly tags: readonly string[];
  readonly state: TaskState;
  /** Place in the order of import, from 0; removed tasks leave gaps. */
  readonly position: number;
}

/** What is left out admits everything; an empty list admits nothing. */
export interface QueueFilter {
  readonly evaluator: string;
  readonly languages?: readonly string[];
  /** Tasks with at least one of them. */
  readonly tags?: readonly string[];
  readonly states?: readonly TaskState[];
  /** Words that all occur in the title, the id or the tags, in any case of letters. */
  readonly text?: string;
  /** How gold tasks and duplicates are mixed in; without it none are, and gold tasks are listed like any other. */
  readonly calibration?: CalibrationSettings;
}

/** By `state`: what was sent back, drafts, then open, skipped and submitted tasks. Ties keep the order of import. */
export type QueueSort = 'position' | 'title' | 'language' | 'state';

export interface QueuePage {
  readonly entries: readonly QueueEntry[];
  /** How many match the filter in all. */
  readonly total: number;
}

/** Counts over the whole queue, for the badge and the filter's choices; names in alphabetical order. */
export interface QueueSummary {
  readonly states: Readonly<Record<TaskState, number>>;
  readonly languages: readonly { readonly name: string; readonly count: number }[];
  readonly tags: readonly { readonly name: string; readonly count: number }[];
}

/** A task that is not plain work: its verdict is known, or it repeats another. */
export interface ReserveTask {
  readonly taskId: string;
  readonly use: GoldUse | 'duplicate';
  /** The task that a duplicate repeats. */
  readonly repeats?: string;
}

export interface ImportCounts {
  readonly added: number;
  /** Had the same id and the same content. */
  readonly unchanged: number;
  /** Had the same id and other content, and no review: replaced. */
  readonly updated: number;
  /** Same id, other content, reviewed already: kept as it was, ids listed. */
  readonly refused: readonly string[];
}

/** Which reviews to read: of one task, of one evaluator, and only so many of the latest. */
export interface ReviewFilter {
  readonly taskId?: string;
  readonly evaluator?: string;
  readonly latest?: number;
  readonly id?: string;
}

/** What is left out admits everything. */
export interface LedgerFilter<Kind extends LedgerKind> {
  readonly kind?: Kind;
  readonly taskId?: string;
  readonly author?: string;
  readonly id?: string;
}

/**
 * Which reviews a reviewer wants to see: those without an inspection of theirs and a settlement, by how they came
 * about, or those that say other than what is known of their task.
 */
export const inspectShows = ['unresolved', 'overridden', 'fast', 'gold-missed', 'all'] as const;
export type InspectShow = (typeof inspectShows)[number];

/** Newest first, lowest agreement of their task first, or least active time first. */
export const inspectSorts = ['newest', 'agreement', 'fastest'] as const;
export type InspectSort = (typeof inspectSorts)[number];

/** A review submitted with less active time than this counts as very fast, in milliseconds. */
export const veryFastMs = 60_000;

/** Where a review stands for one reviewer, who is told nothing of what other reviewers decided. */
export type InspectState = 'open' | 'draft' | 'settled' | Inspection['decision']['kind'];

/** A row of the list of reviews to inspect. */
export interface InspectEntry {
  readonly reviewId: string;
  readonly taskId: string;
  /** The task's, or its id where the task is not here. */
  readonly title: string;
  readonly language: string | undefined;
  readonly evaluator: string;
  readonly submittedAt: string;
  readonly activeMs: number;
  readonly overrides: number;
  /** How many evaluators have a review of the task in force, and the share of pairs of them that agree. */
  readonly reviewsOfTask: number;
  readonly agreement: number | undefined;
  /** Takes the place of an earlier review. */
  readonly isRevision: boolean;
  readonly state: InspectState;
}

/** Whose list it is, and what of it. */
export interface InspectFilter {
  readonly reviewer: string;
  readonly show: InspectShow;
}

/** So many rows; with `after`, those that come after that review. */
export interface InspectPage {
  readonly limit: number;
  readonly after?: string;
}

export interface InspectListing {
  readonly entries: readonly InspectEntry[];
  /** How many there are in all. */
  readonly total: number;
}

/** What figures need to know of a task that was reviewed. */
export interface TaskFacts {
  readonly taskId: string;
  readonly language: string;
  /** Answer id → its characters. */
  readonly lengths: Readonly<Record<string, number>>;
}

/** Work on a record that is not final: what it is going to be, by whom, and on what (a review's or task's id). */
export interface UnfinishedKey {
  readonly kind: LedgerKind;
  readonly author: string;
  readonly subject: string;
}

/** What became of records that were imported: reviews, runs or skips. */
export interface RecordImportCounts {
  readonly added: number;
  readonly unchanged: number;
  /** Ids of known records whose content differs from the stored one: kept as stored. */
  readonly refused: readonly string[];
}

/**
 * Everything that outlives the editor. All methods reject with a TiebreakError whose code begins with `store-`
 * (`store-locked`, `store-full`, `store-corrupt`, `store-cannot-open`, `store-foreign`, `store-newer`,
 * `store-read-only`, `store-io`, `store-closed`, `store-conflict`, `store-failed`), each with its mend.
 * Several processes may hold the same store open at once. Writes of one process are carried out in the order of the calls.
 */
export interface Store {
  /** Adds tasks in one transaction a call; callers pass batches (a thousand or so) and report progress. */
  importTasks(tasks: readonly Task[]): Promise<ImportCounts>;
  task(taskId: string): Promise<Task | undefined>;
  /** Every task in the order of import, read a page at a time so that the host and other writers go on. */
  tasks(): AsyncIterable<Task>;
  /** Takes tasks out of the queue; drafts, reviews, skips and runs stay. Returns how many there were. */
  removeTasks(taskIds: readonly string[]): Promise<number>;
  /** Tasks that are not plain work, in the order of import. Nothing of it may be shown to an evaluator. */
  reserve(): Promise<ReserveTask[]>;

  queue(filter: QueueFilter, sort: QueueSort, page: { offset: number; limit: number }): Promise<QueuePage>;
  queueSummary(evaluator: string, calibration?: CalibrationSettings, sort?: QueueSort): Promise<QueueSummary>;
  /**
   * The first open or drafted task after this one in the filtered order; wraps around, and may come back to it. Where
   * the filter has `calibration` and their turn has come, a gold task or a duplicate takes its place, and is from then
   * on in the queue; not in the order of title or language, which would tell.
   */
  nextTask(filter: QueueFilter, sort: QueueSort, afterTaskId?: string): Promise<string | undefined>;

  /** Where a task stands in the filtered order, from 1; index 0 where the filter leaves it out. */
  place(taskId: string, filter: QueueFilter, sort: QueueSort): Promise<{ index: number; total: number }>;

  draft(taskId: string, evaluator: string): Promise<Draft | undefined>;
  saveDraft(draft: Draft): Promise<void>;

  /**
   * Commits the review, links it to the chain and removes the draft and the skip, in one transaction. Submitting the
   * same id with the same content again gives the stored record and changes nothing; with other content it is
   * refused with `store-conflict`. When it resolves, the record is on the disk.
   */
  submit(review: UnchainedReview): Promise<Review>;
  /** In the order in which they came into the store. */
  reviews(filter?: ReviewFilter): Promise<Review[]>;
  /** The same without runs, checks and texts: fast also for a hundred thousand. */
  judged(filter?: ReviewFilter): Promise<Judged[]>;
  /** Of the tasks that have reviews and are here, in no order. */
  taskFacts(): Promise<TaskFacts[]>;
  /** Adds reviews as they are (imported records), keeping their own chains; known ids are left alone. */
  importReviews(reviews: readonly Review[]): Promise<RecordImportCounts>;
  skip(skip: Skip): Promise<void>;
  unskip(taskId: string, evaluator: string): Promise<void>;
  skips(): Promise<Skip[]>;

  /** Runs are kept by what they depend on, so that unchanged code is never run twice. */
  saveRun(run: Run): Promise<void>;
  /** The latest run that was not cancelled; `toolchain` is what `toolchainKey` gives. */
  cachedRun(key: { codeHash: string; casesHash: string; toolchain: string }): Promise<Run | undefined>;
  /** What a check said before, by a hash of all that it depends on: the code, the tool, its version and settings. */
  cachedCheck(key: string): Promise<CheckReport | undefined>;
  /** Keeps it in place of what was kept under the key; the oldest go where there are many. */
  saveCheck(key: string, report: CheckReport): Promise<void>;
  /** Latest run of each answer of a task. */
  latestRuns(taskId: string): Promise<Run[]>;
  /** Every run in the order in which they came into the store, read a page at a time. */
  runs(): AsyncIterable<Run>;
  /** Adds runs made elsewhere as they are; `cachedRun` never gives them, for this machine did not make them. */
  importRuns(runs: readonly Run[]): Promise<RecordImportCounts>;

  /**
   * Commits an inspection, settlement, gold verdict or ideal, links it to its author's chain of that kind and removes
   * the unfinished work on it (for an inspection that on its review, else that on its task), in one transaction. The
   * same id with the same content again gives the stored record; with other content it is refused with
   * `store-conflict`.
   */
  record<Kind extends LedgerKind>(kind: Kind, record: UnchainedRecord<Kind>): Promise<LedgerRecord<Kind>>;
  /** In the order in which they came into the store. */
  ledger<Kind extends LedgerKind = LedgerKind>(filter?: LedgerFilter<Kind>): Promise<LedgerEntry<Kind>[]>;
  /** Adds records as they are, keeping their own chains; known ids are left alone. */
  importLedger(entries: readonly LedgerEntry[]): Promise<RecordImportCounts>;
  /** Reviews that no later one replaces, as they stand for a reviewer. */
  inspectList(filter: InspectFilter, sort: InspectSort, page: InspectPage): Promise<InspectListing>;
  /** Keeps what somebody has typed towards a record, in place of what was kept before. */
  saveUnfinished(key: UnfinishedKey, work: Json): Promise<void>;
  unfinished(key: UnfinishedKey): Promise<Json | undefined>;

  /** Inspections that send back what the evaluator last submitted on a task, of each reviewer the last. */
  sentBack(taskId: string, evaluator: string): Promise<Inspection[]>;

  /** Walks every chain; `undefined` when all links hold. */
  verify(): Promise<ChainFault | undefined>;
  /** Changes by other processes since the last call, for polling views: a number that differs when data changed. */
  dataVersion(): Promise<number>;
  close(): Promise<void>;
}
