import type { ShownPreference } from '../../core/task/preference.ts';
import type { Side } from '../../core/task/side.ts';
import type { Inspection } from '../../core/inspection/inspection.ts';
import type { WitnessDecision } from '../../core/differing/searchRecord.ts';
import { problem } from '../../core/review/obstacle.ts';
import { anchorText } from '../../core/rationale/anchors.ts';
import type { IdealField } from '../../core/ideal/idealDraft.ts';
import type { Criterion } from '../../core/task/rubric.ts';
import type { Case } from '../../core/task/task.ts';
import type * as inspectionMessages from '../../protocol/inspection.ts';
import type { InspectionEdit, PanelSettlement, SettlementEdit } from '../../protocol/inspection.ts';
import type { PageChannel, Requests } from '../../protocol/pageChannel.ts';
import type * as editMessages from '../../protocol/panel/edits.ts';
import type { Edit } from '../../protocol/panel/edits.ts';
import type * as panelMessages from '../../protocol/panel/messages.ts';
import type { OpenTarget } from '../../protocol/panel/messages.ts';
import type { CompareBy, PanelFlag } from '../../protocol/panel/state.ts';
import { pairings, type Pairing, type View } from './arrangement.ts';
import type { Model, Selection, WitnessKey } from './model.ts';
import { flagOf, nextSuspicion, selectedSuspicion, type Suspicion } from '../code/suspicions.ts';
import { decisionNames, flagNames } from '../text/format.ts';
import { verdictLabel } from '../text/verdicts.ts';
import { isSame, valueOf, type Change } from './changes.ts';

type PanelMessages = typeof panelMessages & typeof editMessages & typeof inspectionMessages;
/** The panel's end of its channel. */
export type PanelChannel = PageChannel<PanelMessages>;

/** Least time between two reports of activity, in milliseconds. */
const signEveryMs = 4_000;
/** In milliseconds. A submission may have to wait while another window writes. */
const submitTimeoutMs = 60_000;

/** A change that is about to be made. */
type NewChange<Value> = Pick<Change, 'target' | 'text'> & {
  readonly to: Value;
  readonly shown: () => Value;
  readonly set: (value: Value) => void;
};

/** Everything a person can do in the panel. Keys, buttons and the host's commands call these. */
export class Actions {
  readonly #channel: PanelChannel;
  readonly #model: Model;
  #lastSign = 0;

  constructor(channel: PanelChannel, model: Model) {
    this.#channel = channel;
    this.#model = model;
  }

  /** Chooses a preference; `null` clears it. */
  prefer(preference: ShownPreference | null): void {
    this.#judge({
      target: 'preference',
      text: `Preference: ${verdictLabel(preference) ?? 'none'}`,
      to: preference,
      shown: () => this.#model.state.draft?.preference ?? null,
      set: (value) => this.#edit({ kind: 'preference', value }),
    });
  }

  /** Scores an answer; `null` clears the score. */
  score(side: Side, { id, title }: Pick<Criterion, 'id' | 'title'>, score: number | null): void {
    this.#judge({
      target: `score ${side} ${id}`,
      text: `${title} of ${side}: ${score ?? 'no score'}`,
      to: score,
      shown: () => this.#model.state.draft?.scores[side]?.[id] ?? null,
      set: (value) => this.#edit({ kind: 'score', side, criterion: id, value }),
    });
  }

  saveFlag(flag: PanelFlag): void {
    this.#changeFlag(flag.id, flag, `Flag: ${this.#flagName(flag)}`);
  }

  /** Flags what a check found, and shows the lines. */
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

  /**
   * Flags what the checks found on the selected lines. Otherwise selects the lines of the next finding, says what was
   * found, and returns the lines, so that nothing is flagged that the person does not see.
   */
  flagSelectedSuspicion(): Selection | undefined {
    const { state, attention } = this.#model;
    const selected = selectedSuspicion(state, attention.selection);
    if (selected !== undefined) {
      this.flagSuspicion(selected);
      return undefined;
    }
    const next = nextSuspicion(state);
    if (next === undefined) {
      this.#say('No finding is left to flag: no unknown API, no unsafe code, nothing that games the tests.');
      return undefined;
    }
    const { side, diagnostic } = next;
    const { file, range, message } = diagnostic;
    const selection = { side, file, from: range.startLine, to: Math.max(range.startLine, range.endLine) };
    this.#model.attend({ files: { ...attention.files, [side]: file }, selection });
    this.#say(`${this.anchor(selection)}: ${message}. Press U again to flag it.`);
    return selection;
  }

  removeFlag(id: string): void {
    const flag = this.#model.state.draft?.flags.find((candidate) => candidate.id === id);
    if (flag !== undefined) this.#changeFlag(id, null, `Flag removed: ${this.#flagName(flag)}`);
  }

  /** Undoes a change, by default the last one, unless its target was changed again since. */
  undo(change = this.#model.attention.changes.at(-1)): void {
    const { changes, steps } = this.#model.attention;
    if (this.#model.isSubmitted) return this.#say('What is submitted cannot be undone. Revise it instead.');
    if (change === undefined || !changes.includes(change)) return this.#say('There is nothing to undo.');
    const { target, text, from, to } = change;
    if (!isSame(valueOf(steps, target, change.shown()), to))
      return this.#say(`Not undone, because it was changed again: ${text}.`);
    change.set(from);
    this.#model.attend({
      changes: changes.filter((other) => other !== change),
      steps: { ...steps, [target]: { from: to, to: from } },
    });
    this.#say(`Undone: ${text}.`);
  }

  saveCase(testCase: Case): void {
    this.#edit({ kind: 'case', case: testCase });
  }

  removeCase(id: string): void {
    this.#edit({ kind: 'remove-case', id });
  }

  /** Saves the contents of the form of a case with the draft; `null` once its case is saved. */
  keepCaseForm(form: string, fields: Readonly<Record<string, string>> | null): void {
    this.#edit({ kind: 'case-form', form, fields: fields === null ? null : { ...fields } });
  }

  type(text: string): void {
    this.#edit({ kind: 'rationale', text });
  }

  typeIdeal(field: IdealField, text: string): void {
    const { task } = this.#model.state;
    if (task && !task.submitted)
      this.#channel.emit('idealTyped', { taskId: task.id, field, text, number: this.#model.numberEdit() });
  }

  override(rule: string, reason: string): void {
    this.#edit({ kind: 'override', rule, reason });
  }

  read(side: Side, reading: string): void {
    this.#edit({ kind: 'reading', side, reading });
  }

  /** Chooses the next reading of the answer; the first follows the last. */
  nextReading(side: Side): void {
    const answer = this.#model.state.task?.answers.find((candidate) => candidate.side === side);
    if (answer === undefined || answer.readings.length < 2) return;
    const at = answer.readings.findIndex(({ id }) => id === answer.reading);
    this.read(side, answer.readings[(at + 1) % answer.readings.length]!.id);
  }

  run(fresh = false, caseIds?: string[]): void {
    if (caseIds === undefined) this.#model.attend({ lower: 'cases' });
    this.#ask('run', { fresh, ...(caseIds === undefined ? {} : { caseIds }) });
  }

  /** Compares the times of A and B on a case; by default the case that was opened last. */
  compareTimes(caseId = [...this.#model.attention.openCases].at(-1)): void {
    if (caseId === undefined) {
      const text = 'Open a case first. The times of A and B are compared on the open case.';
      return this.#model.receive({ notice: { severity: 'info', text } });
    }
    this.#model.attend({ lower: 'cases' });
    this.#ask('compareTimes', { caseId });
  }

  /** Runs both answers on a case that expects nothing. */
  tryInput(testCase: Case): void {
    const { task } = this.#model.state;
    if (task) this.#ask('tryInput', { taskId: task.id, case: testCase });
  }

  /** Searches for inputs on which A and B differ, unless a search is under way. */
  findDifferences(): void {
    const { task, differences } = this.#model.state;
    if (!task) return;
    if (!differences) return this.#say('This task has one answer, so there is nothing to compare.');
    this.#model.attend({ lower: 'differences' });
    if (this.#model.arrangement.tab !== 'evidence') this.#model.arrange({ tab: 'evidence' });
    if (differences.phase !== 'running') this.#ask('findDifferences', { taskId: task.id });
  }

  /** Stops the search for differences, and no run. */
  stopSearch(): void {
    this.#ask('stopSearch', {});
  }

  /** Decides on an input on which the answers differ; `null` drops the decision. */
  decideWitness(witness: WitnessKey, decision: WitnessDecision | null): void {
    this.#edit({ kind: 'witness', ...witness, decision });
  }

  cancel(): void {
    this.#ask('cancelRun', {});
  }

  async submit(): Promise<void> {
    if (this.#model.attention.submitting) return;
    this.#model.attend({ submitting: true, obstacles: [] });
    try {
      const { problems } = await this.#channel.request('submit', {}, submitTimeoutMs);
      this.#model.attend({ submitting: false, obstacles: problems });
    } catch (error) {
      this.#model.attend({
        submitting: false,
        obstacles: [problem(error instanceof Error ? error.message : String(error))],
      });
    }
  }

  inspect(edit: InspectionEdit): void {
    const { inspection } = this.#model.state;
    if (!inspection || inspection.submitted) return;
    this.#channel.emit('inspectionEdited', {
      reviewId: inspection.reviewId,
      edit,
      number: this.#model.numberEdit(),
    });
  }

  /** Sets the decision on a review; `null` clears it. */
  decide(decision: Inspection['decision']['kind'] | null): void {
    this.#judge({
      target: 'decision',
      text: `Decision: ${decision === null ? 'none' : decisionNames[decision]}`,
      to: decision,
      shown: () => this.#model.state.inspection?.decision ?? null,
      set: (value) => this.inspect({ kind: 'decision', value }),
    });
  }

  /** Scores a rationale; `null` clears the score. */
  scoreRationale({ id, title }: Pick<Criterion, 'id' | 'title'>, score: number | null): void {
    this.#judge({
      target: `rationale score ${id}`,
      text: `${title}: ${score ?? 'no score'}`,
      to: score,
      shown: () => this.#model.state.inspection?.scores[id] ?? null,
      set: (value) => this.inspect({ kind: 'score', criterion: id, value }),
    });
  }

  /** Settles a task by a verdict; `null` clears it. */
  settleAs(verdict: NonNullable<PanelSettlement['verdict']>): void {
    this.#judge<PanelSettlement['verdict']>({
      target: 'verdict',
      text: `Verdict: ${verdict === 'unresolved' ? 'Unresolved' : verdictLabel(verdict)!}`,
      to: verdict,
      shown: () => this.#model.state.settlement?.verdict ?? null,
      set: (value) => this.settle({ kind: 'verdict', value }),
    });
  }

  settle(edit: SettlementEdit): void {
    const { task, settlement } = this.#model.state;
    if (task && settlement && !settlement.submitted)
      this.#channel.emit('settlementEdited', { taskId: task.id, edit, number: this.#model.numberEdit() });
  }

  skip(reason: string): void {
    this.#ask('skip', { reason });
  }

  next(): void {
    this.#ask('next', {});
  }

  revise(): void {
    this.#ask('revise', {});
  }

  open(target: OpenTarget): void {
    this.#ask('open', target);
  }

  /** Changes what differences ignore, and shows the difference. */
  compareBy(change: Partial<CompareBy>): void {
    const by = { ...this.#model.arrangement.compareBy, ...change };
    this.#model.arrange({ view: 'diff', compareBy: by });
    this.#channel.emit('compareBy', by);
  }

  /** Requests the options of the difference that were chosen on an earlier task. */
  compareAsBefore(): void {
    const { task } = this.#model.state;
    const by = this.#model.arrangement.compareBy;
    if (task && JSON.stringify(task.compareBy) !== JSON.stringify(by)) this.#channel.emit('compareBy', by);
  }

  /** Shows the difference of a pair; by default the next pair. */
  pair(pairing?: Pairing): void {
    const { arrangement, state } = this.#model;
    if (!state.ideal) return;
    const next = pairings[(pairings.indexOf(arrangement.pairing) + 1) % pairings.length]!;
    this.#model.arrange({ view: 'diff', pairing: pairing ?? next });
  }

  view(view: View): void {
    this.#model.arrange({ view });
  }

  toggleWrap(): void {
    this.#model.arrange({ wrap: !this.#model.arrangement.wrap });
  }

  toggleScrollTogether(): void {
    this.#model.arrange({ scrollTogether: !this.#model.arrangement.scrollTogether });
  }

  /** Gives an answer all the room, or both their halves again; by default A, then B, then both. */
  giveRoom(side?: Side): void {
    if (this.#model.state.task?.answers.length !== 2) return;
    const { alone, view } = this.#model.arrangement;
    const next = alone === null ? 'A' : alone === 'A' ? 'B' : null;
    const chosen = side === undefined ? next : alone === side ? null : side;
    this.#model.arrange({ alone: chosen, ...(view === 'diff' ? { view: 'code' } : {}) });
  }

  togglePlainPrompt(): void {
    this.#model.arrange({ promptOpen: true, plainPrompt: !this.#model.arrangement.plainPrompt });
  }

  /** The anchor of lines; it names the file when the answer has several. */
  anchor({ side, file, from, to }: Selection): string {
    const answer = this.#model.state.task?.answers.find((candidate) => candidate.side === side);
    const named = (answer?.files.length ?? 0) > 1 ? { file } : {};
    return anchorText({ kind: 'lines', side, from, to, start: 0, end: 0, ...named });
  }

  /** Reports activity to the host, at most once in `signEveryMs`. */
  sign(): void {
    const now = Date.now();
    if (now - this.#lastSign < signEveryMs) return;
    this.#lastSign = now;
    this.#channel.emit('active', {});
  }

  #changeFlag(id: string, to: PanelFlag | null, text: string): void {
    this.#judge({
      target: `flag ${id}`,
      text,
      to,
      shown: () => this.#model.state.draft?.flags.find((flag) => flag.id === id) ?? null,
      set: (flag) => this.#edit(flag === null ? { kind: 'unflag', id } : { kind: 'flag', flag }),
    });
  }

  #flagName({ kind, side, file, startLine: from, endLine: to }: PanelFlag): string {
    return `${flagNames[kind]} at ${this.anchor({ side, file, from, to })}`;
  }

  /** Makes a change of the judgement, and shows it with a button that undoes it. */
  #judge<Value>({ target, text, to, shown, set }: NewChange<Value>): void {
    const { changes, steps } = this.#model.attention;
    const from = valueOf(steps, target, shown());
    if (this.#model.isSubmitted || isSame(from, to)) return;
    set(to);
    const change: Change = {
      id: crypto.randomUUID(),
      target,
      text,
      from,
      to,
      shown,
      set: (value) => set(value as Value),
    };
    this.#model.attend({
      changes: [...changes, change],
      steps: { ...steps, [target]: { from, to } },
      lastChange: change,
    });
    this.#model.receive({ notice: null });
  }

  #say(text: string): void {
    this.#model.attend({ lastChange: null });
    this.#model.receive({ notice: { severity: 'info', text } });
  }

  #edit(edit: Edit): void {
    const { task } = this.#model.state;
    if (task === undefined || task === null || task.submitted) return;
    this.#channel.emit('edited', { taskId: task.id, edit, number: this.#model.numberEdit() });
  }

  /** Sends a request and shows a failure as a notice. */
  #ask<Name extends keyof Requests<PanelMessages>>(name: Name, request: Requests<PanelMessages>[Name]): void {
    this.#channel.request(name, request).catch((error: unknown) => {
      const text = error instanceof Error ? error.message : String(error);
      this.#model.receive({ notice: { severity: 'error', text } });
    });
  }
}
