import { toolchainKey } from '../core/run/run.ts';
import { codeHash } from '../core/task/codeHash.ts';
import { contentHash } from '../core/text/hash.ts';
import type { RunContext } from './runContext.ts';
import type { RunKey } from './runner.ts';

/** The key of a run before it starts. */
export function runKey({ request, files, found, status, limits }: RunContext): RunKey {
  const { cases, entry, build, rejections } = request;
  return {
    codeHash: codeHash(files),
    casesHash: contentHash({
      cases,
      entry,
      build,
      limits,
      sandbox: status.kind,
      ...(rejections && { rejections }),
    }),
    toolchain: toolchainKey(found),
  };
}
