import type { CaseResult, Verdict } from '../../src/core/run/run.ts';
import type { Limits, SourceFile } from '../../src/core/task/task.ts';
import type { CaseFacts } from '../unit/runner/harness.ts';
import type { AttackTarget } from './target.ts';

/** A hostile answer, and the result that a user sees if the sandbox contains it. */
export interface Attack {
  /** The name of the test. */
  readonly name: string;
  /** What the attack tries, in a sentence. */
  readonly tries: string;
  /**
   * Python unless `language` is set. A function inserts facts about the host that the attack needs as a
   * target.
   */
  readonly answer: Source | ((target: AttackTarget) => Source);
  readonly language?: string;
  /** The case to run; by default, the answer passes if it prints only "contained". */
  readonly on?: CaseFacts | ((target: AttackTarget) => CaseFacts);
  /** Another Python answer, run once before this one and again at the same time. */
  readonly neighbour?: (target: AttackTarget) => string;
  /** The task's own build command, as hostile as an answer. */
  readonly build?: readonly string[];
  /** In addition to the tight limits of every attack. */
  readonly limits?: Limits;
  /**
   * The verdict, or several if a race decides. By default "pass": the attack reached nothing, said so and
   * ended.
   */
  readonly verdict?: Verdict | readonly Verdict[];
  /** The expected reason. */
  readonly reason?: RegExp;
  /** Further assertions on the result. */
  readonly seen?: (result: CaseResult, target: AttackTarget) => void;
  /** Why the attack needs the compiled helper: watching alone, which promises less, does not contain it. */
  readonly needsHelper?: string;
}

export type Source = string | readonly SourceFile[];

/** The default case of an attack. */
export const containedCase = { kind: 'stdin', input: '', output: 'contained\n' } as const;

/**
 * Placed next to every Python attack, which begins with `from bounded import *`. It limits the attack's time,
 * processes and memory by itself, in case the sandbox fails (each attack's own loops end as well). `attempt`
 * reports what it could reach and ignores what was refused.
 */
export const boundedModule: SourceFile = {
  path: 'bounded.py',
  text: `
import ctypes, errno, fcntl, json, mmap, os, resource, signal, socket, stat, struct, subprocess, sys, threading, time

def lower(which, most):
    hard = resource.getrlimit(which)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (most, hard))

lower(resource.RLIMIT_CPU, 15)
lower(resource.RLIMIT_DATA, 1 << 30)
signal.alarm(20)
begun = time.monotonic()
forks = mmap.mmap(-1, 4)

def fork():
    "os.fork, at most 400 times over the whole tree and not after 10 seconds."
    count = int.from_bytes(forks[:4], "little") + 1
    forks[:4] = count.to_bytes(4, "little")
    if count > 400 or time.monotonic() > begun + 10: os._exit(3)
    child = os.fork()
    if child == 0: signal.alarm(20)
    return child

def work(seconds):
    "Keeps a processor busy for as long."
    end = time.process_time() + seconds
    while time.process_time() < end: pass

def take(mebibytes):
    "Memory that is really there."
    return bytearray(b"x" * (1 << 20)) * mebibytes

def attempt(what, deed, *arguments):
    try: got = deed(*arguments)
    except (OSError, ValueError, MemoryError): return
    print("reached", what, repr(got)[:200], flush=True)

libc = ctypes.CDLL(None, use_errno=True)

def call(number, *arguments):
    "A system call by its number; an error of it is an OSError."
    ctypes.set_errno(0)
    result = libc.syscall(*(ctypes.c_long(argument) for argument in (number, *arguments)))
    if result == -1: raise OSError(ctypes.get_errno(), "system call %d" % number)
    return result
`,
};

/** Python code that uses the functions of `bounded.py`. */
export function python(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return `from bounded import *\n${String.raw(parts, ...values)}`;
}
