import { v7 as uuid } from 'uuid';
import { checkRequest } from '../../checks/check.ts';
import type { CheckReport } from '../../core/run/diagnostic.ts';
import { editDistance, type Proving } from '../../core/ideal/ideal.ts';
import type { IdealDraft, IdealField } from '../../core/ideal/idealDraft.ts';
import { sides, type Side } from '../../core/task/side.ts';
import type { RationaleContext } from '../../core/rationale/context.ts';
import type { Run } from '../../core/run/run.ts';
import type { Case, SourceFile } from '../../core/task/task.ts';
import type { CompareBy, PanelIdeal } from '../../protocol/panel/state.ts';
import { RecordDraft, type Prepared } from '../recordDraft.ts';
import { panelChecks } from '../review/checkBoard.ts';
import { ProgramChecks } from '../review/programChecks.ts';
import type { SessionServices } from '../review/services.ts';
import type { Saved } from '../savedStatus.ts';
import { draftOf, readIdealOpening, idealRecord, newIdealDraft, type IdealOpening } from './idealDraft.ts';
import { IdealDiff, panelFile } from './idealDiff.ts';
import { IdealProof } from './idealProof.ts';
import { IdealRuns, type IdealRunContext } from './idealRuns.ts';

/** What the ideal needs of the session it is written in. */
export interface IdealContext extends Omit<IdealRunContext, 'runner'> {
  readonly services: Pick<
    SessionServices,
    'store' | 'runner' | 'checks' | 'evaluator' | 'toolVersion' | 'mainFile'
  >;
  /** Answer ids as shown. */
  readonly order: readonly string[];
  readonly compareBy: () => CompareBy;
  /** The context in which the session's rationale is linted. */
  readonly rationaleContext: () => RationaleContext;
  readonly activeMs: () => number;
  readonly saved: (saved: Saved) => void;
}

/**
 * The ideal solution of an open task: its files and notes, its runs and checks, and its proof. Independent of VS Code. Empty
 * until `begin`.
 */
export class IdealWork {
  readonly runs: IdealRuns;
  readonly #context: IdealContext;
  readonly #checks: ProgramChecks;
  readonly #proof: IdealProof;
  readonly #diff = new IdealDiff();
  #draft: RecordDraft<'ideal', IdealDraft> | undefined;

  constructor(context: IdealContext, opening: IdealOpening) {
    const { services, task, cases, changed, rationaleContext } = context;
    this.#context = context;
    this.runs = new IdealRuns({ ...context, runner: services.runner });
    this.#checks = new ProgramChecks(task.language, services.checks, changed);
    this.#proof = new IdealProof({ runs: this.runs, cases, rationaleContext });
    const { draft, recorded } = opening;
    if (draft !== undefined) this.#open(draft.id === recorded?.id ? revisionOf(draft) : draft);
    else if (recorded !== undefined)
      this.#open(draftOf(recorded, this.#filesOf(recorded.startedFrom)), { isSubmitted: true });
  }

  get begun(): boolean {
    return this.#draft !== undefined;
  }

  get files(): readonly SourceFile[] {
    return this.#draft?.current.files ?? [];
  }

  /** The side that it started from; `null` for an empty start. */
  get startedFrom(): Side | null {
    const from = this.#draft?.current.startedFrom ?? null;
    return from === null ? null : (sides[this.#context.order.indexOf(from)] ?? null);
  }

  /** Time of the last change, ISO 8601. */
  get updatedAt(): string {
    return this.#draft?.current.updatedAt ?? '';
  }

  /** Changes with every change of the draft. */
  get version(): number {
    return this.#draft?.version ?? 0;
  }

  get reports(): readonly CheckReport[] {
    return this.#checks.reports;
  }

  /** Starts the ideal from the files of a side as they are shown, or from an empty file. */
  begin(from: Side | null): void {
    if (this.#draft !== undefined) return;
    const { task, services, order, activeMs, changed } = this.#context;
    const startedFrom = from === null ? null : (order[sides.indexOf(from)] ?? null);
    const found = this.#filesOf(startedFrom);
    const start = found.length > 0 ? found : [{ path: services.mainFile(task.language), text: '' }];
    this.#open(newIdealDraft(task, services.evaluator, { startedFrom, start, activeMs: activeMs() }));
    this.#draft!.update({});
    changed();
  }

  /** Sets the text of a file; a new path adds a file. */
  type(path: string, text: string): void {
    if (this.files.some((file) => file.path === path && file.text === text)) return;
    const known = this.files.some((file) => file.path === path);
    const file = { path, text };
    this.#update({
      files: known ? this.files.map((other) => (other.path === path ? file : other)) : [...this.files, file],
    });
  }

  remove(path: string): void {
    if (!this.files.some((file) => file.path === path)) return;
    this.#update({ files: this.files.filter((file) => file.path !== path) });
  }

  write(field: IdealField, text: string): void {
    this.#update({ [field]: text });
  }

  /** Runs cases on the current files. */
  async run(cases: readonly Case[], signal: AbortSignal, fresh: boolean): Promise<void> {
    if (this.#draft === undefined || this.files.length === 0 || cases.length === 0) return;
    await this.runs.run(this.#draft.current.id, this.files, cases, { signal, fresh });
  }

  /** Runs the checks on the ideal. Never rejects. */
  async check(): Promise<void> {
    if (this.#draft === undefined) return;
    const { task, cases } = this.#context;
    const program = this.runs.program(this.files);
    await this.#checks.check(checkRequest(this.#draft.current.id, task.language, program, cases()));
  }

  get isChecking(): boolean {
    return this.#checks.phase === 'running';
  }

  /** A check threw: the next try may succeed. */
  get hasCrashedCheck(): boolean {
    return this.#checks.hasCrashed;
  }

  /** Whether the current ideal is proved on the current answers and cases. */
  get proving(): Proving {
    return this.#proof.proving(this.#draft?.current ?? { reason: '', files: [] });
  }

  /** What is missing before the ideal can be submitted, each as an instruction. */
  obstacles(): string[] {
    if (this.#draft === undefined) return ['Write the ideal solution (key O)'];
    return this.#proof.obstacles(this.#draft.current);
  }

  /**
   * Submits the ideal if it is proved, and returns its id; an unchanged ideal is not submitted twice. Rejects with the
   * store's error.
   */
  async submit(): Promise<string | undefined> {
    const draft = this.#draft;
    if (draft === undefined || !this.proving.isProved) return undefined;
    if (draft.submitted) return draft.current.id;
    const submission = await draft.submit((current) => this.#prepare(current));
    return 'record' in submission ? submission.record.id : undefined;
  }

  /** What the panel shows; `null` until `begin`. */
  panel(): PanelIdeal | null {
    const draft = this.#draft?.current;
    if (draft === undefined) return null;
    const { notes, references, reason, files, start } = draft;
    const { answers, compareBy, task } = this.#context;
    return {
      files: files.map(panelFile),
      startedFrom: this.startedFrom,
      notes,
      references,
      reason,
      findings: this.#proof
        .findings(draft)
        .map(({ rule, severity, message }) => ({ rule, severity, message })),
      proof: this.#proof.panel(draft),
      distance: editDistance(start, files),
      run: this.runs.column,
      checks: panelChecks(this.#checks.phase, this.reports, []),
      diff: this.#diff.bySide({
        files,
        answers: answers(),
        language: task.language,
        compareBy: compareBy(),
      }),
      worth: this.runs.worth(files),
    };
  }

  /** Adopts a newer draft, or a submission, of another window. */
  async refresh(): Promise<void> {
    const { task, services, changed } = this.#context;
    const { draft, recorded } = await readIdealOpening(services.store, task.id, services.evaluator);
    if (recorded !== undefined) this.#draft?.noteSubmitted(recorded.id);
    if (draft === undefined) return;
    if (this.#draft === undefined) this.#open(draft);
    else if (!this.#draft.adopt(draft)) return;
    changed();
  }

  /** Restores runs of earlier sessions. */
  restore(runs: readonly Run[]): void {
    if (this.#draft !== undefined) this.runs.restore(runs, this.#draft.current.id, this.files);
  }

  /** Saves what is unsaved. Rejects with the store's error. */
  async flush(): Promise<void> {
    await this.#draft?.flush();
  }

  dispose(): void {
    this.#draft?.close();
    this.#checks.abort();
  }

  #open(draft: IdealDraft, { isSubmitted = false } = {}): void {
    const { services, saved } = this.#context;
    const { store, evaluator } = services;
    const key = { kind: 'ideal', author: evaluator, subject: draft.taskId } as const;
    this.#draft = new RecordDraft({ store, key, draft, isSubmitted, onSaved: saved });
  }

  #update(change: Partial<IdealDraft>): void {
    if (this.#draft === undefined) return;
    this.#draft.update(change);
    this.#context.changed();
  }

  #prepare(draft: IdealDraft): Prepared<'ideal'> {
    const proving = this.#proof.proving(draft);
    if (!proving.isProved) return { obstacles: [`Prove the ideal: ${proving.missing}`] };
    const { proof } = proving;
    const runs = this.#provingRuns();
    const { activeMs, services } = this.#context;
    const build = () =>
      idealRecord(draft, { proof, runs, activeMs: activeMs(), toolVersion: services.toolVersion });
    return { build, evidence: `${runs.length}` };
  }

  /** The runs that prove the ideal: its own, and those of the answers. */
  #provingRuns(): Run[] {
    const own = this.runs.current(this.files);
    return [...(own === undefined ? [] : [own]), ...this.runs.weak()];
  }

  #filesOf(answerId: string | null): readonly SourceFile[] {
    return this.#context.answers().find((answer) => answer.answerId === answerId)?.shownFiles ?? [];
  }
}

/** The draft of a record that was submitted, continued as the next record. */
function revisionOf(draft: IdealDraft): IdealDraft {
  return { ...draft, id: uuid(), revises: draft.id };
}
