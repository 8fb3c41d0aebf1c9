import { withCaseForm, type CaseCodeField } from '../../core/review/caseForm.ts';
import { withSearch, type Search } from '../../core/differing/searchRecord.ts';
import type { Timing } from '../../core/run/run.ts';
import type { Step, Trail } from '../../core/review/trail.ts';
import { withStep } from '../../core/review/steps.ts';
import type { Draft } from '../../core/review/review.ts';
import type { Edit } from '../../protocol/panel/edits.ts';
import type { PanelDraft } from '../../protocol/panel/state.ts';
import type { Store } from '../../store/store.ts';
import { DraftAutosave } from '../draftAutosave.ts';
import type { Saved } from '../savedStatus.ts';
import { TimeLog } from '../timeLog.ts';
import { ActiveClock } from './activeClock.ts';
import { applyEdit, fromStore, panelDraft, type Writers } from './draftEdits.ts';
import { withTiming } from './timings.ts';

/** The draft of a review: the judgement so far, the active time, and the trail. Each change is saved automatically. */
export class ReviewDraft {
  readonly autosave: DraftAutosave<Draft>;
  readonly #clock: ActiveClock;
  readonly #log: TimeLog;
  /** When this review, or this revision of it, was begun. Saved with the next change. */
  #startedAt: string;
  /** Saved with the next change of the judgement: only viewing a task creates no draft. */
  #trail: Trail;
  #from: Writers = fromStore;

  constructor(
    draft: Draft,
    store: Pick<Store, 'saveDraft' | 'addTime'>,
    onSaved: (saved: Saved) => void,
    now: () => number = Date.now,
  ) {
    this.#clock = new ActiveClock(draft.activeMs, now);
    this.#startedAt = draft.startedAt;
    const { evaluator: person, taskId } = draft;
    this.#log = new TimeLog(store, this.#clock, () => ({
      person,
      taskId,
      work: 'review',
      startedAt: this.#startedAt,
    }));
    this.#trail = draft.trail ?? [];
    this.autosave = new DraftAutosave(draft, (current) => store.saveDraft(current), onSaved);
  }

  /** As of the last change. */
  get current(): Draft {
    return this.autosave.draft;
  }

  /** With the active time and the steps since the last change. */
  get upToDate(): Draft {
    return { ...this.current, ...this.#activity() };
  }

  /** Active time on the task so far, in milliseconds. */
  get activeMs(): number {
    return this.#clock.totalMs;
  }

  edit(edit: Edit): void {
    const change = applyEdit(this.current, edit, this.current.shown);
    if (edit.kind === 'preference') this.addStep('preference');
    if (edit.kind === 'rationale') this.#from = { ...this.#from, rationale: 'panel' };
    if (edit.kind === 'case-form') this.#from = { ...this.#from, caseForms: 'panel' };
    this.autosave.update({ ...change, ...this.#activity() });
  }

  /** Sets the rationale from its own document instead of the panel. */
  editRationale(text: string): void {
    this.#from = { ...this.#from, rationale: 'document' };
    this.autosave.update({ rationale: text, ...this.#activity() });
  }

  /** Sets a field in the form of a case from the field's own document instead of the panel. */
  editCaseCode(form: string, field: CaseCodeField, text: string): void {
    const { caseForms = [] } = this.current;
    const fields = caseForms.find((unsaved) => unsaved.form === form)?.fields;
    if (fields === undefined) return;
    this.#from = { ...this.#from, caseForms: 'document' };
    const changed = withCaseForm(caseForms, form, { ...fields, [field]: text });
    this.autosave.update({ caseForms: changed, ...this.#activity() });
  }

  addTiming(timing: Timing): void {
    this.autosave.update({ timings: withTiming(this.current.timings, timing) });
  }

  addSearch(search: Search): void {
    this.autosave.update({ searches: withSearch(this.current.searches ?? [], search), ...this.#activity() });
  }

  /** Records that the evaluator viewed, ran or decided something. */
  addStep(kind: Step['kind'], what?: string): void {
    const step = { kind, ...(what === undefined ? {} : { what }), activeMs: this.activeMs };
    this.#trail = withStep(this.#trail, step);
  }

  signOfLife(): void {
    this.#clock.sign();
  }

  pause(): void {
    this.#clock.pause();
  }

  /** Saves the time spent so far. Never rejects. */
  saveTime(): Promise<void> {
    return this.#log.save();
  }

  /** Begins a revision of the submitted review, with its own time and trail. */
  async beginRevision(): Promise<void> {
    const saved = this.saveTime();
    this.#clock.restart();
    this.#startedAt = new Date().toISOString();
    this.#trail = [];
    this.autosave.reopen();
    await saved;
  }

  /** Adopts a newer draft of another window, unless a change here is not saved yet. Returns whether it did. */
  adopt(draft: Draft): boolean {
    if (!this.autosave.adopt(draft)) return false;
    this.#from = fromStore;
    this.#trail = draft.trail ?? [];
    this.#startedAt = draft.startedAt;
    return true;
  }

  panel(): PanelDraft {
    return panelDraft(this.upToDate, this.#from);
  }

  #activity(): Pick<Draft, 'activeMs' | 'trail' | 'startedAt'> {
    return { activeMs: this.activeMs, trail: this.#trail, startedAt: this.#startedAt };
  }
}
