/**
 * One row of a table of the grammar. The test of the tables reads every example as the verdict of its row, and every
 * counterexample as another verdict or as none.
 */
export interface Form<Window, Verdict> {
  readonly example: string;
  /** Close to the example, and read as another verdict or as none. */
  readonly counterExample: string;
  /** Whether the row applies to a place in a sentence. */
  readonly form: (window: Window) => boolean;
  readonly verdict: Verdict;
}
