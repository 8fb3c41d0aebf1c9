import type { Case } from '../../../core/task/task.ts';
import { programText } from '../../programText.ts';
import type { SandboxOutcome } from '../../sandbox/sandbox.ts';
import type { CaseVerdict } from '../../toolchains/toolchain.ts';

// A test that is a program passes if it exits with status 0. An answer could fake that by exiting while it is
// tested. The linker separates the two cases: a return from `main` exits inside the C library, while a call
// of `exit` is redirected here.

const calls = ['exit', '_exit', '_Exit', 'quick_exit'];

/**
 * The status of a program that called `exit(0)`, the same as in earlyEnd.c and earlyEnd.rs. Few programs use
 * this status otherwise.
 */
const earlyStatus = 120;

/** Whether early exits can be detected: not in tests that call such a function themselves. */
export function mayNotEndEarly(testCase: Case | undefined): boolean {
  return (
    process.platform === 'linux' &&
    testCase?.kind === 'unit' &&
    !/\b(?:_?exit|_Exit|quick_exit)\s*\(/.test(testCase.source)
  );
}

/** The linker options, as arguments of a C compiler. */
export const earlyEndOptions = calls.map((name) => `-Wl,--wrap=${name}`);

/** The code to link with a C or C++ program. */
export const earlyEndInC = programText(import.meta.url, './earlyEnd.c');

/** The code to link with a Rust program; Rust's library only uses `exit`. */
export const earlyEndInRust = programText(import.meta.url, './earlyEnd.rs');

/** The verdict on a test that the answer ended early, or `undefined` if the test reached its end. */
export function readEarlyEnd(testCase: Case, outcome: SandboxOutcome): CaseVerdict | undefined {
  if (outcome.exit !== earlyStatus || !mayNotEndEarly(testCase)) return undefined;
  return { verdict: 'error', reason: 'the answer ended the program before its tests were finished' };
}
