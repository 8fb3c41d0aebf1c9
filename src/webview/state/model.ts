import { askedOf, type Asked } from '../../core/task/asked.ts';
import type { Obstacle } from '../../core/review/obstacle.ts';
import type { Case } from '../../core/task/task.ts';
import type { Side } from '../../core/task/side.ts';
import type { StateMessage } from '../../protocol/panel/messages.ts';
import type { PanelState } from '../../protocol/panel/state.ts';
import { isEqual } from '../../protocol/panel/fieldChanges.ts';
import { withStateChanges } from '../../protocol/panel/stateChanges.ts';
import {
  freshArrangement,
  readArrangement,
  type Arrangement,
  type Lower,
  type Place,
} from './arrangement.ts';
import type { Change, Steps } from './changes.ts';

/** Tasks whose places are kept: those that were left last. */
const maxPlaces = 50;

/** Selected lines in one file of one side; lines count from 1, both ends included. */
export interface Selection {
  readonly side: Side;
  readonly file: string;
  readonly from: number;
  readonly to: number;
}

export type Dialog =
  { readonly kind: 'keys' } | { readonly kind: 'skip' } | { readonly kind: 'flag'; readonly flagId?: string };

/** An input on which the answers differ: its search, and the id of its case there. */
export interface WitnessKey {
  readonly search: string;
  readonly caseId: string;
}

/** The form of a case: an edited case, or a new case that starts from `from`. */
export interface OpenCaseForm {
  readonly caseId?: string;
  readonly from?: Case;
  /** `from` is an input that was tried: it expects nothing yet. */
  readonly isTrial?: boolean;
  /** The input of the difference finder that the saved case allows. */
  readonly witness?: WitnessKey;
}

/** What is open or selected; lost at a reload. */
export interface Attention {
  readonly dialog: Dialog | null;
  readonly caseForm: OpenCaseForm | null;
  readonly selection: Selection | null;
  /** The shown file of each side. */
  readonly files: Readonly<Partial<Record<Side, string>>>;
  /** The line for an input to try is open. */
  readonly trying: boolean;
  readonly openCases: ReadonlySet<string>;
  readonly lower: Lower;
  /** Whether the field to find a text is open. */
  readonly finding: boolean;
  /** Why the last attempt to submit was refused. */
  readonly obstacles: readonly Obstacle[];
  readonly submitting: boolean;
  /** Changes of the judgement that can be undone, and their last steps. */
  readonly changes: readonly Change[];
  readonly steps: Steps;
  /** The change that the panel shows with a button that undoes it. */
  readonly lastChange: Change | null;
}

const initialAttention: Attention = {
  dialog: null,
  caseForm: null,
  selection: null,
  files: {},
  trying: false,
  openCases: new Set(),
  lower: 'cases',
  finding: false,
  obstacles: [],
  submitting: false,
  changes: [],
  steps: {},
  lastChange: null,
};

function attentionOf(place: Place | undefined): Partial<Attention> {
  return place === undefined ? {} : { lower: place.lower, openCases: new Set(place.openCases) };
}

/** An evaluator judges a task; a reviewer inspects a review or settles several. */
export type Mode = 'judge' | 'inspect' | 'settle';

/** Everything that the page shows: the host's state and the page's own. */
export class Model {
  state: PanelState = { empty: { reason: 'loading', message: 'Opening the task…' } };
  arrangement: Arrangement;
  attention: Attention = initialAttention;
  /** Version of the whole state that was received last. */
  #version: number | undefined;
  /** How far the parts of the page are scrolled. */
  readScroll: () => Place['scroll'] = () => ({});
  /** The number of the latest edit: its time, so that a page that was loaded anew begins above the numbers of the last. */
  #lastEdit: number | undefined;
  readonly #keep: (arrangement: Arrangement) => void;
  readonly #tried = new Map<string, readonly string[]>();
  readonly #listeners = new Set<() => void>();

  constructor(kept: unknown, keep: (arrangement: Arrangement) => void) {
    this.arrangement = readArrangement(kept);
    this.#keep = keep;
  }

  get mode(): Mode {
    if (this.state.inspection) return 'inspect';
    return this.state.settlement ? 'settle' : 'judge';
  }

  /** The subject that is shown: a task, or a review of it. Two reviews of one task are different subjects. */
  get subject(): string | undefined {
    const { task, inspection } = this.state;
    return task ? `${task.id} ${inspection?.reviewId ?? ''}` : undefined;
  }

  /** Whether the host does not have everything yet that the person typed or chose. */
  get isSending(): boolean {
    return this.#lastEdit !== undefined && this.#lastEdit !== this.state.receivedEdit;
  }

  /** Returns the number of a new edit. */
  numberEdit(): number {
    this.#lastEdit = Math.max(Date.now(), (this.#lastEdit ?? 0) + 1);
    this.#tell();
    return this.#lastEdit;
  }

  /** Whether the person's own work on the subject is submitted. */
  get isSubmitted(): boolean {
    const { task, inspection, settlement } = this.state;
    return (inspection ?? settlement ?? task)?.submitted ?? false;
  }

  /** What the open task asks for. */
  get asked(): Asked | undefined {
    return this.state.task ? askedOf(this.state.task) : undefined;
  }

  listen(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Applies a message of the host. Ignores late changes, which build on another whole state or task. */
  hear(message: StateMessage): void {
    if (message.kind === 'notice') return this.receive({ notice: message.notice });
    if (message.kind === 'whole') {
      this.#version = message.version;
      return this.#show(message.state);
    }
    const { of, taskId, changes } = message;
    if (of === this.#version && taskId === (this.state.task?.id ?? null))
      this.#show(withStateChanges(this.state, changes));
  }

  /** Sets sections from within the page, such as a notice. */
  receive(sections: PanelState): void {
    this.#show({ ...this.state, ...sections });
  }

  /** Where the person was in the open task when they left it. */
  get place(): Place | undefined {
    return this.arrangement.places.find(([of]) => of === this.subject)?.[1];
  }

  /** Shows another task afresh, or as it was left. After a reload, the task that was shown before keeps its arrangement. */
  #show(state: PanelState): void {
    const before = this.subject;
    const previous = this.state;
    this.state = state;
    const { subject } = this;
    if (before !== undefined && subject !== before) this.#keepPlace(before);
    if (subject !== before) this.attention = { ...initialAttention, ...attentionOf(this.place) };
    else if (this.isSubmitted) this.attention = { ...this.attention, obstacles: [] };
    if (subject !== undefined && subject !== this.arrangement.subject) this.#arrangeAfresh(subject);
    this.#takeUpCaseForms(previous);
    this.#tell();
  }

  /** Adopts forms of cases that were edited elsewhere: in a document, in another window, or before the panel was closed. */
  #takeUpCaseForms({ task, draft }: PanelState): void {
    const { caseForms } = this.state.draft ?? {};
    const before = task?.id === this.state.task?.id ? draft?.caseForms : undefined;
    if (caseForms === undefined || caseForms === before) return;
    let { unsaved } = this.arrangement;
    for (const { form, fields } of caseForms.forms) {
      const known = before?.forms.find((other) => other.form === form)?.fields;
      const isNews = caseForms.from !== 'panel' && !isEqual(known, fields);
      // A known form that is missing here was saved: its echo is still on the way.
      if (isNews || (known === undefined && unsaved[form] === undefined))
        unsaved = { ...unsaved, [form]: fields };
    }
    if (unsaved === this.arrangement.unsaved) return;
    this.arrangement = { ...this.arrangement, unsaved };
    this.#keep(this.arrangement);
  }

  #arrangeAfresh(subject: string): void {
    const compareBy = { ...this.arrangement.compareBy, format: false };
    const { pairing, alone, promptOpen, caseFilter, tab } = this.place ?? freshArrangement;
    const own = { pairing, alone, promptOpen, caseFilter, tab };
    this.arrangement = { ...this.arrangement, ...own, compareBy, subject };
    this.#keep(this.arrangement);
  }

  /** Notes where the person was. The page still shows the task that they leave. */
  #keepPlace(subject: string): void {
    const { pairing, alone, promptOpen, caseFilter, tab } = this.arrangement;
    const { lower, openCases } = this.attention;
    const scroll = this.readScroll();
    const place = { pairing, alone, promptOpen, caseFilter, tab, lower, openCases: [...openCases], scroll };
    const others = this.arrangement.places.filter(([of]) => of !== subject);
    const places = [...others, [subject, place] satisfies [string, Place]].slice(-maxPlaces);
    this.arrangement = { ...this.arrangement, places };
    this.#keep(this.arrangement);
  }

  arrange(change: Partial<Arrangement>): void {
    this.arrangement = { ...this.arrangement, ...change };
    this.#keep(this.arrangement);
    this.#tell();
  }

  /** The unsaved texts of a dialog. */
  unsaved(dialog: readonly unknown[]): Readonly<Record<string, string>> | undefined {
    return this.arrangement.unsaved[this.dialogKey(dialog)];
  }

  keepUnsaved(dialog: readonly unknown[], fields: Readonly<Record<string, string>>): void {
    this.arrange({ unsaved: { ...this.arrangement.unsaved, [this.dialogKey(dialog)]: { ...fields } } });
  }

  /** Forgets the texts of a dialog after they were saved. */
  dropUnsaved(dialog: readonly unknown[]): void {
    const { [this.dialogKey(dialog)]: _saved, ...unsaved } = this.arrangement.unsaved;
    this.arrange({ unsaved });
  }

  /** The key of a dialog's texts, which belong to the task on which they were typed. */
  dialogKey(dialog: readonly unknown[]): string {
    return JSON.stringify([this.state.task?.id, ...dialog]);
  }

  /** Opens the form of a case in the pane of the cases. */
  openCaseForm(form: OpenCaseForm = {}): void {
    if (this.mode !== 'judge' || this.state.task?.submitted === true) return;
    this.attend({ caseForm: form, lower: 'cases' });
    if (this.arrangement.tab !== 'evidence') this.arrange({ tab: 'evidence' });
  }

  /** The input of the difference finder that a case allows. */
  witnessOf(caseId: string): WitnessKey | undefined {
    for (const { id: search, witnesses } of this.state.differences?.searches ?? [])
      for (const { case: testCase, decision } of witnesses)
        if (decision?.kind === 'allowed' && decision.caseId === caseId)
          return { search, caseId: testCase.id };
    return undefined;
  }

  attend(change: Partial<Attention>): void {
    this.attention = { ...this.attention, ...change };
    this.#tell();
  }

  /** The inputs that were tried on this task, oldest first, each once. */
  get tried(): readonly string[] {
    return this.#tried.get(this.state.task?.id ?? '') ?? [];
  }

  addTried(text: string): void {
    this.#tried.set(this.state.task?.id ?? '', [...this.tried.filter((other) => other !== text), text]);
  }

  /** The side that the difference compares with the ideal; `undefined` when it compares A and B. */
  get idealAgainst(): Side | undefined {
    const { view, pairing } = this.arrangement;
    const { ideal, task } = this.state;
    if (view !== 'diff' || !ideal || !task) return undefined;
    const side = pairing === 'A|B' ? undefined : pairing === 'A|ideal' ? 'A' : 'B';
    return task.answers.length === 1 ? 'A' : side;
  }

  /** Path of the shown file of a side. */
  fileOf(side: Side): string | undefined {
    const answer = this.state.task?.answers.find((candidate) => candidate.side === side);
    const chosen = this.attention.files[side];
    return answer?.files.find((file) => file.path === chosen)?.path ?? answer?.files[0]?.path;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
