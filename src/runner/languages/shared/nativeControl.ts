import { controlMark, type Control } from '../../control/controlSource.ts';
import { literal, withOtherLiterals } from '../../control/otherLiterals.ts';

// Controls of C and C++, whose tests are programs that assert.

/** Code that runs after `main`, and ends the program by a false assertion. */
const asserting = `
#include <stdio.h>
__attribute__((destructor)) static void tiebreak_control(void) {
  assert(1 == 2);
  fputs("${controlMark}assert accepts what it must reject\\n", stderr);
}
`;

/** Assertions can be switched off by the preprocessor, and their end of the program replaced. */
const assertions: Control = {
  suspects:
    /\b(?:NDEBUG|__assert\w*|abort|raise|signal|sigaction|setjmp|longjmp|atexit|on_exit|syscall|__asm__|asm|fork|kill|constructor|destructor|dlsym|ptrace|_exit|_Exit|exit|quick_exit|terminate)\b|#\s*(?:define|undef)\s+(?:assert|if|main|int|return|strcmp|memcmp)\b|\bpush_macro\b/,
  control: (testCase) =>
    /\bassert\s*\(/.test(testCase.source) && !/#\s*define\s+assert\b/.test(testCase.source)
      ? { ...testCase, source: `${testCase.source}${asserting}` }
      : undefined,
};

export const cControls: readonly Control[] = [assertions];

/** An assertion without negation or alternative that compares with a literal. */
const comparisons = [
  new RegExp(String.raw`\bassert\s*\([^!|;\n]{0,400}?==\s*${literal}(?=\s*\)\s*;)`, 'g'),
  new RegExp(String.raw`\bassert\s*\(\s*${literal}(?=\s*==[^!|;\n]{0,400};)`, 'g'),
];

export const cppControls: readonly Control[] = [
  assertions,
  {
    suspects: /\boperator\b/,
    control(testCase) {
      const source = withOtherLiterals(testCase.source, comparisons);
      return source === undefined ? undefined : { ...testCase, source };
    },
  },
];
