import type { FullLimits, SourceFile } from '../../core/task/task.ts';
import type { Sandbox, SandboxOutcome } from '../../runner/sandbox/sandbox.ts';
import { emptyOutcome } from '../../runner/sandbox/supervise.ts';
import { startWarmProcess, type WarmProcess } from './warmProcess.ts';

/** The processes that stay up, each for the checkers that it has loaded. */
export type WarmKind = 'typescript' | 'lint' | 'python';

/** A check that a process which stays up can do. */
export interface WarmWork {
  readonly kind: WarmKind;
  /** How to start the process. It is the same for all work of a kind, until the toolchain changes. */
  readonly argv: readonly string[];
  readonly readOnly: readonly string[];
  /** The checker in this process, and its arguments. */
  readonly program: string;
  readonly words: readonly string[];
  /** The content of the working folder while this checker runs. */
  readonly files: readonly SourceFile[];
}

export interface WarmJob extends WarmWork {
  readonly env: Readonly<Record<string, string>>;
  readonly limits: FullLimits;
}

/**
 * Checkers that stay up between answers: one process of each kind, in its sandbox, which checks one answer at a time and
 * sees only its files.
 */
export interface WarmCheckers {
  /**
   * Resolves with the outcome that a fresh sandbox would have: the checker's output, or the limit of time that it hit. With
   * `undefined` if only a fresh sandbox can tell: there is no process, it ended for another reason, or it cannot check
   * these files. If `signal` fires, resolves at once with the end `cancelled`.
   */
  check(job: WarmJob, signal?: AbortSignal): Promise<SandboxOutcome | undefined>;
  /** Ends all processes. Resolves when they are gone. */
  dispose(): Promise<void>;
}

/** When a process ends although nothing is wrong with it. */
export interface Lifetime {
  readonly uses: number;
  readonly idleMs: number;
  /** Memory after a check. */
  readonly memoryBytes: number;
}

const usual: Lifetime = { uses: 200, idleMs: 5 * 60_000, memoryBytes: 3 << 28 };

/**
 * How much more than a check a process may take altogether: its sandbox counts from its start. The limits of time of a check
 * are kept here, and are those of a process that starts for it.
 */
const mostChecks = 100;
/** The same for the bytes of replies, which the sandbox keeps until the process ends. */
const mostReplies = 8;

/** A kind whose process ends this often in a row without an answer is not tried again. */
const mostFailures = 3;

/** How long a process may finish a check that nobody waits for any more, before it is ended for the sake of the next. */
const staleMs = 3000;

export function createWarmCheckers(sandbox: Sandbox, lifetime: Lifetime = usual): WarmCheckers {
  const slots = new Map<WarmKind, Slot>();
  return {
    check(job, signal) {
      const slot = slots.get(job.kind) ?? createSlot(sandbox, lifetime);
      slots.set(job.kind, slot);
      return slot.check(job, signal);
    },
    async dispose() {
      await Promise.all([...slots.values()].map((slot) => slot.dispose()));
    },
  };
}

type Slot = WarmCheckers;

/** A process of one kind, started when it is needed, and the checks that wait for it. */
function createSlot(sandbox: Sandbox, lifetime: Lifetime): Slot {
  let current: { readonly process: WarmProcess; readonly start: string; uses: number } | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let failures = 0;
  let isDisposed = false;
  let idle: NodeJS.Timeout | undefined;
  const ending = new Set<Promise<unknown>>();

  function retire(): void {
    const process = current?.process;
    current = undefined;
    if (process === undefined) return;
    process.end('cancelled');
    ending.add(process.ended);
    void process.ended.finally(() => ending.delete(process.ended));
  }

  /** The running process. Starts a process if none is running or the toolchain has changed. */
  async function ready({ argv, env, readOnly, limits }: WarmJob): Promise<typeof current> {
    const start = JSON.stringify([argv, env, readOnly, limits]);
    if (current?.start === start && current.process.isRunning()) return current;
    retire();
    const { cpuMs, wallMs, outputBytes } = limits;
    const process = await startWarmProcess(
      sandbox,
      {
        argv,
        env,
        readOnly,
        files: [],
        limits: {
          ...limits,
          cpuMs: cpuMs * mostChecks,
          wallMs: wallMs * mostChecks,
          outputBytes: outputBytes * mostReplies,
        },
        reservesMemory: true,
      },
      outputBytes,
    );
    current = process && { process, start, uses: 0 };
    if (isDisposed) retire();
    return current;
  }

  async function checkNow(
    job: WarmJob,
    signal: AbortSignal | undefined,
  ): Promise<SandboxOutcome | undefined> {
    if (isDisposed || failures >= mostFailures || signal?.aborted === true) return undefined;
    clearTimeout(idle);
    const using = await ready(job);
    if (using === undefined) return undefined;
    const { process } = using;
    const { program, words, files, limits } = job;
    let isLate = false;
    const deadline = setTimeout(() => {
      isLate = true;
      process.end('wall');
    }, limits.wallMs);
    let stale: NodeJS.Timeout | undefined;
    const abandon = (): void => void (stale = setTimeout(() => process.end('cancelled'), staleMs));
    signal?.addEventListener('abort', abandon, { once: true });
    const reply = await process.ask({ program, words, files });
    signal?.removeEventListener('abort', abandon);
    clearTimeout(deadline);
    clearTimeout(stale);
    if ('end' in reply) {
      // A process that was ended for the sake of the next check has not failed.
      if (reply.end !== 'cancelled') failures += 1;
      // A limit of the process as a whole says nothing about these files.
      return reply.end === 'wall' && isLate ? emptyOutcome('wall') : undefined;
    }
    failures = 0;
    using.uses += 1;
    if (using.uses >= lifetime.uses || reply.memoryBytes > lifetime.memoryBytes) retire();
    idle = setTimeout(retire, lifetime.idleMs).unref();
    if (reply.cpuMs > limits.cpuMs) return emptyOutcome('cpu');
    if (reply.output === undefined) return undefined;
    return { ...emptyOutcome('exit'), exit: 0, stdout: new TextEncoder().encode(reply.output) };
  }

  return {
    check(job, signal) {
      const checked = last.then(() => checkNow(job, signal));
      last = checked.catch(() => undefined);
      return signal === undefined ? checked : Promise.race([checked, cancelled(signal)]);
    },
    async dispose() {
      isDisposed = true;
      clearTimeout(idle);
      retire();
      await last;
      await Promise.all(ending);
    },
  };
}

function cancelled(signal: AbortSignal): Promise<SandboxOutcome> {
  return new Promise((resolve) => {
    const cancel = (): void => resolve(emptyOutcome('cancelled'));
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
  });
}
