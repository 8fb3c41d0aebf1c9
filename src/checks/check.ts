import type { CheckReport } from '../core/diagnostic.ts';
import { isDiff } from '../core/extraction/diffText.ts';
import type { Case, SourceFile } from '../core/task.ts';

export interface CheckRequest {
  readonly answerId: string;
  readonly language: string;
  readonly files: readonly SourceFile[];
  /** What makes the tables that SQL is bound to. */
  readonly schema?: string;
}

/** One tool: one file. It runs in the sandbox, and its output is normalised to diagnostics. */
export interface Check {
  /** `pyright`, `go vet`. */
  readonly id: string;
  /** Names and aliases of languages, or `any` for what looks at text. */
  readonly languages: readonly string[] | 'any';
  /** Never rejects for what the answer contains; a tool that is missing or fails is a report that says so. */
  check(request: CheckRequest, signal?: AbortSignal): Promise<CheckReport>;
}

/** Where reports are kept between sessions, by a hash of all that they depend on; the store is one. */
export interface CheckCache {
  cachedCheck(key: string): Promise<CheckReport | undefined>;
  saveCheck(key: string, report: CheckReport): Promise<void>;
}

/** Whether a check looks at answers in a language. */
export function looksAt({ languages }: Check, language: string): boolean {
  return languages === 'any' || languages.includes(language);
}

/** Whether any check knows the language, instead of looking at text alone. */
export function isKnown(language: string, checks: readonly Check[]): boolean {
  return checks.some((check) => check.languages !== 'any' && looksAt(check, language));
}

/**
 * What is asked of every check about one answer. The tables of SQL are those of the task's first case that has some. A
 * diff that could not be applied is no program: its words are no names.
 */
export function checkRequest(
  answerId: string,
  language: string,
  files: readonly SourceFile[],
  cases: readonly Case[],
): CheckRequest {
  const schema = cases.find((testCase) => testCase.kind === 'sql')?.schema;
  const code = files.filter(({ text }) => !isDiff(text));
  return { answerId, language, files: code, ...(schema === undefined ? {} : { schema }) };
}
