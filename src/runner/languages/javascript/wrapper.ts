import { ExactNumber } from '../../../core/text/exactNumber.ts';
import { isRecord, type Json } from '../../../core/text/json.ts';
import type { SourceFile } from '../../../core/task/task.ts';
import { isDouble, integerIn } from '../../outcome/numbers.ts';
import { programText } from '../../programText.ts';
import { wrapperOf, type Wrapper } from '../shared/scripting.ts';
import { ownFolder } from '../shared/shared.ts';

const common = {
  path: `${ownFolder}/common.mjs`,
  text: programText(import.meta.url, './wrapper/common.mjs'),
};
const values = {
  path: `${ownFolder}/values.mjs`,
  text: programText(import.meta.url, './wrapper/values.mjs'),
};
const calling = programText(import.meta.url, './wrapper/call.mjs');
const driving = programText(import.meta.url, './wrapper/driver.mjs');
const testing = programText(import.meta.url, './wrapper/test.mjs');

/** A reporter of node:test. */
export const reporter: SourceFile = {
  path: `${ownFolder}/reporter.mjs`,
  text: programText(import.meta.url, './wrapper/reporter.mjs'),
};

/** The call that is added at the end of a test's source. It also says how many lines the program has before the tests. */
export const reachedMark = (before: number): string =>
  `;globalThis[Symbol.for("tiebreak.reached")]?.(${before});`;

/** How many lines a program has before its tests, in the language that it was written in before it was compiled. */
function linesBefore(program: string): number {
  const marks = [...program.matchAll(/tiebreak\.reached"\)\]\?\.\((\d+)\)/g)];
  return Number(marks.at(-1)?.[1] ?? 0);
}

/** The program that calls a function with arguments and sends its value or the error that it threw. */
export function callProgram(main: string, name: string | undefined, args: readonly Json[]): Wrapper {
  const text = `${calling}\nawait call(${literals(main, name ?? null, args)});\n`;
  return wrapperOf('call.mjs', text, common, values);
}

/** The program that calls a function with many arguments; see `driver/driver.ts`. */
export function drivingProgram(main: string, name: string | undefined, wallMs: number): Wrapper {
  const text = `${calling}\n${driving}\nawait serve(${literals(main, name ?? null, wallMs)});\n`;
  return wrapperOf('call.mjs', text, common, values);
}

/** The program that runs the first of several complete programs that does not declare a name twice. */
export function testProgram(programs: readonly SourceFile[], borrowed: boolean): Wrapper {
  const paths = programs.map(({ path }) => path);
  const before = programs.map(({ path, text: program }) => [
    path.replace(/^.*\/|\.\w+$/g, ''),
    linesBefore(program),
  ]);
  const text = `${testing}\nawait test(${literals(paths, borrowed, Object.fromEntries(before) as Json)});\n`;
  return wrapperOf('test.mjs', text, common);
}

function literals(...all: readonly Json[]): string {
  return all.map(literal).join(', ');
}

/** JSON as JavaScript source. An integer that a number cannot hold exactly is a BigInt. */
function literal(value: Json): string {
  if (value instanceof ExactNumber) return isBig(value.digits) ? `${value.digits}n` : value.digits;
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(literal).join(', ')}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  // In brackets, because "__proto__" without them is not a member.
  const members = Object.entries(value).map(
    ([name, member]) => `[${JSON.stringify(name)}]: ${literal(member)}`,
  );
  return `{${members.join(', ')}}`;
}

function isBig(digits: string): boolean {
  return integerIn(digits) !== undefined && !isDouble(digits);
}
