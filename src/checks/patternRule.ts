/** A pattern over the syntax tree of an answer. Its examples are its tests. */
export interface PatternRule {
  readonly id: string;
  readonly severity: string;
  readonly message: string;
  /** The CWE identifier of the weakness: `CWE-78`. Only unsafe patterns have one. */
  readonly cwe?: string;
  /** The ast-grep rule. SQL, which has no grammar here, uses `text`, a pattern over the text. */
  readonly rule?: object;
  readonly text?: string;
  /** The only grammar that the rule applies to, if the language has several and not all of them fit. */
  readonly grammar?: string;
  readonly bad: readonly string[];
  readonly good: readonly string[];
}

export interface PatternRules {
  /** Rules that other rules of the language refer to by name. */
  readonly utils?: Readonly<Record<string, object>>;
  readonly rules: readonly PatternRule[];
}
