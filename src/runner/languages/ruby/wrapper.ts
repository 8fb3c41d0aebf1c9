import { programText } from '../../programText.ts';
import { argumentsFile } from '../shared/scripting.ts';

const common = programText(import.meta.url, './wrapper/common.rb');
const calling = programText(import.meta.url, './wrapper/call.rb');
const testing = programText(import.meta.url, './wrapper/test.rb');

/** The framework of a test, from the case or else from the test's source. */
export function frameworkOf({
  source,
  framework,
}: {
  source: string;
  framework?: string | undefined;
}): 'minitest' | 'rspec' | 'plain' {
  if (framework === 'minitest' || framework === 'rspec') return framework;
  if (/\bMinitest\b|minitest\//.test(source)) return 'minitest';
  return /^[^\S\r\n\u2028\u2029]*(?:RSpec\.)?describe\b/m.test(source) ? 'rspec' : 'plain';
}

/** The program that calls a method with the arguments in `argumentsFile`. */
export function callProgram(main: string, name: string | undefined): string {
  const call = `Tiebreak.call(${rubyString(main)}, ${name === undefined ? 'nil' : rubyString(name)})`;
  return [
    common,
    `ARGUMENTS = ${rubyString(argumentsFile)}\nANSWER = ${rubyString(main)}`,
    calling,
    call,
    '',
  ].join('\n');
}

/** The program that runs a test's file against the main file. */
export function testProgram(main: string, tests: string, framework: 'minitest' | 'rspec' | 'plain'): string {
  const constants = `module Tiebreak; TESTS = ${rubyString(tests)}; end`;
  return [
    common,
    constants,
    testing,
    `Tiebreak.${framework}(${rubyString(main)}, ${rubyString(tests)})`,
    '',
  ].join('\n');
}

/** The file of a test's source while it runs. */
export const testsFile = 'tiebreak_tests.rb';

/** A text as a Ruby string without interpolation. */
export function rubyString(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
