import type { CheckReport } from '../core/diagnostic.ts';
import type { SourceFile } from '../core/task.ts';

export interface CheckRequest {
  readonly answerId: string;
  readonly language: string;
  readonly files: readonly SourceFile[];
}

/** One tool: one file. It runs in the sandbox, and its output is normalised to diagnostics. */
export interface Check {
  /** `pyright`, `typescript`. */
  readonly id: string;
  readonly languages: readonly string[];
  /** Never rejects for what the answer contains; a tool that is missing or fails is a report that says so. */
  check(request: CheckRequest, signal?: AbortSignal): Promise<CheckReport>;
}
