import { programText } from '../../programText.ts';

const wrapper = programText(import.meta.url, './wrapper.R');

/** The program that calls a function; `args` is a list in R source. */
export function callProgram(main: string, name: string | undefined, args: string): string {
  return `${wrapper}tiebreak$call(${literal(main)}, ${name === undefined ? 'NULL' : literal(name)}, ${args})\n`;
}

/** The program that runs a test's file against the main file. */
export function testProgram(main: string, tests: string, testthat: boolean): string {
  return `${wrapper}tiebreak$${testthat ? 'testthat' : 'plain'}(${literal(main)}, ${literal(tests)})\n`;
}

function literal(text: string): string {
  return JSON.stringify(text);
}
