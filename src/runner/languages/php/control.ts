import { controlMark, usedIn, type Control } from '../../control/controlSource.ts';
import { isPhpUnit, phpString } from './wrapper.ts';

/** Assertions of PHPUnit, with arguments that each must reject. */
const rejected = [
  { name: 'assertSame', args: '1, 2' },
  { name: 'assertEquals', args: '1, 2' },
  { name: 'assertNotSame', args: '1, 1' },
  { name: 'assertTrue', args: 'false' },
  { name: 'assertFalse', args: 'true' },
  { name: 'assertNull', args: '1' },
  { name: 'assertCount', args: '1, []' },
  { name: 'assertContains', args: '1, [2]' },
  { name: 'assertArrayHasKey', args: "'a', []" },
] as const;

/**
 * Without one of these words, PHP code cannot replace a function or class that tests use. No operator compares by code of the
 * answer, so values need no control. Code in a namespace can define functions of the names of built-in ones.
 */
export const phpControls: readonly Control[] = [
  {
    suspects:
      /\b(?:PHPUnit|TestCase|namespace|assert_options|ini_set|set_error_handler|set_exception_handler|register_shutdown_function|spl_autoload_register|eval|exit|die|class_alias|Reflection\w*|Closure|stream_wrapper_register|ob_start|include|require|include_once|require_once|create_function|call_user_func|call_user_func_array|posix_kill|debug_backtrace|php:)\b|\bfunction\s+(?:assert|var_export|json_encode|is_\w+|in_array)\b|\$\w+\s*\(/i,
    control(testCase) {
      const source = testCase.source.replace(/\?>\s*$/, '');
      // What follows would be text, not code.
      if (source.lastIndexOf('?>') > source.lastIndexOf('<?')) return undefined;
      if (!isPhpUnit(testCase))
        return { ...testCase, source: `${source}\n${questions(['assert(false)'])}\n${failing}\n` };
      const end = source.lastIndexOf('}');
      const asserts = usedIn(testCase, rejected).map(({ name, args }) => `$this->${name}(${args})`);
      const test = `public function testZzTiebreakControl(): void {\n${questions(asserts)}\n${failing}\n}\n`;
      return end === -1
        ? undefined
        : { ...testCase, source: `${source.slice(0, end)}${test}${source.slice(end)}` };
    },
  },
];

const failing = `throw new \\Exception('the control fails as it must');`;

/** Code that calls checks which must fail, and tells those that do not. */
function questions(checks: readonly string[]): string {
  return checks
    .map((check) => {
      const told = phpString(`${controlMark}${check.replace(/\(.*/, '')} accepts what it must reject\n`);
      return `(function () { try { ${check.startsWith('$') ? check : `\\${check}`}; } catch (\\Throwable $e) { return; } \\fwrite(\\STDERR, ${told}); })${check.startsWith('$') ? '->call($this)' : '()'};`;
    })
    .join('\n');
}
