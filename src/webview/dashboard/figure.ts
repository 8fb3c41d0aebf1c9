/** A value with its 95% interval, if any. */
export interface Point {
  readonly value: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}

/** Values in a chart with one name, colour and pattern. */
export interface Series<Value> {
  readonly name: string;
  readonly values: readonly (Value | undefined)[];
  /** Number of its colour, mark and dashes, by default its index. The same measure has the same style in all charts. */
  readonly style?: number;
}

interface ChartBase<Kind extends string, Value> {
  readonly kind: Kind;
  readonly series: readonly Series<Value>[];
  /** Title of the value axis. */
  readonly axis: string;
  readonly format: (value: number) => string;
}

/** A chart, independent of the library. `labels` are the categories along the other axis. */
export type ChartSpec =
  | (ChartBase<'stack', number> & { readonly labels: readonly string[] })
  | (ChartBase<'bars', number> & { readonly labels: readonly string[] })
  | (ChartBase<'intervals', Point> & {
      readonly labels: readonly string[];
      readonly from: number;
      readonly to: number;
      /** Formats the ticks of the axis. */
      readonly tick: (value: number) => string;
      /** A value to mark with a line, and its name. */
      readonly reference?: { readonly value: number; readonly name: string };
    })
  | (ChartBase<'lines', number> & {
      readonly along: string;
      readonly reference: { readonly value: number; readonly name: string };
    });

/** The text of a cell, and the value that it is sorted by. */
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

/** A figure of the dashboard as a chart and as a table. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  /** How to read it, in a sentence or two. */
  readonly hint: string;
  /** Whether it takes the whole width. */
  readonly isWide?: boolean;
  /** Why there is nothing to show, and what to do next; if set, chart and table are empty. */
  readonly empty?: string | undefined;
  /** What cannot be shown, and why. */
  readonly notes?: readonly string[];
  readonly chart: ChartSpec;
  readonly table: TableSpec;
}

export const words = (title: string): Column => ({ title, isNumber: false });
export const numbers = (title: string): Column => ({ title, isNumber: true });

export const textCell = (text: string): Cell => ({ text, sort: text });
/** Sorts by the value; a missing value comes last. */
export const valueCell = (value: number | undefined, format: (value: number) => string, none = '–'): Cell =>
  value === undefined ? { text: none, sort: -Infinity } : { text: format(value), sort: value };
