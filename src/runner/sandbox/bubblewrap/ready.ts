import { memoryWithFiles } from '../limits.ts';
import type { SandboxJob } from '../sandbox.ts';
import type { Launch } from './firstProcess.ts';
import { Prepared } from './prepared.ts';

/** Sandboxes that are made before their jobs are known. Each gets one job, and ends with it. */
export interface ReadySandboxes {
  /** A sandbox for the job: one that is ready, or else a new one. */
  take(launch: Launch, job: SandboxJob): Prepared;
  /** Ends all that are ready. */
  dispose(): void;
}

/** How many kinds of sandbox are kept ready, such as those of two languages. */
const mostKinds = 2;
/** How long sandboxes are kept ready after the last job of their kind. */
const idleMs = 10_000;

interface Kind {
  readonly ready: Prepared[];
  /** Whether sandboxes of this kind were wanted before: most jobs that come once, such as compilers, come only once. */
  isRepeated: boolean;
  timer: NodeJS.Timeout | undefined;
}

/** Keeps up to `most` sandboxes ready of each kind that is in use. */
export function createReadySandboxes(most: number): ReadySandboxes {
  /** The kind used last is at the end. */
  const kinds = new Map<string, Kind>();

  function drop(name: string): void {
    const kind = kinds.get(name);
    kinds.delete(name);
    clearTimeout(kind?.timer);
    kind?.ready.splice(0).forEach((prepared) => void prepared.discard());
  }

  function use(name: string): Kind {
    const kind = kinds.get(name) ?? { ready: [], isRepeated: false, timer: undefined };
    kinds.delete(name);
    kinds.set(name, kind);
    clearTimeout(kind.timer);
    kind.timer = setTimeout(drop, idleMs, name).unref();
    for (const oldest of [...kinds.keys()].slice(0, -mostKinds)) drop(oldest);
    return kind;
  }

  /** Keeps a sandbox until it is taken, or dies: the next job then has it replaced. */
  function keep({ ready }: Kind, prepared: Prepared): void {
    ready.push(prepared);
    void prepared.sandbox.exited.then(() => {
      const index = ready.indexOf(prepared);
      if (index === -1) return;
      ready.splice(index, 1);
      prepared.stopWatch();
    });
  }

  return {
    take(launch, job) {
      if (most === 0 || !canBeReady(launch, job)) return new Prepared(launch, job);
      const name = kindOf(launch, job);
      const kind = use(name);
      const fill = (): void => {
        if (kinds.get(name) !== kind) return;
        while (kind.ready.length < most) keep(kind, new Prepared(launch, job, { ahead: true }));
      };
      // After the job has begun.
      if (kind.isRepeated) setImmediate(fill);
      kind.isRepeated = true;
      return kind.ready.shift() ?? new Prepared(launch, job);
    },
    dispose: () => [...kinds.keys()].forEach(drop),
  };
}

/** Not for programs that talk, which are kept themselves, nor for idle jobs: nobody waits for them. */
function canBeReady({ first }: Launch, { talk, isIdle = false }: SandboxJob): boolean {
  return first.records !== undefined && talk === undefined && !isIdle;
}

/** Jobs of the same kind can have the same sandbox: what bwrap makes, and what the host limits, is equal. */
function kindOf({ program, argv, user }: Launch, job: SandboxJob): string {
  const { memoryBytes, processes } = job.limits;
  return JSON.stringify([program, argv, user, memoryBytes, processes, memoryWithFiles(job)]);
}
