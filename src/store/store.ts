import type { ChainFault } from '../core/records/chain.ts';
import type { Inspection } from '../core/inspection/inspection.ts';
import type { CalibrationSettings, GoldUse } from '../core/calibration/gold.ts';
import type { CheckReport } from '../core/run/diagnostic.ts';
import type { Json } from '../core/text/json.ts';
import type { LedgerEntry, LedgerKind, LedgerRecord, UnchainedRecord } from '../core/records/ledger.ts';
import type { Draft, Review, Skip, UnchainedReview } from '../core/review/review.ts';
import type { WorkedEntry, WorkedTime } from '../core/review/workedTime.ts';
import type { Run } from '../core/run/run.ts';
import type { Judged } from '../core/statistics/judged.ts';
import type { Task } from '../core/task/task.ts';

/**
 * The state of a task for one evaluator. A draft on a submitted task is a revision in progress: `draft`. A skip is in
 * effect until it is withdrawn or a review is submitted; the draft is kept. `sent-back`: a reviewer wants the evaluator's
 * latest review changed, and no revision is begun.
 */
export type TaskState = 'open' | 'draft' | 'submitted' | 'skipped' | 'sent-back';

/** A row of the queue: the data that the tree view needs, without the answers. */
export interface QueueEntry {
  readonly taskId: string;
  readonly title: string;
  readonly language: string;
  readonly tags: readonly string[];
  readonly state: TaskState;
  /** Name of the file that the task was imported from, without its folder. For an injected task, that of its neighbour. */
  readonly file?: string;
  /** 0-based position in the order of import; removed tasks leave gaps. */
  readonly position: number;
}

/** An omitted field matches everything; an empty list matches nothing. */
export interface QueueFilter {
  readonly evaluator: string;
  readonly languages?: readonly string[];
  /** Tasks with at least one of these tags. */
  readonly tags?: readonly string[];
  readonly states?: readonly TaskState[];
  /** Names of files of import; `null` stands for tasks whose file is unknown. */
  readonly files?: readonly (string | null)[];
  /** Words that must all occur in the title, the id or the tags; ignores case. */
  readonly text?: string;
  /** How gold tasks and duplicates are mixed in. If omitted, nothing is mixed in, and gold tasks are listed like other tasks. */
  readonly calibration?: CalibrationSettings;
}

/**
 * By `state`: sent-back tasks, drafts, then open, skipped and submitted tasks. By `file`: tasks of an unknown file come
 * last. Ties keep the order of import.
 */
export type QueueSort = 'position' | 'title' | 'language' | 'state' | 'file';

/** One sort, or several: the first decides, and each of the others breaks the ties of those before. */
export type QueueOrder = QueueSort | readonly QueueSort[];

export interface QueuePage {
  readonly entries: readonly QueueEntry[];
  /** Number of tasks that match the filter. */
  readonly total: number;
}

/** Counts over the whole queue, for the badge and the filter's choices; names in alphabetical order. */
export interface QueueSummary {
  readonly states: Readonly<Record<TaskState, number>>;
  readonly languages: readonly { readonly name: string; readonly count: number }[];
  readonly tags: readonly { readonly name: string; readonly count: number }[];
}

/** A gold task, whose verdict is known, or a duplicate, which repeats another task. */
export interface ReserveTask {
  readonly taskId: string;
  readonly use: GoldUse | 'duplicate';
  /** The task that a duplicate repeats. */
  readonly repeats?: string;
}

export interface ImportCounts {
  readonly added: number;
  /** Number of tasks with the same id and the same content. */
  readonly unchanged: number;
  /** Number of replaced tasks: same id, other content, no review. */
  readonly updated: number;
  /** Ids of tasks kept as stored: same id, other content, already reviewed. */
  readonly refused: readonly string[];
}

/** Records of a file other than its tasks and runs, in the order in which they are stored. */
export interface ImportRecords {
  readonly skips: readonly Skip[];
  /** Final records are added unchanged, with their own chains. */
  readonly reviews: readonly Review[];
  readonly ledger: readonly LedgerEntry[];
}

/** How an import is stored. */
export interface ImportChoice {
  /** Name of the file, without its folder. A task imported unchanged keeps the name it has. */
  readonly file?: string;
  /** Leaves a stored task as it is, and does not count it. */
  readonly onlyNewTasks?: boolean;
}

/** What an import stored. */
export interface StoredImport extends ImportCounts {
  readonly skips: RecordImportCounts;
  readonly runs: RecordImportCounts;
  readonly reviews: RecordImportCounts;
  readonly ledger: RecordImportCounts;
}

/**
 * An import: collected outside the database piece by piece, and then stored as a whole. Until `commit` nothing is locked, and
 * nobody sees anything of it.
 */
export interface PendingImport {
  /** Collects tasks, whose ids must differ within the import. Callers pass small batches. */
  addTasks(tasks: readonly Task[]): Promise<void>;
  /** Collects runs made elsewhere; `cachedRun` never returns them, because this machine did not make them. */
  addRuns(runs: readonly Run[]): Promise<void>;
  /**
   * Stores everything in one transaction, in steps between which the process can do other work. `onProgress` receives the
   * share that is done. Rejects with the signal's reason if it is aborted, and then nothing is stored.
   */
  commit(
    records?: Partial<ImportRecords>,
    options?: { readonly signal?: AbortSignal; readonly onProgress?: (share: number) => void },
  ): Promise<StoredImport>;
  /** Forgets what was collected. To be called at the end, also after `commit`. */
  discard(): Promise<void>;
}

/** Selects reviews: of one task, of one evaluator, or only the latest. */
export interface ReviewFilter {
  readonly taskId?: string;
  readonly evaluator?: string;
  readonly latest?: number;
  readonly id?: string;
}

/** An omitted field matches everything. */
export interface LedgerFilter<Kind extends LedgerKind> {
  readonly kind?: Kind;
  readonly taskId?: string;
  readonly author?: string;
  readonly id?: string;
}

/**
 * The reviews that a reviewer can list: reviews without their own inspection and without a settlement, reviews with an
 * override, fast reviews, reviews that contradict the gold verdict, or all.
 */
export const inspectShows = ['unresolved', 'overridden', 'fast', 'gold-missed', 'all'] as const;
export type InspectShow = (typeof inspectShows)[number];

/** Newest first, lowest agreement of their task first, or least active time first. */
export const inspectSorts = ['newest', 'agreement', 'fastest'] as const;
export type InspectSort = (typeof inspectSorts)[number];

/** A review submitted with less active time than this counts as very fast, in milliseconds. */
export const veryFastMs = 60_000;

/** The state of a review for one reviewer. It reveals nothing about other reviewers' decisions. */
export type InspectState = 'open' | 'draft' | 'settled' | Inspection['decision']['kind'];

/** A row of the list of reviews to inspect. */
export interface InspectEntry {
  readonly reviewId: string;
  readonly taskId: string;
  /** The task's title, or the task's id if the task is not in the store. */
  readonly title: string;
  readonly language: string | undefined;
  readonly evaluator: string;
  readonly submittedAt: string;
  readonly activeMs: number;
  readonly overrides: number;
  /** Number of evaluators with a review of the task in effect, and the share of their pairs that agree. */
  readonly reviewsOfTask: number;
  readonly agreement: number | undefined;
  /** Whether the review replaces an earlier review. */
  readonly isRevision: boolean;
  readonly state: InspectState;
}

/** The reviewer and the reviews to list. */
export interface InspectFilter {
  readonly reviewer: string;
  readonly show: InspectShow;
}

/** At most `limit` rows; with `after`, the rows after that review. */
export interface InspectPage {
  readonly limit: number;
  readonly after?: string;
}

export interface InspectListing {
  readonly entries: readonly InspectEntry[];
  /** Number of reviews on all pages. */
  readonly total: number;
}

/** The data of a reviewed task that figures need. */
export interface TaskFacts {
  readonly taskId: string;
  readonly language: string;
  /** Answer id → length in characters. */
  readonly lengths: Readonly<Record<string, number>>;
}

/** Key of an unfinished record: its future kind, its author, and its subject (the id of a review or task). */
export interface UnfinishedKey {
  readonly kind: LedgerKind;
  readonly author: string;
  readonly subject: string;
}

/** Numbers of imported records that were added and already known, and the refused records. */
export interface RecordImportCounts {
  readonly added: number;
  readonly unchanged: number;
  /** Ids of known records whose content differs from the stored one: kept as stored. */
  readonly refused: readonly string[];
}

/**
 * All data that outlives the editor. All methods reject with a TiebreakError whose code begins with `store-`
 * (`store-locked`, `store-full`, `store-corrupt`, `store-cannot-open`, `store-foreign`, `store-newer`,
 * `store-read-only`, `store-io`, `store-closed`, `store-conflict`, `store-failed`) and that has a remedy.
 * Several processes may have the same store open. The writes of one process run in the order of the calls.
 */
export interface Store {
  /** Begins an import. A second import of the same connection begins when the first is discarded. */
  beginImport(choice?: ImportChoice): Promise<PendingImport>;
  task(taskId: string): Promise<Task | undefined>;
  /** Every task in the order of import, read page by page so that the host and other writers are not blocked. */
  tasks(): AsyncIterable<Task>;
  /** Removes tasks from the queue; drafts, reviews, skips and runs stay. Returns the number of removed tasks. */
  removeTasks(taskIds: readonly string[]): Promise<number>;
  /** Gold tasks and duplicates, in the order of import. Never show this to an evaluator. */
  reserve(): Promise<ReserveTask[]>;

  queue(filter: QueueFilter, order: QueueOrder, page: { offset: number; limit: number }): Promise<QueuePage>;
  queueSummary(
    evaluator: string,
    calibration?: CalibrationSettings,
    order?: QueueOrder,
  ): Promise<QueueSummary>;
  /** The files of import of the tasks that match the filter, in the order by file; `null` if a file is unknown. */
  queueFiles(filter: QueueFilter): Promise<(string | null)[]>;
  /**
   * The first open or drafted task after `afterTaskId` in the filtered order; wraps around and may return the same task.
   * If the filter has `calibration` and the turn has come, injects a gold task or a duplicate and returns it; from then
   * on the queue lists it. Injects nothing in the orders by title and language, which would reveal it.
   */
  nextTask(filter: QueueFilter, order: QueueOrder, afterTaskId?: string): Promise<string | undefined>;
  /**
   * The task that `nextTask` will return once the task in hand is submitted, without a change of the store: a duplicate that
   * would be injected is returned, but not added. A guess, which a change of the queue makes wrong.
   */
  upcomingTask(filter: QueueFilter, order: QueueOrder, inHand: string): Promise<Task | undefined>;

  /** The 1-based index of a task in the filtered order; index 0 if it does not match the filter. */
  place(taskId: string, filter: QueueFilter, order: QueueOrder): Promise<{ index: number; total: number }>;

  draft(taskId: string, evaluator: string): Promise<Draft | undefined>;
  /** Does not wait for the disk in this thread. When the promise resolves, the draft is on the disk. */
  saveDraft(draft: Draft): Promise<void>;

  /**
   * Commits the review, links it to the chain and removes the draft and the skip, in one transaction. A second call with
   * the same id and content returns the stored record and changes nothing; with other content it rejects with
   * `store-conflict`. When the promise resolves, the record is on the disk.
   */
  submit(review: UnchainedReview): Promise<Review>;
  /** In the order in which the store received the reviews. */
  reviews(filter?: ReviewFilter): Promise<Review[]>;
  /** The same reviews without runs, checks and texts; fast even for a hundred thousand reviews. */
  judged(filter?: ReviewFilter): Promise<Judged[]>;
  /** Facts on the stored tasks that have reviews, in no particular order. */
  taskFacts(): Promise<TaskFacts[]>;
  skip(skip: Skip): Promise<void>;
  unskip(taskId: string, evaluator: string): Promise<void>;
  skips(): Promise<Skip[]>;

  /** Adds time to the time already spent on the same work on the same day. */
  addTime(times: readonly WorkedTime[]): Promise<void>;
  /** The time that a person, or everybody, spent on one task or on all, by day and work, oldest first. */
  worked(of: { readonly person?: string; readonly taskId?: string }): Promise<WorkedEntry[]>;

  /** Saves a run under the hashes of its inputs, so that unchanged code is never run twice. */
  saveRun(run: Run): Promise<void>;
  /** The latest run that was not cancelled; `toolchain` is the result of `toolchainKey`. */
  cachedRun(key: { codeHash: string; casesHash: string; toolchain: string }): Promise<Run | undefined>;
  /** The cached report of a check. The key is a hash of all its inputs: the code, the tool, its version and settings. */
  cachedCheck(key: string): Promise<CheckReport | undefined>;
  /** Saves a report and replaces an earlier report with the same key; deletes the oldest reports beyond a limit. */
  saveCheck(key: string, report: CheckReport): Promise<void>;
  /** The runs of a task that have the newest result of a case on some code of an answer, oldest first. */
  latestRuns(taskId: string): Promise<Run[]>;
  /** Every run in the order in which the store received them, read page by page. */
  runs(): AsyncIterable<Run>;

  /**
   * Commits an inspection, settlement, gold verdict or ideal, links it to its author's chain of that kind and removes the
   * unfinished work on its subject (the review for an inspection, else the task), in one transaction. A second call with
   * the same id and content returns the stored record; with other content it rejects with `store-conflict`.
   */
  record<Kind extends LedgerKind>(kind: Kind, record: UnchainedRecord<Kind>): Promise<LedgerRecord<Kind>>;
  /** In the order in which the store received the records. */
  ledger<Kind extends LedgerKind = LedgerKind>(filter?: LedgerFilter<Kind>): Promise<LedgerEntry<Kind>[]>;
  /** Reviews that no later review replaces, with their state for a reviewer. */
  inspectList(filter: InspectFilter, sort: InspectSort, page: InspectPage): Promise<InspectListing>;
  /** Saves the unfinished content of a record and replaces the earlier content. */
  saveUnfinished(key: UnfinishedKey, work: Json): Promise<void>;
  unfinished(key: UnfinishedKey): Promise<Json | undefined>;

  /** The last inspection of each reviewer, if it sends back the evaluator's latest review of a task. */
  sentBack(taskId: string, evaluator: string): Promise<Inspection[]>;

  /** Verifies every chain; `undefined` if all links are valid. */
  verify(): Promise<ChainFault | undefined>;
  /** A number that changes when another process changes the data; for views that poll. */
  dataVersion(): Promise<number>;
  close(): Promise<void>;
}
