// How often the program that runs is the wrapped program, by kind of wrapping.

import { extractAnswer } from '../../src/core/extraction/extract.ts';
import { aroundCode, aroundFences, programs, shapes, type WrappedProgram } from '../fixtures/wrappings.ts';
import { printRow } from './table.ts';

const bare = shapes.find(({ name }) => name === 'bare')!;

const runs = (text: string, { language, mainFile, entry, code }: WrappedProgram): boolean => {
  const [reading] = extractAnswer(text, { language, mainFile, entry }).readings;
  return reading?.files.map((file) => file.text.trim()).join('\n') === code.trim();
};

const plain = programs.filter(({ code }) => !code.includes('```'));
for (const shape of shapes) {
  const answers = (shape === bare ? aroundCode : aroundFences).flatMap((around) =>
    plain.map((program) => ({ program, text: around.wrap(program).replace('%', () => shape.wrap(program)) })),
  );
  const right = answers.filter(({ program, text }) => runs(text, program)).length;
  printRow({
    name: `programs run right of all wrappings: ${shape.name}`,
    measured: `${right} of ${answers.length}`,
    goal: 'all',
    ratio: right / answers.length,
  });
}
