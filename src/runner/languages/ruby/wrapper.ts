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
  const call = `Tiebreak.call(${literal(main)}, ${name === undefined ? 'nil' : literal(name)})`;
  return [common, `ARGUMENTS = ${literal(argumentsFile)}\nANSWER = ${literal(main)}`, calling, call, ''].join(
    '\n',
  );
}

/** The program that runs a test's file against the main file. */
export function testProgram(main: string, tests: string, framework: 'minitest' | 'rspec' | 'plain'): string {
  const constants = `module Tiebreak; TESTS = ${literal(tests)}; end`;
  return [common, constants, testing, `Tiebreak.${framework}(${literal(main)}, ${literal(tests)})`, ''].join(
    '\n',
  );
}

/** A text as a Ruby string without interpolation. */
function literal(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
