import type { Case } from '../../core/task.ts';
import type { SandboxOutcome } from '../sandbox.ts';
import type { Reading } from '../toolchain.ts';

// A test that is a program passes when it ends well, and so would an answer that ends the program while it is tested.
// The linker can tell the two apart: what returns from `main` ends in the C library, what calls `exit` is sent here.

const calls = ['exit', '_exit', '_Exit', 'quick_exit'];

/** The status in place of 0 of a program that ended itself; few programs end with it otherwise. */
const earlyStatus = 120;

/** Whether a test may not be ended by the answer: those that end themselves by such a call cannot be told from it. */
export function mayNotEndEarly(testCase: Case | undefined): boolean {
  return (
    process.platform === 'linux' &&
    testCase?.kind === 'unit' &&
    !/\b(?:_?exit|_Exit|quick_exit)\s*\(/.test(testCase.source)
  );
}

/** What the linker is told, as arguments of a compiler of C. */
export const earlyEndOptions = calls.map((name) => `-Wl,--wrap=${name}`);

/** Stands behind a program in C or C++. */
export const earlyEndInC = [
  '#ifdef __cplusplus\nextern "C" {\n#endif',
  ...calls.map(
    (name) =>
      `void __real_${name}(int) __attribute__((noreturn));\nvoid __wrap_${name}(int) __attribute__((noreturn));\nvoid __wrap_${name}(int code) { __real_${name}(code == 0 ? ${earlyStatus} : code); }`,
  ),
  '#ifdef __cplusplus\n}\n#endif\n',
].join('\n');

/** Stands behind a program in Rust, whose library ends programs by `exit` alone. */
export const earlyEndInRust = `
extern "C" { #[link_name = "__real_exit"] fn tiebreak_real_exit(code: i32) -> !; }
#[no_mangle] extern "C" fn __wrap_exit(code: i32) -> ! { unsafe { tiebreak_real_exit(if code == 0 { ${earlyStatus} } else { code }) } }
`;

/** The reading of a test that the answer ended, or `undefined` for one that came to its own end. */
export function readEarlyEnd(testCase: Case, outcome: SandboxOutcome): Reading | undefined {
  if (outcome.exit !== earlyStatus || !mayNotEndEarly(testCase)) return undefined;
  return { verdict: 'error', reason: 'the answer ended the program before its tests did' };
}
