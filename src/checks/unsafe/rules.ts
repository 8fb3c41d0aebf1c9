import bash from './bash.json' with { type: 'json' };
import c from './c.json' with { type: 'json' };
import go from './go.json' with { type: 'json' };
import java from './java.json' with { type: 'json' };
import javascript from './javascript.json' with { type: 'json' };
import python from './python.json' with { type: 'json' };
import sql from './sql.json' with { type: 'json' };

/** A pattern that is not safe. Its examples are its tests. */
export interface UnsafeRule {
  readonly id: string;
  /** The weakness it is an instance of: `CWE-78`. */
  readonly cwe: string;
  readonly severity: string;
  readonly message: string;
  /** What ast-grep looks for; or a pattern over the text, for SQL, which has no grammar here. */
  readonly rule?: object;
  readonly text?: string;
  /** The one grammar that has what the rule looks for, where not all of the language's have. */
  readonly grammar?: string;
  readonly bad: readonly string[];
  readonly good: readonly string[];
}

export interface UnsafeRules {
  /** Rules that others of the language refer to by name. */
  readonly utils?: object;
  readonly rules: readonly UnsafeRule[];
}

/** The rules by the language that they are for; C's are for C++ as well, JavaScript's for TypeScript. */
export const unsafeRules: Readonly<Record<string, UnsafeRules>> = {
  bash,
  c,
  go,
  java,
  javascript,
  python,
  sql,
};
