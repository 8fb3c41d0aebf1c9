import type { ShownPreference, Side } from '../core/preference.ts';
import type { Inspection } from '../core/inspection.ts';
import { anchorText } from '../core/rationale/anchors.ts';
import type { IdealField } from '../core/idealDraft.ts';
import type { Case } from '../core/task.ts';
import type { Channel } from '../protocol/channel.ts';
import {
  inspectionEdited,
  settlementEdited,
  type InspectionEdit,
  type SettlementEdit,
} from '../protocol/inspection.ts';
import {
  active,
  cancelRun,
  compareBy,
  compareTimes,
  edited,
  idealTyped,
  openInEditor,
  revise,
  runCases,
  showNext,
  skipTask,
  submitReview,
  type CompareBy,
  type Edit,
  type OpenWish,
  type PanelFlag,
} from '../protocol/webview.ts';
import type { RequestType } from '../protocol/message.ts';
import { pairings, type Model, type Pairing, type Selection, type View } from './model.ts';
import { flagOf, nextSuspicion, type Suspicion } from './code/suspicions.ts';

/** Time between two signs of life, in milliseconds. */
const signEveryMs = 4_000;
/** A submission may have to wait for another window's write. */
const submitTimeoutMs = 60_000;

/** Everything a person can do in the panel: keys, buttons and the host's commands all end here. */
export class Actions {
  readonly #channel: Channel;
  readonly #model: Model;
  #lastSign = 0;

  constructor(channel: Channel, model: Model) {
    this.#channel = channel;
    this.#model = model;
  }

  prefer(value: ShownPreference): void {
    const chosen = this.#model.state.draft?.preference;
    this.#edit({ kind: 'preference', value: chosen === value ? null : value });
  }

  score(side: Side, criterion: string, value: number): void {
    const chosen = this.#model.state.draft?.scores[side]?.[criterion];
    this.#edit({ kind: 'score', side, criterion, value: chosen === value ? null : value });
  }

  saveFlag(flag: PanelFlag): void {
    this.#edit({ kind: 'flag', flag });
  }

  /** Makes a flag of what a check found, and shows its lines. */
  flagSuspicion(suspicion: Suspicion): void {
    const flag = flagOf(suspicion, crypto.randomUUID());
    if (flag === undefined || this.#model.state.task?.submitted === true) return;
    const { side, file, startLine: from, endLine: to } = flag;
    this.saveFlag(flag);
    this.#model.attend({
      files: { ...this.#model.attention.files, [side]: file },
      selection: { side, file, from, to },
    });
  }

  /** The same for the finding that the key means; see `nextSuspicion`. */
  flagNextSuspicion(): void {
    const suspicion = nextSuspicion(this.#model.state, this.#model.attention.selection);
    if (suspicion !== undefined) this.flagSuspicion(suspicion);
  }

  removeFlag(id: string): void {
    this.#edit({ kind: 'unflag', id });
  }

  saveCase(testCase: Case): void {
    this.#edit({ kind: 'case', case: testCase });
  }

  removeCase(id: string): void {
    this.#edit({ kind: 'remove-case', id });
  }

  type(text: string): void {
    this.#edit({ kind: 'rationale', text });
  }

  typeIdeal(field: IdealField, text: string): void {
    const { task } = this.#model.state;
    if (task && !task.submitted) this.#channel.emit(idealTyped, { taskId: task.id, field, text });
  }

  override(rule: string, reason: string): void {
    this.#edit({ kind: 'override', rule, reason });
  }

  read(side: Side, reading: string): void {
    this.#edit({ kind: 'reading', side, reading });
  }

  /** The next way to read an answer's files, after the last the first again. */
  nextReading(side: Side): void {
    const answer = this.#model.state.task?.answers.find((candidate) => candidate.side === side);
    if (answer === undefined || answer.readings.length < 2) return;
    const at = answer.readings.findIndex(({ id }) => id === answer.reading);
    this.read(side, answer.readings[(at + 1) % answer.readings.length]!.id);
  }

  run(fresh = false, caseIds?: string[]): void {
    this.#model.attend({ lower: 'cases' });
    this.#ask(runCases, { fresh, ...(caseIds === undefined ? {} : { caseIds }) });
  }

  /** Compares the times of A and B on a case, or on the one that was opened last. */
  compareTimes(caseId = [...this.#model.attention.openCases].at(-1)): void {
    if (caseId === undefined) {
      const text = 'Open a case first: the times of A and B are compared on it.';
      return this.#model.receive({ notice: { severity: 'info', text } });
    }
    this.#model.attend({ lower: 'cases' });
    this.#ask(compareTimes, { caseId });
  }

  cancel(): void {
    this.#ask(cancelRun, {});
  }

  async submit(): Promise<void> {
    if (this.#model.attention.submitting) return;
    this.#model.attend({ submitting: true, obstacles: [] });
    try {
      const { problems } = await this.#channel.request(submitReview, {}, submitTimeoutMs);
      this.#model.attend({ submitting: false, obstacles: problems });
    } catch (error) {
      this.#model.attend({
        submitting: false,
        obstacles: [error instanceof Error ? error.message : String(error)],
      });
    }
  }

  /** One change to the inspection that is shown. */
  inspect(edit: InspectionEdit): void {
    const { inspection } = this.#model.state;
    if (!inspection || inspection.submitted) return;
    this.#channel.emit(inspectionEdited, { reviewId: inspection.reviewId, edit });
  }

  /** Decides what becomes of the review; the same again takes it back. */
  decide(kind: Inspection['decision']['kind']): void {
    const chosen = this.#model.state.inspection?.decision;
    this.inspect({ kind: 'decision', value: chosen === kind ? null : kind });
  }

  /** One change to the settlement that is shown. */
  settle(edit: SettlementEdit): void {
    const { task, settlement } = this.#model.state;
    if (task && settlement && !settlement.submitted)
      this.#channel.emit(settlementEdited, { taskId: task.id, edit });
  }

  skip(reason: string): void {
    this.#ask(skipTask, { reason });
  }

  next(): void {
    this.#ask(showNext, {});
  }

  revise(): void {
    this.#ask(revise, {});
  }

  open(wish: OpenWish): void {
    this.#ask(openInEditor, wish);
  }

  /** Leaves something out of account in differences, or takes it into account again. */
  compareBy(change: Partial<CompareBy>): void {
    const by = { ...this.#model.arrangement.compareBy, ...change };
    this.#model.arrange({ view: 'diff', compareBy: by });
    this.#channel.emit(compareBy, by);
  }

  /** Asks for the comparison that was chosen on another task. */
  compareAsBefore(): void {
    const { task } = this.#model.state;
    const by = this.#model.arrangement.compareBy;
    if (task && JSON.stringify(task.compareBy) !== JSON.stringify(by)) this.#channel.emit(compareBy, by);
  }

  /** Shows the difference of a pair; of the next one where none is named. */
  pair(pairing?: Pairing): void {
    const { arrangement, state } = this.#model;
    if (!state.ideal) return;
    const next = pairings[(pairings.indexOf(arrangement.pairing) + 1) % pairings.length]!;
    this.#model.arrange({ view: 'diff', pairing: pairing ?? next });
  }

  view(view: View): void {
    this.#model.arrange({ view });
  }

  /** The anchor of lines, with the file where the answer has several. */
  anchor({ side, file, from, to }: Selection): string {
    const answer = this.#model.state.task?.answers.find((candidate) => candidate.side === side);
    const named = (answer?.files.length ?? 0) > 1 ? { file } : {};
    return anchorText({ kind: 'lines', side, from, to, start: 0, end: 0, ...named });
  }

  /** Tells the host, now and then, that somebody is at work. */
  sign(): void {
    const now = Date.now();
    if (now - this.#lastSign < signEveryMs) return;
    this.#lastSign = now;
    this.#channel.emit(active, {});
  }

  #edit(edit: Edit): void {
    const { task } = this.#model.state;
    if (task === undefined || task === null || task.submitted) return;
    this.#channel.emit(edited, { taskId: task.id, edit });
  }

  /** Sends a wish; what goes wrong with it is shown, since nobody waits for the reply. */
  #ask<Request>(type: RequestType<Request, object>, request: Request): void {
    this.#channel.request(type, request).catch((error: unknown) => {
      const text = error instanceof Error ? error.message : String(error);
      this.#model.receive({ notice: { severity: 'error', text } });
    });
  }
}
