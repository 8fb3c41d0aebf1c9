import { programText } from '../../programText.ts';
import { argumentsFile } from '../shared/scripting.ts';

const common = programText(import.meta.url, './wrapper/common.pl');
const calling = programText(import.meta.url, './wrapper/call.pl');
const tapTesting = programText(import.meta.url, './wrapper/tap.pl');
const plainTesting = programText(import.meta.url, './wrapper/plain.pl');

/** The program that calls a function with the arguments in `argumentsFile`. */
export function callProgram(main: string, name: string | undefined): string {
  const variables = `our $arguments = ${literal(argumentsFile)};`;
  return [common, variables, calling, `call(${literal(main)}, ${literal(name ?? '')});`, ''].join('\n');
}

/** The program that runs a test's file against the main file. */
export function testProgram(main: string, tests: string, tap: boolean): string {
  const variables = `our $main = ${literal(main)};\nour $tests = ${literal(tests)};`;
  return [common, variables, tap ? tapTesting : plainTesting].join('\n');
}

function literal(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
