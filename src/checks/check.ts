import type { CheckReport } from '../core/run/diagnostic.ts';
import { isDiff } from '../core/extraction/diffText.ts';
import type { Case, SourceFile } from '../core/task/task.ts';

export interface CheckRequest {
  readonly answerId: string;
  readonly language: string;
  readonly files: readonly SourceFile[];
  /** The cases that the author of the answer may have seen. */
  readonly cases?: readonly Case[];
  /** The SQL that creates the tables to which SQL answers are bound. */
  readonly schema?: string;
}

/** One tool: one file. It runs in the sandbox, and its output is normalized to diagnostics. */
export interface Check {
  /** For example `pyright` or `go vet`. */
  readonly id: string;
  /** Names of languages, or `any` for a check that looks only at text. */
  readonly languages: readonly string[] | 'any';
  /** Never rejects because of the answer's content; if the tool is missing or fails, the report says so. */
  check(request: CheckRequest, signal?: AbortSignal): Promise<CheckReport>;
}

/** Keeps reports between sessions, by a hash of everything that they depend on; the store implements it. */
export interface CheckCache {
  cachedCheck(key: string): Promise<CheckReport | undefined>;
  saveCheck(key: string, report: CheckReport): Promise<void>;
}

/** Whether a check applies to answers in a language. */
export function looksAt({ languages }: Check, language: string): boolean {
  return languages === 'any' || languages.includes(language);
}

/** Whether any check supports the language specifically, not only as text. */
export function isKnown(language: string, checks: readonly Check[]): boolean {
  return checks.some((check) => check.languages !== 'any' && looksAt(check, language));
}

/**
 * The request to every check for one answer. SQL is bound to the tables of the task's first case that has tables. A diff that
 * did not apply is skipped: identifiers in it are not code.
 */
export function checkRequest(
  answerId: string,
  language: string,
  files: readonly SourceFile[],
  cases: readonly Case[],
): CheckRequest {
  const schema = cases.find((testCase) => testCase.kind === 'sql')?.schema;
  const code = files.filter(({ text }) => !isDiff(text));
  return { answerId, language, files: code, cases, ...(schema === undefined ? {} : { schema }) };
}
