import { programText } from '../../programText.ts';

const wrapper = programText(import.meta.url, './wrapper.cpp');

/** The code that follows the answer's own text; `target` is the address of the function to call. */
export function callProgram(target: string): string {
  return `\n#define TIEBREAK_TARGET ${target}\n${wrapper}`;
}
