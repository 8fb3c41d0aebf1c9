/** Something in a file that its schema allows and that is wrong or unlikely all the same. */
export interface Doubt {
  /** Where, from the outermost value; a member's name or an item's place, from 0. */
  readonly path: readonly (string | number)[];
  readonly severity: 'error' | 'warning';
  /** What is the matter and how to mend it, in one or two sentences without a final full stop. */
  readonly message: string;
}
