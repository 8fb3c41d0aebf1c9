import { withCaseForm, type CaseCodeField } from '../../../src/core/review/caseForm.ts';
import type { Obstacle } from '../../../src/core/review/obstacle.ts';
import { splittingIn } from '../../../src/core/rationale/context.ts';
import { lintRationale } from '../../../src/core/rationale/lint.ts';
import type { Draft } from '../../../src/core/review/review.ts';
import type { Rubric } from '../../../src/core/task/rubric.ts';
import type { Case, CaseKind, Task } from '../../../src/core/task/task.ts';
import { rationaleContext } from '../../../src/sessions/review/rationaleContext.ts';
import {
  diffAnswers,
  compareExactly,
  promptSegments,
  showAnswers,
  type ShownAnswer,
} from '../../../src/sessions/review/answers.ts';
import {
  applyEdit,
  fromStore,
  openingDraft,
  panelDraft,
  weightedMeans,
  type Writers,
} from '../../../src/sessions/review/draftEdits.ts';
import { panelSearches } from '../../../src/sessions/review/searches.ts';
import { panelFiles } from '../../../src/sessions/review/taskFiles.ts';
import { applyInspectionEdit } from '../../../src/sessions/inspection/inspectionEdits.ts';
import { StateSender } from '../../../src/sessions/stateSender.ts';
import { Channel } from '../../../src/protocol/channel.ts';
import type { Port } from '../../../src/protocol/wire.ts';
import { edited, idealTyped, type Edit } from '../../../src/protocol/panel/edits.ts';
import {
  active,
  cancelRun,
  findDifferences,
  compareBy,
  compareTimes,
  viewed,
  openInEditor,
  panelCommand,
  panelReady,
  revise,
  runCases,
  showNext,
  skipTask,
  stateChanged,
  stopSearch,
  submitReview,
  themeChanged,
  tryInput,
  type OpenTarget,
} from '../../../src/protocol/panel/messages.ts';
import type {
  CompareBy,
  PanelDifferences,
  PanelDiffFile,
  PanelHighlight,
  PanelIdeal,
  PanelState,
} from '../../../src/protocol/panel/state.ts';
import {
  inspectionEdited,
  settlementEdited,
  type InspectionEdit,
  type PanelInspection,
  type PanelSettlement,
  type SettlementEdit,
} from '../../../src/protocol/inspection.ts';
import type { RequestType } from '../../../src/protocol/message.ts';
import type * as z from 'zod';
import { chunkDiagnostics, chunkResults, chunkRubric, chunkTask } from './chunkTask.ts';

/** What the fixture shows. By default: the chunk task without any judgement. */
export interface FixtureOptions {
  readonly task?: Task;
  readonly rubric?: Rubric;
  /** The kinds of cases that run in the task's language; those of Python by default. */
  readonly kinds?: readonly CaseKind[];
  readonly draft?: Partial<Draft>;
  /** Whether the cases have run and the checks are done. Otherwise neither has begun. */
  readonly ran?: boolean;
  readonly timings?: NonNullable<PanelState['cases']>['timings'];
  readonly highlight?: PanelHighlight;
  readonly ideal?: PanelIdeal;
  /** A reviewer inspects the draft, instead of an evaluator who writes it. */
  readonly inspection?: PanelInspection;
  readonly settlement?: PanelSettlement;
  /** Sections that replace those made from the other options. */
  readonly over?: PanelState;
}

type PanelCommand = z.infer<typeof panelCommand.payload>['command'];

/** A request that the page sent. */
export type Target =
  | { readonly kind: 'run'; readonly fresh: boolean; readonly caseIds?: readonly string[] }
  | { readonly kind: 'compareTimes'; readonly caseId: string }
  | { readonly kind: 'try'; readonly case: Case }
  | { readonly kind: 'open'; readonly target: OpenTarget }
  | { readonly kind: 'skip'; readonly reason: string }
  | { readonly kind: 'cancel' | 'submit' | 'next' | 'revise' | 'find' | 'stopSearch' };

/**
 * The extension host's half of the panel. The messages, the draft, the comparison and the rules of the rationale are real;
 * there is no editor, no database and no sandbox.
 */
export class FixtureHost {
  readonly edits: { taskId: string; edit: Edit }[] = [];
  readonly requests: Target[] = [];
  readonly inspectionEdits: InspectionEdit[] = [];
  readonly settlementEdits: SettlementEdit[] = [];
  /** What the page reported as viewed. */
  readonly views: string[] = [];
  /** Errors on the host's side; a test that ends with an error fails. */
  readonly errors: Error[] = [];
  activeEvents = 0;
  readonly themes: string[] = [];
  /** Whether the page is told which edit the host has. */
  confirms = true;
  /** The number of the page's latest edit. */
  receivedEdit: number | null = null;
  /** The obstacles with which the next submission is refused. */
  problems: Obstacle[] = [];
  draft: Draft;
  ideal: PanelIdeal | null;
  readonly #options: FixtureOptions;
  #task: Task;
  readonly #rubric: Rubric;
  readonly #sender = new StateSender((message) => this.#channel?.emit(stateChanged, message));
  #channel: Channel | undefined;
  #shown: { readings: Draft['readings']; answers: ShownAnswer[]; diff: PanelDiffFile[] } | undefined;
  #inspection: PanelInspection | undefined;
  #from: Writers = fromStore;
  #compareBy: CompareBy = compareExactly;

  constructor(options: FixtureOptions = {}) {
    this.#options = options;
    this.#task = options.task ?? chunkTask;
    this.#rubric = options.rubric ?? chunkRubric;
    this.ideal = options.ideal ?? null;
    this.#inspection = options.inspection;
    const order = this.#task.answers.map(({ id }) => id);
    this.draft = {
      ...openingDraft(this.#task, 'fixture', undefined, undefined),
      shown: [...order],
      ...options.draft,
    };
  }

  connect(port: Port): void {
    this.#channel?.dispose();
    const channel = new Channel(port, (error) => this.errors.push(error));
    this.#channel = channel;
    channel.handle(panelReady, ({ themeId }) => {
      this.themes.push(themeId);
      this.#sender.whole(this.state());
      return {};
    });
    channel.on(themeChanged, ({ themeId }) => this.themes.push(themeId));
    channel.on(compareBy, (by) => {
      this.#compareBy = by;
      this.#shown = undefined;
      this.send({ task: this.state().task! });
    });
    channel.on(inspectionEdited, ({ edit, number }) => {
      this.#inspect(edit);
      this.#confirm(number);
    });
    channel.on(settlementEdited, ({ edit, number }) => {
      this.settlementEdits.push(edit);
      this.#confirm(number);
    });
    channel.on(viewed, ({ kind, what }) => this.views.push(what === undefined ? kind : `${kind} ${what}`));
    channel.on(active, () => (this.activeEvents += 1));
    channel.on(edited, ({ taskId, edit, number }) => {
      this.#edit(taskId, edit);
      this.#confirm(number);
    });
    channel.on(idealTyped, ({ field, text, number }) => {
      this.ideal = this.ideal === null ? null : { ...this.ideal, [field]: text };
      this.send({ ideal: this.ideal });
      this.#confirm(number);
    });
    const note = <Request>(type: RequestType<Request, object>, target: (request: Request) => Target) =>
      channel.handle(type, (request) => {
        this.requests.push(target(request));
        return {};
      });
    note(runCases, ({ fresh, caseIds }) => ({
      kind: 'run',
      fresh,
      ...(caseIds === undefined ? {} : { caseIds }),
    }));
    note(compareTimes, ({ caseId }) => ({ kind: 'compareTimes', caseId }));
    note(tryInput, ({ case: testCase }) => ({ kind: 'try', case: testCase }));
    note(findDifferences, () => ({ kind: 'find' }));
    note(stopSearch, () => ({ kind: 'stopSearch' }));
    note(cancelRun, () => ({ kind: 'cancel' }));
    note(skipTask, ({ reason }) => ({ kind: 'skip', reason }));
    note(showNext, () => ({ kind: 'next' }));
    note(revise, () => ({ kind: 'revise' }));
    note(openInEditor, (target) => ({ kind: 'open', target }));
    channel.handle(submitReview, () => {
      this.requests.push({ kind: 'submit' });
      return { accepted: this.problems.length === 0, problems: this.problems };
    });
  }

  send(sections: PanelState): void {
    this.#sender.change(sections);
  }

  /** Sends a command of the editor to the page. */
  command(command: PanelCommand): void {
    this.#channel?.emit(panelCommand, { command });
  }

  /** Changes the rationale as its document does. */
  writeRationale(text: string): void {
    this.#from = { ...this.#from, rationale: 'document' };
    this.draft = { ...this.draft, rationale: text };
    this.send({ draft: panelDraft(this.draft, this.#from), findings: this.#findings() });
  }

  /** Changes a field in the form of a case as its document does. The form is the one that changed last. */
  writeCaseCode(field: CaseCodeField, text: string): void {
    const { form, fields } = this.draft.caseForms!.at(-1)!;
    this.#from = { ...this.#from, caseForms: 'document' };
    const caseForms = withCaseForm(this.draft.caseForms!, form, { ...fields, [field]: text });
    this.draft = { ...this.draft, caseForms };
    this.send({ draft: panelDraft(this.draft, this.#from) });
  }

  /** Opens another task in the panel, as after a submission; for a reviewer, another review. */
  show(task: Task, inspection = this.#inspection): void {
    this.#task = task;
    this.#inspection = inspection;
    this.#shown = undefined;
    this.#compareBy = compareExactly;
    this.draft = {
      ...openingDraft(task, 'fixture', undefined, undefined),
      shown: task.answers.map(({ id }) => id),
    };
    this.#sender.whole(this.state());
  }

  dispose(): void {
    this.#channel?.dispose();
  }

  state(): PanelState {
    const { answers, diff } = this.#read();
    const { ran = false } = this.#options;
    return {
      task: {
        id: this.#task.id,
        title: this.#task.title ?? this.#task.id,
        language: this.#task.language,
        ...(this.#task.entry === undefined ? {} : { entry: this.#task.entry }),
        tags: this.#task.tags ?? [],
        place: { index: 7, total: 42 },
        kinds: [...(this.#options.kinds ?? (['call', 'stdin', 'unit', 'command'] as const))],
        ask: this.#task.ask ?? ['rank'],
        prompt: promptSegments(this.#task.prompt),
        promptText: this.#task.prompt,
        ...panelFiles(this.#task.files),
        answers: answers.map(({ panel }) => panel),
        diff,
        compareBy: this.#compareBy,
        rubric: this.#rubric,
        submitted:
          this.#inspection !== undefined ||
          this.#options.settlement !== undefined ||
          this.#options.over?.calibrationFeedback !== undefined,
      },
      empty: null,
      draft: panelDraft(this.draft, this.#from),
      totals: this.#totals(),
      cases: this.#cases(),
      differences: this.differences(),
      checks: Object.fromEntries(
        answers.map(({ side }) => [
          side,
          {
            phase: ran ? 'done' : 'running',
            diagnostics: ran ? chunkDiagnostics(side) : [],
            notes: [],
            absent: [],
            tools: ['pyright 1.1.407', 'ruff 0.14.1'],
          },
        ]),
      ),
      ideal: this.ideal,
      findings: this.#findings(),
      saved: ran ? { state: 'saved', at: '2026-11-21T14:03:21.000Z' } : { state: 'clean' },
      highlight: this.#options.highlight ?? null,
      inspection: this.#inspection ?? null,
      settlement: this.#options.settlement ?? null,
      receivedEdit: this.receivedEdit,
      ...this.#options.over,
    };
  }

  /** The searches of the draft, with the state of the one under way. */
  differences(
    state: Omit<PanelDifferences, 'searches'> = { phase: 'idle' },
  ): NonNullable<PanelState['differences']> | null {
    const { answers } = this.#read();
    if (answers.length < 2) return null;
    return { ...state, searches: panelSearches(this.draft.searches ?? [], answers) };
  }

  /** Reads and compares the answers once for each pair of readings, as a session does. */
  #read(): { answers: ShownAnswer[]; diff: PanelDiffFile[] } {
    const { readings, shown } = this.draft;
    if (this.#shown?.readings !== readings) {
      const mainFile = this.#task.language === 'python' ? 'main.py' : 'main.txt';
      const answers = showAnswers(this.#task, shown, readings, mainFile);
      // Stands in for a formatter: leaves one space between words of Python, and does not know other languages.
      const formatted = !this.#compareBy.format
        ? []
        : answers.map(({ shownFiles }) =>
            this.#task.language === 'python'
              ? {
                  by: 'Fixture',
                  files: shownFiles.map(({ path, text }) => ({
                    path,
                    text: text.replaceAll(/(?<=\S) +/g, ' '),
                  })),
                }
              : { whyNot: 'there is no formatter' },
          );
      const diff = diffAnswers(answers, this.#task.language, this.#compareBy, formatted);
      this.#shown = { readings, answers, diff };
    }
    return this.#shown;
  }

  #cases(): NonNullable<PanelState['cases']> {
    const { ran = false, timings } = this.#options;
    const results = (side: 'A' | 'B') => (ran ? chunkResults(side) : []);
    const side = (name: 'A' | 'B') => ({
      phase: ran ? ('done' as const) : ('idle' as const),
      results: Object.fromEntries(results(name).map((result) => [result.caseId, result])),
      ...(ran ? { toolchain: 'Python 3.12.4', sandbox: 'bubblewrap', approximate: true, wallMs: 210 } : {}),
    });
    return {
      cases: [...(this.#task.cases ?? []), ...this.draft.cases],
      sides: Object.fromEntries(this.#read().answers.map(({ side: name }) => [name, side(name)])),
      ...(timings === undefined ? {} : { timings }),
      splitting: splittingIn({ results: { A: results('A'), B: results('B') } }),
    };
  }

  #totals(): Partial<Record<'A' | 'B', number>> {
    return weightedMeans(this.#rubric, this.draft, this.draft.shown);
  }

  #findings(): NonNullable<PanelState['findings']> {
    const { ran = false } = this.#options;
    const { answers, diff } = this.#read();
    const context = rationaleContext({
      task: this.#task,
      rubric: this.#rubric,
      draft: this.draft,
      answers,
      diff,
      cases: [...(this.#task.cases ?? []), ...this.draft.cases],
      results: (side) => (ran ? chunkResults(side) : []),
      reports: () => [],
      recent: [],
    });
    return lintRationale(this.draft.rationale, context);
  }

  #confirm(number: number): void {
    this.receivedEdit = number;
    if (this.confirms) this.send({ receivedEdit: number });
  }

  #inspect(edit: InspectionEdit): void {
    this.inspectionEdits.push(edit);
    const before = this.#inspection!;
    this.#inspection = {
      ...before,
      ...applyInspectionEdit(before, edit, this.draft.rationale),
    } as PanelInspection;
    this.send({ inspection: this.#inspection });
  }

  #edit(taskId: string, edit: Edit): void {
    this.edits.push({ taskId, edit });
    if (taskId !== this.#task.id) return;
    this.draft = { ...this.draft, ...applyEdit(this.draft, edit, this.draft.shown) };
    if (edit.kind === 'rationale') this.#from = { ...this.#from, rationale: 'panel' };
    if (edit.kind === 'case-form') this.#from = { ...this.#from, caseForms: 'panel' };
    this.send({
      draft: panelDraft(this.draft, this.#from),
      totals: this.#totals(),
      findings: this.#findings(),
      ...(edit.kind === 'witness' || edit.kind === 'remove-case' ? { differences: this.differences() } : {}),
      ...(edit.kind === 'case' || edit.kind === 'remove-case' ? { cases: this.#cases() } : {}),
      ...(edit.kind === 'reading' ? { task: this.state().task ?? null } : {}),
    });
  }
}
