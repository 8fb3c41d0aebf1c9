/** A value with its 95% interval, where there is one. */
export interface Point {
  readonly value: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

/** What belongs together in a chart under one name, colour and pattern. */
export interface Series<Value> {
  readonly name: string;
  readonly values: readonly (Value | undefined)[];
  /** Which colour, mark and dashes it has among intervals; else those of its place. The same measure looks the same in all charts. */
  readonly look?: number;
}

interface ChartBase<Kind extends string, Value> {
  readonly kind: Kind;
  readonly series: readonly Series<Value>[];
  /** Of the axis of values. */
  readonly axis: string;
  readonly format: (value: number) => string;
}

/** What to draw, whatever draws it. `labels` name the places along the other axis. */
export type ChartSpec =
  | (ChartBase<'stack', number> & { readonly labels: readonly string[] })
  | (ChartBase<'bars', number> & { readonly labels: readonly string[] })
  | (ChartBase<'intervals', Point> & {
      readonly labels: readonly string[];
      readonly from: number;
      readonly to: number;
      /** How the axis writes its values. */
      readonly tick: (value: number) => string;
      /** A value worth a line of its own, and what it means. */
      readonly reference?: { readonly value: number; readonly name: string };
    })
  | (ChartBase<'lines', number> & {
      readonly along: string;
      readonly reference: { readonly value: number; readonly name: string };
    });

/** A cell says something and sorts by something. */
export interface Cell {
  readonly text: string;
  readonly sort: number | string;
}

export interface Column {
  readonly title: string;
  readonly isNumber: boolean;
}

export interface TableSpec {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** One thing the dashboard shows: as a chart, and the same as a table. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  /** How to read it, in a sentence or two. */
  readonly hint: string;
  /** Takes the whole width. */
  readonly isWide?: boolean;
  /** Why there is nothing to show, and what to do about it; then chart and table are empty. */
  readonly empty?: string | undefined;
  /** What cannot be told, and why. */
  readonly notes?: readonly string[];
  readonly chart: ChartSpec;
  readonly table: TableSpec;
}

export const words = (title: string): Column => ({ title, isNumber: false });
export const numbers = (title: string): Column => ({ title, isNumber: true });

export const textCell = (text: string): Cell => ({ text, sort: text });
/** Sorts by the value; what has none comes last. */
export const valueCell = (value: number | undefined, format: (value: number) => string, none = '–'): Cell =>
  value === undefined ? { text: none, sort: -Infinity } : { text: format(value), sort: value };
