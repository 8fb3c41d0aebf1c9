/** A fault, or a likely fault, that the schema of the file allows. */
export interface FileProblem {
  /** Where, from the outermost value; a member's name or an item's place, from 0. */
  readonly path: readonly (string | number)[];
  readonly severity: 'error' | 'warning';
  /** The fault and its remedy, in one or two sentences without a final full stop. */
  readonly message: string;
}
