import * as z from 'zod';
import { askedOf, type Asked } from '../core/asked.ts';
import type { Side } from '../core/preference.ts';
import type { PanelState } from '../protocol/webview.ts';

export const views = ['written', 'code', 'diff'] as const;
export type View = (typeof views)[number];
/** What the difference holds against each other: A and B, or one of them and the ideal. */
export const pairings = ['A|B', 'A|ideal', 'B|ideal'] as const;
export type Pairing = (typeof pairings)[number];
export const caseFilters = ['all', 'splitting', 'mine'] as const;
export type CaseFilter = (typeof caseFilters)[number];

/** How the panel is arranged: kept through a reload. */
const arrangementSchema = z.object({
  view: z.enum(views).catch('code'),
  pairing: z.enum(pairings).catch('A|B'),
  promptOpen: z.boolean().catch(true),
  caseFilter: z.enum(caseFilters).catch('all'),
  /** Width of the judgement and height of the cases, in pixels. */
  judgementWidth: z.number().catch(392),
  casesHeight: z.number().catch(250),
  tab: z.enum(['evidence', 'judgement']).catch('evidence'),
  /** What differences leave out of account, and whether they are of formatted files, on this task and the next. */
  compareBy: z
    .object({
      ignoreWhitespace: z.boolean(),
      ignoreComments: z.boolean(),
      format: z.boolean().default(false),
    })
    .catch({ ignoreWhitespace: false, ignoreComments: false, format: false }),
  /** What is typed into dialogs and not saved yet: the fields by name, under a key for each dialog. */
  unsaved: z.record(z.string(), z.record(z.string(), z.string())).catch({}),
});
export type Arrangement = z.infer<typeof arrangementSchema>;

/** Lines chosen in one file of one side; lines count from 1, both ends included. */
export interface Selection {
  readonly side: Side;
  readonly file: string;
  readonly from: number;
  readonly to: number;
}

export type Dialog =
  | { readonly kind: 'keys' }
  | { readonly kind: 'skip' }
  | { readonly kind: 'flag'; readonly flagId?: string }
  | { readonly kind: 'case'; readonly caseId?: string };

/** What is open or chosen now: gone after a reload. */
export interface Attention {
  readonly dialog: Dialog | null;
  readonly selection: Selection | null;
  /** The file shown of each side, where there are several. */
  readonly files: Readonly<Partial<Record<Side, string>>>;
  readonly openCases: ReadonlySet<string>;
  readonly lower: 'cases' | 'diagnostics';
  /** What the last attempt to submit was refused for. */
  readonly obstacles: readonly string[];
  readonly submitting: boolean;
}

const initialAttention: Attention = {
  dialog: null,
  selection: null,
  files: {},
  openCases: new Set(),
  lower: 'cases',
  obstacles: [],
  submitting: false,
};

/** Who is at work: an evaluator, or a reviewer on one review or on several. */
export type Mode = 'judge' | 'inspect' | 'settle';

/** Everything the page shows: the host's state, and its own. One place, so that parts only draw. */
export class Model {
  state: PanelState = { empty: { reason: 'loading', message: 'Opening the task…' } };
  arrangement: Arrangement;
  attention: Attention = initialAttention;
  readonly #keep: (arrangement: Arrangement) => void;
  readonly #listeners = new Set<() => void>();

  constructor(kept: unknown, keep: (arrangement: Arrangement) => void) {
    this.arrangement = arrangementSchema.catch(arrangementSchema.parse({})).parse(kept ?? {});
    this.#keep = keep;
  }

  get mode(): Mode {
    if (this.state.inspection) return 'inspect';
    return this.state.settlement ? 'settle' : 'judge';
  }

  /** What the open task asks for. */
  get asked(): Asked | undefined {
    return this.state.task ? askedOf(this.state.task) : undefined;
  }

  listen(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Takes over the sections that the host sent. Another task starts with fresh attention. */
  receive(sections: PanelState): void {
    const before = subjectOf(this.state);
    this.state = { ...this.state, ...sections };
    if (subjectOf(this.state) !== before) this.attention = initialAttention;
    this.#tell();
  }

  arrange(change: Partial<Arrangement>): void {
    this.arrangement = { ...this.arrangement, ...change };
    this.#keep(this.arrangement);
    this.#tell();
  }

  /** What was typed into a dialog and not saved, however it was closed. */
  unsaved(dialog: readonly unknown[]): Readonly<Record<string, string>> | undefined {
    return this.arrangement.unsaved[this.#dialogKey(dialog)];
  }

  keepUnsaved(dialog: readonly unknown[], fields: Readonly<Record<string, string>>): void {
    this.arrange({ unsaved: { ...this.arrangement.unsaved, [this.#dialogKey(dialog)]: { ...fields } } });
  }

  /** The fields were saved: nothing is left of them here. */
  dropUnsaved(dialog: readonly unknown[]): void {
    const { [this.#dialogKey(dialog)]: _saved, ...unsaved } = this.arrangement.unsaved;
    this.arrange({ unsaved });
  }

  /** Dialogs belong to the task they were opened on. */
  #dialogKey(dialog: readonly unknown[]): string {
    return JSON.stringify([this.state.task?.id, ...dialog]);
  }

  attend(change: Partial<Attention>): void {
    this.attention = { ...this.attention, ...change };
    this.#tell();
  }

  /** Which ideal comparison the difference shows; `undefined` where it is that of A and B. */
  get idealAgainst(): Side | undefined {
    const { view, pairing } = this.arrangement;
    const { ideal, task } = this.state;
    if (view !== 'diff' || !ideal || !task) return undefined;
    const side = pairing === 'A|B' ? undefined : pairing === 'A|ideal' ? 'A' : 'B';
    return task.answers.length === 1 ? 'A' : side;
  }

  /** The file of a side that is shown. */
  fileOf(side: Side): string | undefined {
    const answer = this.state.task?.answers.find((candidate) => candidate.side === side);
    const chosen = this.attention.files[side];
    return answer?.files.find((file) => file.path === chosen)?.path ?? answer?.files[0]?.path;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** What is shown: two reviews of one task are two things. */
function subjectOf({ task, inspection }: PanelState): string | undefined {
  return task ? `${task.id} ${inspection?.reviewId ?? ''}` : undefined;
}
