import type { FullLimits, SourceFile } from '../core/task.ts';
import type { RunRequest } from './runner.ts';
import type { Sandbox, SandboxStatus } from './sandbox.ts';
import type { FoundToolchain, Toolchain } from './toolchain.ts';

/** All that one run needs, once everything it depends on has been found. */
export interface Ground {
  readonly request: RunRequest;
  readonly files: readonly SourceFile[];
  readonly toolchain: Toolchain;
  readonly found: FoundToolchain;
  readonly sandbox: Sandbox;
  readonly status: Extract<SandboxStatus, { usable: true }>;
  readonly limits: FullLimits;
  readonly signal: AbortSignal | undefined;
}
