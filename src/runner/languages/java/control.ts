import { controlMark, usedIn, type Control } from '../../control/controlSource.ts';
import { literal, withOtherLiterals } from '../../control/otherLiterals.ts';

/** Assertions of JUnit, with arguments that each must reject. */
const rejected = [
  { name: 'assertEquals', args: '1, 2' },
  { name: 'assertNotEquals', args: '1, 1' },
  { name: 'assertTrue', args: 'false' },
  { name: 'assertFalse', args: 'true' },
  { name: 'assertNull', args: '"a"' },
  { name: 'assertNotNull', args: 'null' },
  { name: 'assertSame', args: '"a", "b"' },
  { name: 'assertArrayEquals', args: 'new int[] {1}, new int[] {2}' },
] as const;

const failing = 'if (true) throw new java.lang.IllegalStateException("the control fails as it must");';

function question(name: string, call: string): string {
  return `try { ${call}; java.lang.System.err.println("${controlMark}${name} accepts what it must reject"); } catch (java.lang.Throwable e) { }`;
}

/** Assertions that compare with a literal by a method of the answer's value. */
const comparisons = [
  new RegExp(String.raw`\bassert\w*\s*\(?[^!|;\n]{0,400}?\.equals\s*\(\s*${literal}(?=\s*\))`, 'g'),
  new RegExp(
    String.raw`\bassertEquals\s*\(\s*${literal}(?=\s*,\s*[\w.]{1,80}\([^;\n]{0,200}\)\s*\)\s*;)`,
    'g',
  ),
  new RegExp(
    String.raw`\bassertEquals\s*\(\s*[\w.]{1,80}\([^;\n]{0,200}?\)\s*,\s*${literal}(?=\s*\)\s*;)`,
    'g',
  ),
];

export const javaControls: readonly Control[] = [
  {
    suspects:
      /\b(?:junit|Assertions?|assert\w*|System\s*\.\s*(?:exit|setErr|setOut|setSecurityManager)|Runtime|ClassLoader|setDefaultAssertionStatus|reflect|setAccessible|Unsafe|instrument|ProcessHandle|halt|Thread|UncaughtExceptionHandler|FileOutputStream|nio|\.tiebreak|Tiebreak\w*|TestExecutionListener|opentest4j|MethodHandles|StackWalker|getStackTrace)\b/,
    control(testCase) {
      const { source } = testCase;
      const asserts = usedIn(testCase, rejected).map(({ name, args }) => question(name, `${name}(${args})`));
      if (/\borg\.junit\b/.test(source)) {
        const test = `@org.junit.jupiter.api.Test void control() { ${asserts.join(' ')} ${failing} }`;
        return { ...testCase, source: `${source}\nclass ZzTiebreakControlTest { ${test} }\n` };
      }
      const checks = `${question('assert', 'assert 1 == 2')} ${failing}`;
      // Runs the test's own `main` before the checks.
      const main = `public static void main(String[] args) throws Throwable { tiebreakMain(args); ${checks} }`;
      const changed = source.replace(
        /((?:\b(?:public|private|static|final)\s+)*)\bvoid\s+main(?=\s*\()/,
        `${main.replaceAll('$', '$$$$')} $1void tiebreakMain`,
      );
      return changed === source ? undefined : { ...testCase, source: changed };
    },
  },
  {
    suspects: /\bboolean\s+equals\b|\bcompareTo\b/,
    control(testCase) {
      const source = withOtherLiterals(testCase.source, comparisons);
      return source === undefined ? undefined : { ...testCase, source };
    },
  },
];
