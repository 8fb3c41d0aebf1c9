import { tiebreakError } from '../core/errors.ts';
import { untrustedWorkspace } from '../core/run/untrusted.ts';
import { distinctFiles } from '../core/task/codeHash.ts';
import type { FullLimits, SourceFile } from '../core/task/task.ts';
import type { RunRequest } from './runner.ts';
import { effectiveLimits } from './sandbox/limits.ts';
import type { Sandbox, SandboxStatus } from './sandbox/sandbox.ts';
import type { FoundToolchain, Toolchain } from './toolchains/toolchain.ts';
import type { Toolchains } from './toolchains/toolchains.ts';

/** Everything that one run needs. */
export interface RunContext {
  readonly request: RunRequest;
  readonly files: readonly SourceFile[];
  readonly toolchain: Toolchain;
  readonly found: FoundToolchain;
  readonly sandbox: Sandbox;
  readonly status: Extract<SandboxStatus, { usable: true }>;
  readonly limits: FullLimits;
  readonly signal: AbortSignal | undefined;
}

/** What the context of every run is found with. */
export interface ContextParts {
  readonly sandbox: Sandbox;
  readonly toolchains: Toolchains;
  /** Whether the user trusts the workspace; checked before each run. */
  readonly trusted: () => boolean;
}

/** Finds the toolchain and the sandbox, or throws an error that names what is missing. */
export async function findRunContext(
  parts: ContextParts,
  request: RunRequest,
  signal?: AbortSignal,
): Promise<RunContext> {
  if (!parts.trusted()) {
    throw tiebreakError('untrusted-workspace', untrustedWorkspace);
  }
  const toolchain = parts.toolchains.toolchain(request.language);
  const status = await parts.sandbox.status();
  if (!status.usable) {
    throw tiebreakError('sandbox-missing', {
      what: `answers cannot be run safely: ${status.missing} is missing`,
      remedy: status.remedy,
    });
  }
  const found = await parts.toolchains.detect(request.language);
  if ('missing' in found) {
    throw tiebreakError('toolchain-missing', {
      what: `${found.missing} was not found`,
      remedy: found.remedy,
    });
  }
  const files = distinctFiles(request.files);
  return {
    request,
    files,
    toolchain,
    found,
    sandbox: parts.sandbox,
    status,
    limits: effectiveLimits(request.limits),
    signal,
  };
}
