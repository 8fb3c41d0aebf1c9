import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { extractAnswer } from '../../../../src/core/extraction/extract.ts';
import {
  aroundCode,
  aroundFences,
  programs,
  shapes,
  type WrappedProgram,
} from '../../../fixtures/wrappings.ts';

/** The program that runs for an answer, without the blank lines around it. */
function ran(text: string, { language, mainFile, entry }: WrappedProgram): string {
  const { readings } = extractAnswer(text, { language, mainFile, entry });
  assert.equal(readings[0]?.rejections, undefined, text);
  return readings[0]!.files
    .map((file) => file.text)
    .join('\n')
    .trim();
}

const bare = shapes.find(({ name }) => name === 'bare')!;
/** Programs that contain fences need a longer fence. */
const holdsFences = new Set(['fence', 'fence without a language', 'longer fence', 'bare']);

describe('a wrapped program', () => {
  for (const shape of shapes) {
    for (const around of shape === bare ? aroundCode : aroundFences) {
      it(`is the one that runs: ${shape.name} in ${around.name}`, () => {
        for (const program of programs) {
          if (program.code.includes('```') && !holdsFences.has(shape.name)) continue;
          const text = around.wrap(program).replace('%', () => shape.wrap(program));
          assert.equal(ran(text, program), program.code.trim(), `${program.language}:\n${text}`);
        }
      });
    }
  }

  it('is the one that runs, whatever lines it has', () => {
    const line = fc.constantFrom(
      '    x = 1',
      '    s = "<think>"',
      "    t = '</think>'",
      '    # a `quoted` word, and </s> in it',
      '    """A text with ``` in it."""',
      '    if x < 2: return x',
      '    y = f"{x:>3}"',
      '',
      '    print("<|im_end|>", x)',
      '    return x',
    );
    const lines = fc.array(line, { maxLength: 12 });
    const fencedShapes = fc.constantFrom(...shapes.filter((it) => it !== bare));
    fc.assert(
      fc.property(lines, fencedShapes, fc.constantFrom(...aroundFences), (body, shape, around) => {
        const program: WrappedProgram = {
          ...programs[0]!,
          code: `def clamp(x, lo, hi):\n${body.join('\n')}\n    return x\n`,
        };
        const text = around.wrap(program).replace('%', () => shape.wrap(program));
        assert.equal(ran(text, program), program.code.trim(), `${shape.name} in ${around.name}:\n${text}`);
      }),
      { numRuns: 500 },
    );
  });
});
