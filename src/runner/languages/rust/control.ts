import { controlMark, type Control } from '../../control/controlSource.ts';
import { literal, withOtherLiterals } from '../../control/otherLiterals.ts';

const checks = [
  { name: 'assert!', call: 'assert!(false)' },
  { name: 'assert_eq!', call: 'assert_eq!(1, 2)' },
  { name: 'assert_ne!', call: 'assert_ne!(1, 1)' },
  { name: 'panic!', call: 'panic!("x")' },
] as const;

/** Code that calls macros which must panic, and tells those that do not. */
const questions = checks
  .map(
    ({ name, call }) =>
      `if ::std::panic::catch_unwind(|| { ${call}; }).is_ok() { use ::std::io::Write; let _ = ::std::io::stderr().write_all(b"${controlMark}${name} accepts what it must reject\\n"); }`,
  )
  .join(' ');
const failing = '::std::panic::panic_any("the control fails as it must");';

/** Assertions without negation or alternative that compare with a literal. */
const comparisons = [
  new RegExp(String.raw`\bassert_eq!\s*\([^\n]{0,400}?,\s*${literal}(?=\s*(?:\)\s*;|,\s*"))`, 'g'),
  new RegExp(String.raw`\bassert_eq!\s*\(\s*${literal}(?=\s*,)`, 'g'),
  new RegExp(String.raw`\bassert!\s*\([^!|;\n]{0,400}?==\s*${literal}(?=\s*\)\s*;)`, 'g'),
];

export const rustControls: readonly Control[] = [
  {
    suspects:
      /\bmacro_rules!|\b(?:process|panic|catch_unwind|set_hook|take_hook|extern|unsafe|libc|asm|std::io|no_mangle|thread_local|assert|print|println)\b/,
    control(testCase) {
      const { source } = testCase;
      if (/#\[(?:\w+::)*test\]/.test(source))
        return {
          ...testCase,
          source: `${source}\n#[test]\nfn zz_tiebreak_control() { ${questions} ${failing} }\n`,
        };
      // Runs the test's own `main` before the checks.
      const renamed = source.replace(/\bfn\s+main(?=\s*\()/, 'fn tiebreak_main');
      const main = `fn main() { let _ = tiebreak_main(); ${questions} ${failing} }`;
      const changed = renamed === source ? source : `${renamed}\n${main}\n`;
      return changed === source ? undefined : { ...testCase, source: changed };
    },
  },
  {
    suspects: /\bPartialEq\b/,
    control(testCase) {
      const source = withOtherLiterals(testCase.source, comparisons);
      return source === undefined ? undefined : { ...testCase, source };
    },
  },
];
