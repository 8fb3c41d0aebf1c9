import { programText } from '../../programText.ts';
import { argumentsFile } from '../shared/scripting.ts';

const common = programText(import.meta.url, './wrapper/common.pl');
const calling = programText(import.meta.url, './wrapper/call.pl');
const tapTesting = programText(import.meta.url, './wrapper/tap.pl');
const plainTesting = programText(import.meta.url, './wrapper/plain.pl');

/** Whether a test uses a module that writes TAP. */
export const usesTap = ({ source }: { source: string }): boolean => /\buse\s+(?:Test::|Test2::)/.test(source);

/** The program that calls a function with the arguments in `argumentsFile`. */
export function callProgram(main: string, name: string | undefined): string {
  const variables = `our $arguments = ${perlString(argumentsFile)};`;
  return [common, variables, calling, `call(${perlString(main)}, ${perlString(name ?? '')});`, ''].join('\n');
}

/** The program that runs a test's file against the main file. */
export function testProgram(main: string, tests: string, tap: boolean): string {
  const variables = `our $main = ${perlString(main)};\nour $tests = ${perlString(tests)};`;
  return [common, variables, tap ? tapTesting : plainTesting].join('\n');
}

/** A text as a Perl string without interpolation. */
export function perlString(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
