import { splittingIn } from '../../../src/core/rationale/context.ts';
import { lintRationale } from '../../../src/core/rationale/lint.ts';
import type { Draft } from '../../../src/core/review.ts';
import type { Rubric } from '../../../src/core/rubric.ts';
import type { Task } from '../../../src/core/task.ts';
import { rationaleContext } from '../../../src/extension/session/findings.ts';
import {
  diffAnswers,
  everything,
  promptSegments,
  showAnswers,
  type ShownAnswer,
} from '../../../src/extension/session/answers.ts';
import {
  applyEdit,
  openingDraft,
  panelDraft,
  weightedMeans,
} from '../../../src/extension/session/draftEdits.ts';
import { applyInspectionEdit } from '../../../src/extension/inspection/inspectionEdits.ts';
import { Channel, type Port } from '../../../src/protocol/channel.ts';
import {
  active,
  cancelRun,
  compareBy,
  compareTimes,
  edited,
  idealTyped,
  looked,
  openInEditor,
  panelCommand,
  panelReady,
  revise,
  runCases,
  showNext,
  skipTask,
  stateChanged,
  submitReview,
  themeChanged,
  type CompareBy,
  type Edit,
  type OpenWish,
  type PanelDiffFile,
  type PanelHighlight,
  type PanelIdeal,
  type PanelState,
} from '../../../src/protocol/webview.ts';
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

/** What a fixture shows, where it differs from the chunk task untouched. */
export interface FixtureOptions {
  readonly task?: Task;
  readonly rubric?: Rubric;
  readonly draft?: Partial<Draft>;
  /** Cases ran and checks are done; otherwise neither has begun. */
  readonly ran?: boolean;
  readonly timings?: NonNullable<PanelState['cases']>['timings'];
  readonly highlight?: PanelHighlight;
  readonly ideal?: PanelIdeal;
  /** A reviewer looks at what the draft holds, instead of an evaluator who writes it. */
  readonly inspection?: PanelInspection;
  readonly settlement?: PanelSettlement;
  /** Sections laid over the state that follows from the rest. */
  readonly over?: PanelState;
}

type PanelCommand = z.infer<typeof panelCommand.payload>['command'];

/** A wish that the page sent, as it came. */
export type Wish =
  | { readonly kind: 'run'; readonly fresh: boolean; readonly caseIds?: readonly string[] }
  | { readonly kind: 'compareTimes'; readonly caseId: string }
  | { readonly kind: 'open'; readonly wish: OpenWish }
  | { readonly kind: 'skip'; readonly reason: string }
  | { readonly kind: 'cancel' | 'submit' | 'next' | 'revise' };

/**
 * The extension host's half of the panel over the real wire, with the real draft, comparison and rationale rules and
 * without an editor, a database or a sandbox behind it.
 */
export class FixtureHost {
  readonly edits: { taskId: string; edit: Edit }[] = [];
  readonly wishes: Wish[] = [];
  readonly inspectionEdits: InspectionEdit[] = [];
  readonly settlementEdits: SettlementEdit[] = [];
  /** What the page said came into view. */
  readonly looks: string[] = [];
  /** What went wrong on this side of the wire; a test that ends with one has failed. */
  readonly errors: Error[] = [];
  signs = 0;
  readonly themes: string[] = [];
  /** What the next submission is refused for. */
  problems: string[] = [];
  draft: Draft;
  ideal: PanelIdeal | null;
  readonly #options: FixtureOptions;
  readonly #task: Task;
  readonly #rubric: Rubric;
  #channel: Channel | undefined;
  #shown: { readings: Draft['readings']; answers: ShownAnswer[]; diff: PanelDiffFile[] } | undefined;
  #inspection: PanelInspection | undefined;
  #from: 'store' | 'panel' | 'document' = 'store';
  #compareBy: CompareBy = everything;

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
      return this.state();
    });
    channel.on(themeChanged, ({ themeId }) => this.themes.push(themeId));
    channel.on(compareBy, (by) => {
      this.#compareBy = by;
      this.#shown = undefined;
      this.send({ task: this.state().task! });
    });
    channel.on(inspectionEdited, ({ edit }) => this.#inspect(edit));
    channel.on(settlementEdited, ({ edit }) => this.settlementEdits.push(edit));
    channel.on(looked, ({ kind, what }) => this.looks.push(what === undefined ? kind : `${kind} ${what}`));
    channel.on(active, () => (this.signs += 1));
    channel.on(edited, ({ taskId, edit }) => this.#edit(taskId, edit));
    channel.on(idealTyped, ({ field, text }) => {
      this.ideal = this.ideal === null ? null : { ...this.ideal, [field]: text };
      this.send({ ideal: this.ideal });
    });
    const note = <Request>(type: RequestType<Request, object>, wish: (request: Request) => Wish) =>
      channel.handle(type, (request) => {
        this.wishes.push(wish(request));
        return {};
      });
    note(runCases, ({ fresh, caseIds }) => ({
      kind: 'run',
      fresh,
      ...(caseIds === undefined ? {} : { caseIds }),
    }));
    note(compareTimes, ({ caseId }) => ({ kind: 'compareTimes', caseId }));
    note(cancelRun, () => ({ kind: 'cancel' }));
    note(skipTask, ({ reason }) => ({ kind: 'skip', reason }));
    note(showNext, () => ({ kind: 'next' }));
    note(revise, () => ({ kind: 'revise' }));
    note(openInEditor, (wish) => ({ kind: 'open', wish }));
    channel.handle(submitReview, () => {
      this.wishes.push({ kind: 'submit' });
      return { accepted: this.problems.length === 0, problems: this.problems };
    });
  }

  send(sections: PanelState): void {
    this.#channel?.emit(stateChanged, sections);
  }

  /** Has the page do what a command of the editor asks for. */
  command(command: PanelCommand): void {
    this.#channel?.emit(panelCommand, { command });
  }

  /** The rationale as another editor of the same text left it. */
  writeRationale(text: string): void {
    this.#from = 'document';
    this.draft = { ...this.draft, rationale: text };
    this.send({ draft: panelDraft(this.draft, this.#from), findings: this.#findings() });
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
        ask: this.#task.ask ?? ['rank'],
        prompt: promptSegments(this.#task.prompt),
        answers: answers.map(({ panel }) => panel),
        diff,
        compareBy: this.#compareBy,
        rubric: this.#rubric,
        submitted:
          this.#inspection !== undefined ||
          this.#options.settlement !== undefined ||
          this.#options.over?.lesson !== undefined,
      },
      empty: null,
      draft: panelDraft(this.draft, this.#from),
      totals: this.#totals(),
      cases: this.#cases(),
      checks: Object.fromEntries(
        answers.map(({ side }) => [
          side,
          {
            phase: ran ? 'done' : 'running',
            diagnostics: ran ? chunkDiagnostics(side) : [],
            notes: [],
            absent: [],
          },
        ]),
      ),
      ideal: this.ideal,
      findings: this.#findings(),
      saved: ran ? { state: 'saved', at: '2026-11-21T14:03:21.000Z' } : { state: 'clean' },
      highlight: this.#options.highlight ?? null,
      inspection: this.#inspection ?? null,
      settlement: this.#options.settlement ?? null,
      ...this.#options.over,
    };
  }

  /** Read and compared once for each pair of readings, as a session does. */
  #read(): { answers: ShownAnswer[]; diff: PanelDiffFile[] } {
    const { readings, shown } = this.draft;
    if (this.#shown?.readings !== readings) {
      const mainFile = this.#task.language === 'python' ? 'main.py' : 'main.txt';
      const answers = showAnswers(this.#task, shown, readings, mainFile);
      // In the place of a formatter: one blank between words, and a language that it does not know.
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
    if (edit.kind === 'rationale') this.#from = 'panel';
    this.send({
      draft: panelDraft(this.draft, this.#from),
      totals: this.#totals(),
      findings: this.#findings(),
      ...(edit.kind === 'case' || edit.kind === 'remove-case' ? { cases: this.#cases() } : {}),
      ...(edit.kind === 'reading' ? { task: this.state().task ?? null } : {}),
    });
  }
}
