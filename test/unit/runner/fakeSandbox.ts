import type { Sandbox, SandboxJob, SandboxOutcome } from '../../../src/runner/sandbox/sandbox.ts';
import { emptyOutcome } from '../../../src/runner/sandbox/supervise.ts';

/** A sandbox that runs nothing and passes everything, for tests of the code around it. */
export function fakeSandbox(
  run: (job: SandboxJob) => Promise<Partial<SandboxOutcome> | void> = async () => {},
): Sandbox {
  const outcome: SandboxOutcome = { ...emptyOutcome('exit'), exit: 0, wallMs: 1, cpuMs: 1, peakBytes: 1 };
  return {
    kind: 'fake',
    status: async () => ({ usable: true, kind: 'fake', approximate: false, notes: [] }),
    run: async (job) => ({ ...outcome, ...(await run(job)) }),
  };
}
