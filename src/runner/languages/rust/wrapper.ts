import { programText } from '../../programText.ts';

const wrapper = programText(import.meta.url, './wrapper.rs');

/**
 * The code that follows the answer's own text; it calls the function at the path `target` with `count`
 * arguments.
 */
export function callProgram(target: string, count: number): string {
  const places = Array.from({ length: count }, (_, index) => index);
  const values = places.map((place) => `tiebreak_call::take(given, ${place})`).join(', ');
  const main = `fn main() {
    tiebreak_call::run(|given| {
        let target: fn(${places.map(() => '_').join(', ')}) -> _ = ${target};
        target(${values})
    })
}`;
  return `\n${wrapper}\n${main}\n`;
}
