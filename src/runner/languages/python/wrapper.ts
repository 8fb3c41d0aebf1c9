import { isInteger, isNumber } from '../../../core/text/exactNumber.ts';
import type { Json } from '../../../core/text/json.ts';
import { programText } from '../../programText.ts';
import type { DrivenCase } from '../../toolchains/toolchain.ts';

const common = programText(import.meta.url, './wrapper/common.py');
const values = programText(import.meta.url, './wrapper/values.py');
const calling = programText(import.meta.url, './wrapper/call.py');
const judging = programText(import.meta.url, './wrapper/judge.py');
const running = programText(import.meta.url, './wrapper/program.py');
const driving = programText(import.meta.url, './wrapper/driver.py');
const testing = programText(import.meta.url, './wrapper/test.py');

/** The path of a test's source while it runs; shown in tracebacks. */
export const testsFile = '.tiebreak/tests.py';

/** Tests that import pytest run with pytest, even if the case does not name it. */
export function frameworkOf(testCase: {
  source: string;
  framework?: string | undefined;
}): string | undefined {
  return /^[^\S\r\n\u2028\u2029]*(import|from) pytest\b/m.test(testCase.source)
    ? 'pytest'
    : testCase.framework;
}

/** The program that calls a function with arguments and sends its value or the exception that it raised. */
export function callProgram(
  packages: readonly string[],
  main: string,
  name: string | undefined,
  args: readonly Json[],
  judge: string | undefined,
): string {
  const call = `call(${literal(main)}, ${literal(name ?? null)}, ${literal(args)}, ${literal(judge ?? null)})`;
  const conventions = judge === undefined ? [] : [judging];
  return [`PACKAGES = ${literal(packages)}`, common, ...conventions, values, calling, call, ''].join('\n');
}

/** The program that runs the main file with the names of a judge at hand. */
export function judgedProgram(main: string): string {
  return [judging, running, `run(${literal(main)})`, ''].join('\n');
}

/** The program that runs an answer on many inputs; see `driver/driver.ts`. */
export function drivingProgram(
  packages: readonly string[],
  main: string,
  name: string | undefined,
  { kind, judge }: Pick<DrivenCase, 'kind' | 'judge'>,
  wallMs: number,
): string {
  const parameters = [main, kind === 'call', name ?? null, judge ?? null, wallMs / 1000].map(literal);
  const conventions = judge === undefined ? [] : [judging];
  const call = `serve(${parameters.join(', ')})`;
  return [`PACKAGES = ${literal(packages)}`, common, ...conventions, values, driving, call, ''].join('\n');
}

/** The program that runs a test's source, in the file `testsFile`, against the main file. */
export function testProgram(
  packages: readonly string[],
  main: string,
  entry: string | undefined,
  framework: string | undefined,
): string {
  const constants = `PACKAGES = ${literal(packages)}\nTESTS = ${literal(testsFile)}`;
  const call = `test(${literal(main)}, ${literal(entry ?? null)}, ${literal(framework ?? null)})`;
  return [constants, common, testing, call, ''].join('\n');
}

/**
 * JSON as Python source. JSON strings are valid Python strings, except characters beyond 16 bits, which JSON
 * writes as pairs of escapes.
 */
function literal(value: Json): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (isNumber(value)) return pythonNumber(String(value));
  if (typeof value === 'string') return pythonString(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(literal).join(', ')}]`;
  const members = Object.entries(value).map(([key, member]) => `${pythonString(key)}: ${literal(member)}`);
  return `{${members.join(', ')}}`;
}

/** Python refuses to read more than 4,300 decimal digits of an integer. */
const maxDigits = 4_000;

function pythonNumber(digits: string): string {
  if (digits.length <= maxDigits || !isInteger(digits)) return digits;
  const [sign, magnitude] = digits.startsWith('-') ? ['-', digits.slice(1)] : ['', digits];
  return `${sign}0x${BigInt(magnitude).toString(16)}`;
}

/** A text as Python source, on one line. */
export function pythonString(text: string): string {
  const escaped = Array.from(text, (character) => {
    const code = character.codePointAt(0)!;
    if (character === '"' || character === '\\') return `\\${character}`;
    if (code >= 0x20 && code < 0x7f) return character;
    return `\\U${code.toString(16).padStart(8, '0')}`;
  });
  return `"${escaped.join('')}"`;
}
