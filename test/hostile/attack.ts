import type { CaseResult, Verdict } from '../../src/core/run.ts';
import type { Limits, SourceFile } from '../../src/core/task.ts';
import type { CaseFacts } from '../unit/runner/harness.ts';
import type { Prize } from './prize.ts';

/** An answer that means harm, and what a person sees of it when the sandbox holds. */
export interface Attack {
  /** Its name, as the test's. */
  readonly name: string;
  /** What it tries, in a sentence. */
  readonly tries: string;
  /** Python unless `language` says otherwise. What it must know of the host to aim at is put in by a function. */
  readonly answer: Source | ((prize: Prize) => Source);
  readonly language?: string;
  /** The case it is run on; with none, it passes by printing nothing but "contained". */
  readonly on?: CaseFacts | ((prize: Prize) => CaseFacts);
  /** Another Python answer, run to its end before this one and again beside it. */
  readonly neighbour?: (prize: Prize) => string;
  /** The task's own build command, which is as hostile as an answer. */
  readonly build?: readonly string[];
  /** Beside the tight ones that every attack has. */
  readonly limits?: Limits;
  /** The verdict, or those that a race leaves open; "pass" unless said: it reached nothing, said so and ended. */
  readonly verdict?: Verdict | readonly Verdict[];
  /** What the reason says. */
  readonly reason?: RegExp;
  /** What more there is to be seen. */
  readonly seen?: (result: CaseResult, prize: Prize) => void;
  /** Why it is not held by watching alone, without the compiled helper: what is promised there is less. */
  readonly needsHelper?: string;
}

export type Source = string | readonly SourceFile[];

/** The case of an attack that names none. */
export const containedCase = { kind: 'stdin', input: '', output: 'contained\n' } as const;

/**
 * Lies beside every Python attack, which begins with `from bounded import *`. It bounds the attack by itself, should the
 * sandbox fail: in time, in processes and in memory (each attack's own loops end as well). `attempt` tells what came
 * within reach; what is refused is silent.
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

/** Python that uses what `bounded.py` offers. */
export function python(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return `from bounded import *\n${String.raw(parts, ...values)}`;
}
