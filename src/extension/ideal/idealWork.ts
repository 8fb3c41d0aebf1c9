import { v7 as uuid } from 'uuid';
import { checkRequest, isKnown, looksAt } from '../../checks/check.ts';
import type { CheckReport } from '../../core/diagnostic.ts';
import { contentHash, textHash } from '../../core/hash.ts';
import { editDistance, proveIdeal, type Proof, type Proving } from '../../core/ideal.ts';
import type { IdealDraft, IdealField } from '../../core/idealDraft.ts';
import { sides, type Side } from '../../core/preference.ts';
import type { RationaleContext } from '../../core/rationale/context.ts';
import { lintNotes } from '../../core/rationale/notes.ts';
import type { Finding } from '../../core/rationale/rule.ts';
import type { Run } from '../../core/run.ts';
import type { Case, SourceFile } from '../../core/task.ts';
import type { CompareBy, PanelIdeal } from '../../protocol/webview.ts';
import { diffFiles, linesOf } from '../session/answers.ts';
import { checkNotes } from '../session/checkNotes.ts';
import { DraftKeeper, type Saved } from '../session/draftKeeper.ts';
import type { SessionServices } from '../session/services.ts';
import { draftOf, idealPast, idealRecord, newIdealDraft, type IdealPast } from './idealDraft.ts';
import { IdealRuns, type RunGround } from './idealRuns.ts';

/** What the ideal needs of the session it is written in. */
export interface IdealGround extends Omit<RunGround, 'runner'> {
  readonly services: Pick<
    SessionServices,
    'store' | 'runner' | 'checks' | 'evaluator' | 'toolVersion' | 'mainFile'
  >;
  /** Answer ids as shown. */
  readonly order: readonly string[];
  readonly compareBy: () => CompareBy;
  /** What a rationale of the session is held against. */
  readonly context: () => RationaleContext;
  readonly activeMs: () => number;
  readonly saved: (saved: Saved) => void;
}

/**
 * The ideal solution of an open task: its files and notes, its runs and checks, and what proves it. Knows nothing of
 * VS Code; until it is begun it is empty.
 */
export class IdealWork {
  readonly runs: IdealRuns;
  readonly #ground: IdealGround;
  #keeper: DraftKeeper<IdealDraft> | undefined;
  /** What is submitted, and the version of the draft that it was. */
  #recorded: { version: number; id: string } | undefined;
  #built: { version: number; runs: number; record: ReturnType<typeof idealRecord> } | undefined;
  #reports: CheckReport[] = [];
  #checking: AbortController | undefined;
  /** Read once for each version of the notes: every result asks for what is said of them. */
  #noted: { key: string; findings: readonly Finding[] } = { key: '', findings: [] };
  #compared: { key: string; bySide: PanelIdeal['diff'] } = { key: '', bySide: {} };

  constructor(ground: IdealGround, past: IdealPast) {
    this.#ground = ground;
    this.runs = new IdealRuns({ ...ground, runner: ground.services.runner });
    const { draft, recorded } = past;
    if (draft !== undefined)
      this.#keep(draft.id === recorded?.id ? { ...draft, ...revisionOf(draft) } : draft);
    else if (recorded !== undefined) {
      this.#keep(draftOf(recorded, this.#filesOf(recorded.startedFrom)));
      this.#recorded = { version: 0, id: recorded.id };
    }
  }

  get begun(): boolean {
    return this.#keeper !== undefined;
  }

  get files(): readonly SourceFile[] {
    return this.#keeper?.draft.files ?? [];
  }

  /** The side it started from; `null` where it started from nothing. */
  get startedFrom(): Side | null {
    const from = this.#keeper?.draft.startedFrom ?? null;
    return from === null ? null : (sides[this.#ground.order.indexOf(from)] ?? null);
  }

  /** When it was last typed in, ISO 8601. */
  get updatedAt(): string {
    return this.#keeper?.draft.updatedAt ?? '';
  }

  get reports(): readonly CheckReport[] {
    return this.#reports;
  }

  /** Begins with the files of a side as they are shown, or with an empty file. */
  begin(from: Side | null): void {
    if (this.#keeper !== undefined) return;
    const { task, services, order, activeMs } = this.#ground;
    const startedFrom = from === null ? null : (order[sides.indexOf(from)] ?? null);
    const found = this.#filesOf(startedFrom);
    const start = found.length > 0 ? found : [{ path: services.mainFile(task.language), text: '' }];
    this.#keep(newIdealDraft(task, services.evaluator, { startedFrom, start, activeMs: activeMs() }));
    this.#update({});
  }

  /** Takes what was typed in one of its files; a new path adds a file. */
  type(path: string, text: string): void {
    if (!this.begun || this.files.some((file) => file.path === path && file.text === text)) return;
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

  /** Takes what was typed in a field of the panel. */
  write(field: IdealField, text: string): void {
    if (this.begun) this.#update({ [field]: text });
  }

  /** Runs cases on the ideal as it is now. */
  async run(cases: readonly Case[], signal: AbortSignal, fresh: boolean): Promise<void> {
    if (this.#keeper === undefined || this.files.length === 0 || cases.length === 0) return;
    await this.runs.run(this.#keeper.draft.id, this.files, cases, { signal, fresh });
  }

  /** Checks the ideal as answers are checked. */
  async check(): Promise<void> {
    this.#checking?.abort();
    if (this.#keeper === undefined) return;
    const { task, services, changed } = this.#ground;
    const controller = new AbortController();
    this.#checking = controller;
    this.#reports = [];
    const { language } = task;
    const program = this.runs.program(this.files);
    const request = checkRequest(this.#keeper.draft.id, language, program, this.#ground.cases());
    await Promise.all(
      services.checks
        .filter((check) => looksAt(check, language))
        .map(async (check) => {
          const report = await check.check(request, controller.signal);
          if (controller.signal.aborted) return;
          this.#reports = [...this.#reports, report];
          changed();
        }),
    );
    if (this.#checking === controller) this.#checking = undefined;
    changed();
  }

  /** Whether it is proved, with the ideal, the answers and the cases as they are now. */
  get proving(): Proving {
    const reason = this.#keeper?.draft.reason ?? '';
    if (this.#ground.cases().length === 0) return proveWithoutCases(reason);
    const current = this.runs.current(this.files);
    if (current === undefined)
      return {
        isProved: false,
        missing: 'the ideal as it is now was not run on all cases; run them (key R)',
      };
    return proveIdeal(current, this.runs.weak(), reason);
  }

  /** What the rules say of the notes. */
  get findings(): readonly Finding[] {
    if (this.#keeper === undefined) return [];
    const { notes, startedFrom } = this.#keeper.draft;
    const { proving } = this;
    const proof = proving.isProved ? proving.proof : undefined;
    const isChange = startedFrom !== null;
    const cases = this.#ground.cases().map(({ id }) => id);
    const key = JSON.stringify([notes, isChange, proof, cases]);
    if (this.#noted.key !== key) {
      const context = { ...this.#ground.context(), isChange, proof };
      this.#noted = { key, findings: lintNotes(notes, context) };
    }
    return this.#noted.findings;
  }

  /** What still stands between the ideal and its submission, each as an instruction. */
  obstacles(): string[] {
    if (this.#keeper === undefined) return ['Write the ideal solution (key O)'];
    const { proving } = this;
    return [
      ...(proving.isProved ? [] : [`Prove the ideal: ${proving.missing}`]),
      ...this.findings.filter(({ severity }) => severity === 'E').map(({ message }) => message),
    ];
  }

  /**
   * Submits the ideal, if it is begun and proved, and gives its id. What is submitted already is not submitted again.
   * Rejects with the store's error.
   */
  async submit(): Promise<string | undefined> {
    const { proving } = this;
    if (this.#keeper === undefined || !proving.isProved) return undefined;
    await this.#keeper.flush();
    const { version } = this.#keeper;
    if (this.#recorded?.version === version) return this.#recorded.id;
    const { id } = await this.#ground.services.store.record('ideal', this.#record(proving.proof));
    this.#recorded = { version, id };
    // What was typed in the meantime is no longer that record.
    if (this.#keeper.version !== version) this.#update({});
    return id;
  }

  /** What the panel shows; `null` until it is begun. */
  panel(): PanelIdeal | null {
    const draft = this.#keeper?.draft;
    if (draft === undefined) return null;
    const { notes, references, reason, files, start } = draft;
    return {
      files: files.map(panelFile),
      startedFrom: this.startedFrom,
      notes,
      references,
      reason,
      findings: this.findings.map(({ rule, severity, message }) => ({ rule, severity, message })),
      proof: this.#panelProof(),
      distance: editDistance(start, files),
      run: this.runs.column,
      checks: this.#panelChecks(),
      diff: this.#compare(),
      worth: this.runs.worth(files),
    };
  }

  /** Looks at what another window did to it: a newer draft is taken over, and a submission known as one. */
  async refresh(): Promise<void> {
    const { task, services, changed } = this.#ground;
    const { draft, recorded } = await idealPast(services.store, task.id, services.evaluator);
    if (
      recorded !== undefined &&
      recorded.id === this.#keeper?.draft.id &&
      this.#recorded?.id !== recorded.id
    )
      this.#recorded = { version: this.#keeper.version, id: recorded.id };
    if (draft === undefined) return;
    if (this.#keeper === undefined) this.#keep(draft);
    else if (!this.#keeper.adopt(draft)) return;
    changed();
  }

  /** Takes over what earlier sessions ran of it. */
  restore(runs: readonly Run[]): void {
    if (this.#keeper !== undefined) this.runs.restore(runs, this.#keeper.draft.id, this.files);
  }

  /** Saves what is unsaved. Rejects with the store's error. */
  async flush(): Promise<void> {
    await this.#keeper?.flush();
  }

  /** Ends saving what is submitted: it must not come back to life as a draft. */
  close(): void {
    if (this.#recorded !== undefined && this.#recorded.version === this.#keeper?.version)
      this.#keeper.close();
  }

  reopen(): void {
    this.#keeper?.reopen();
  }

  dispose(): void {
    this.#keeper?.close();
    this.#checking?.abort();
  }

  #keep(draft: IdealDraft): void {
    const { store, evaluator } = this.#ground.services;
    const key = { kind: 'ideal', author: evaluator, subject: draft.taskId } as const;
    this.#keeper = new DraftKeeper(
      draft,
      (current) => store.saveUnfinished(key, JSON.parse(JSON.stringify(current))),
      this.#ground.saved,
    );
  }

  /** A change of what is submitted begins a revision of it. */
  #update(change: Partial<IdealDraft>): void {
    const { draft } = this.#keeper!;
    const revision = this.#recorded?.id === draft.id ? revisionOf(draft) : {};
    this.#keeper!.update({ ...revision, ...change });
    this.#ground.changed();
  }

  /** The same record for the same draft, so that a repeated submission is recognised as one. */
  #record(proof: Proof): ReturnType<typeof idealRecord> {
    const { draft, version } = this.#keeper!;
    const ideal = this.runs.current(this.files);
    const runs = [...(ideal === undefined ? [] : [ideal]), ...this.runs.weak()];
    if (this.#built?.version !== version || this.#built.runs !== runs.length) {
      const { activeMs, services } = this.#ground;
      const more = { proof, runs, activeMs: activeMs(), toolVersion: services.toolVersion };
      this.#built = { version, runs: runs.length, record: idealRecord(draft, more) };
    }
    return this.#built.record;
  }

  /** The files of an answer as they are shown. */
  #filesOf(answerId: string | null): readonly SourceFile[] {
    return this.#ground.answers().find((answer) => answer.answerId === answerId)?.shownFiles ?? [];
  }

  #panelProof(): PanelIdeal['proof'] {
    const { proving } = this;
    if (!proving.isProved) return { state: 'missing', missing: proving.missing };
    const { proof } = proving;
    return proof.by === 'cases' ? { state: 'cases', cases: [...proof.cases] } : { state: 'reason' };
  }

  #panelChecks(): PanelIdeal['checks'] {
    const { task, services } = this.#ground;
    const { language } = task;
    return {
      phase: this.#checking !== undefined ? 'running' : isKnown(language, services.checks) ? 'done' : 'none',
      diagnostics: this.#reports.flatMap((report) => report.diagnostics),
      ...checkNotes(this.#reports, []),
    };
  }

  /** Each answer against the ideal; compared once for each version of either. */
  #compare(): PanelIdeal['diff'] {
    const { answers, compareBy, task } = this.#ground;
    const key = contentHash({
      ideal: [...this.files],
      answers: answers().map(({ shownFiles }) => [...shownFiles]),
      by: compareBy(),
    });
    if (this.#compared.key !== key) {
      const pairs = answers().map(({ side, shownFiles }) => [
        side,
        diffFiles(shownFiles, this.files, task.language, compareBy()),
      ]);
      this.#compared = { key, bySide: Object.fromEntries(pairs) };
    }
    return this.#compared.bySide;
  }
}

function revisionOf({ id }: IdealDraft): Pick<IdealDraft, 'id' | 'revises'> {
  return { id: uuid(), revises: id };
}

/** Its key names the very text, so that colours of an earlier one never show on it. */
export function panelFile({ path, text }: SourceFile): PanelIdeal['files'][number] {
  return { path, lines: linesOf(text), key: `ideal/file/${path}/${textHash(text).slice(0, 12)}` };
}

/** Of a task without cases the reason is all there is. */
function proveWithoutCases(reason: string): Proving {
  if (reason.trim() === '')
    return { isProved: false, missing: 'there is no case, and no reason says why none exists' };
  return { isProved: true, proof: { by: 'reason', reason: reason.trim() } };
}
