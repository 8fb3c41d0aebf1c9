import { programText } from '../../programText.ts';
import { argumentsFile } from '../shared/scripting.ts';

const common = programText(import.meta.url, './wrapper/common.php');
const calling = withoutTag(programText(import.meta.url, './wrapper/call.php'));
const testing = withoutTag(programText(import.meta.url, './wrapper/test.php'));

/** The program that calls a function with the arguments in `argumentsFile`. */
export function callProgram(main: string, name: string | undefined): string {
  const constants = `const TIEBREAK_ARGUMENTS = ${literal(argumentsFile)};`;
  const call = `tiebreak_call(${literal(main)}, ${name === undefined ? 'null' : literal(name)});`;
  return [common, constants, calling, call, ''].join('\n');
}

/** The program that runs a plain test against the main file. */
export function testProgram(main: string, tests: string): string {
  const constants = `const TIEBREAK_MAIN = ${literal(main)};\nconst TIEBREAK_TESTS = ${literal(tests)};`;
  return [common, constants, testing].join('\n');
}

/** Removes the opening tag: a part of a program is already in PHP mode. */
function withoutTag(text: string): string {
  return text.replace(/^<\?php\n/, '');
}

function literal(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
