import { programText } from '../../programText.ts';

const wrapper = programText(import.meta.url, './wrapper.R');

/** Whether a test runs with testthat. */
export function usesTestthat(testCase: { source: string; framework?: string | undefined }): boolean {
  return testCase.framework === 'testthat' || /\btest_that\s*\(/.test(testCase.source);
}

/** The program that calls a function; `args` is a list in R source. */
export function callProgram(main: string, name: string | undefined, args: string): string {
  return `${wrapper}tiebreak$call(${rString(main)}, ${name === undefined ? 'NULL' : rString(name)}, ${args})\n`;
}

/** The program that runs a test's file against the main file. */
export function testProgram(main: string, tests: string, testthat: boolean): string {
  return `${wrapper}tiebreak$${testthat ? 'testthat' : 'plain'}(${rString(main)}, ${rString(tests)})\n`;
}

/** A text as R source. */
export function rString(text: string): string {
  return JSON.stringify(text);
}
