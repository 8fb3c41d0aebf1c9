import type { Side } from '../../core/task/side.ts';
import type { Model } from '../state/model.ts';
import { rowAt, type LineAddress } from './codeRow.ts';
import type { Difference } from './difference.ts';
import { lineBeside } from './foldedRows.ts';
import { extended, moved, type Extent } from './lineSelection.ts';

/** Selects lines of an answer, by mouse and by keys. */
export class LineSelector {
  readonly #model: () => Model;
  readonly #difference: Difference;
  #dragFrom: LineAddress | undefined;
  #extent: Extent | undefined;

  constructor(model: () => Model, difference: Difference) {
    this.#model = model;
    this.#difference = difference;
  }

  press(event: MouseEvent): void {
    const to = rowAt(event);
    this.#dragFrom = to;
    if (to === undefined || !event.shiftKey) return;
    event.preventDefault();
    const { selection } = this.#model().attention;
    if (selection?.side === to.side) this.#select(to.side, to.file, selection.from, to.line);
  }

  release(event: MouseEvent): void {
    const from = this.#dragFrom;
    const to = rowAt(event);
    this.#dragFrom = undefined;
    if (from === undefined || to === undefined || from.side !== to.side || event.shiftKey) return;
    this.#select(to.side, to.file, from.line, to.line);
  }

  /** Moves or extends the selection by a line. Returns the line it moved to, if any. */
  move(by: number, extend: boolean, focused: Side | undefined): LineAddress | undefined {
    const { attention, state } = this.#model();
    const { selection } = attention;
    const side = focused ?? selection?.side ?? 'A';
    const file = this.#model().fileOf(side);
    const answer = state.task?.answers.find((candidate) => candidate.side === side);
    const last = answer?.files.find(({ path }) => path === file)?.lines.length ?? 0;
    if (file === undefined || last === 0 || this.#difference.shown?.formatted !== undefined) return undefined;
    const now = selection?.side === side && selection.file === file ? selection : undefined;
    this.#extent = extend ? extended(now, this.#extent, by, last) : moved(now, this.#extent, by, last);
    const { origin, head } = this.#extent;
    this.#select(side, file, origin, head);
    return { side, file, line: head };
  }

  /** In the difference, moves the selection to the line beside it. Returns that line, if any. */
  toSide(side: Side): LineAddress | undefined {
    const { selection } = this.#model().attention;
    const pair = this.#difference.shown;
    const file = side === 'A' ? pair?.a : pair?.b;
    if (pair === undefined || pair.formatted !== undefined || file === undefined || selection?.side === side)
      return undefined;
    const line = selection === null ? 1 : lineBeside(pair.rows, selection.side, selection.from);
    this.#select(side, file, line, line);
    return { side, file, line };
  }

  #select(side: Side, file: string, one: number, other: number): void {
    const selection = { side, file, from: Math.min(one, other), to: Math.max(one, other) };
    this.#model().attend({ selection });
  }
}
