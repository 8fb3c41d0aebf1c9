import { programText } from '../../programText.ts';
import { argumentsFile } from '../shared/scripting.ts';

const common = programText(import.meta.url, './wrapper/common.php');
const calling = withoutTag(programText(import.meta.url, './wrapper/call.php'));
const testing = withoutTag(programText(import.meta.url, './wrapper/test.php'));

/** Whether a test runs with PHPUnit. */
export const isPhpUnit = ({
  source,
  framework,
}: {
  source: string;
  framework?: string | undefined;
}): boolean => framework === 'phpunit' || /\bextends\s+\\?(?:PHPUnit\\Framework\\)?TestCase\b/.test(source);

/** The program that calls a function with the arguments in `argumentsFile`. */
export function callProgram(main: string, name: string | undefined): string {
  const constants = `const TIEBREAK_ARGUMENTS = ${phpString(argumentsFile)};`;
  const call = `tiebreak_call(${phpString(main)}, ${name === undefined ? 'null' : phpString(name)});`;
  return [common, constants, calling, call, ''].join('\n');
}

/** The program that runs a plain test against the main file. */
export function testProgram(main: string, tests: string): string {
  const constants = `const TIEBREAK_MAIN = ${phpString(main)};\nconst TIEBREAK_TESTS = ${phpString(tests)};`;
  return [common, constants, testing].join('\n');
}

/** Removes the opening tag: a part of a program is already in PHP mode. */
function withoutTag(text: string): string {
  return text.replace(/^<\?php\n/, '');
}

/** A text as a PHP string without interpolation. */
export function phpString(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
