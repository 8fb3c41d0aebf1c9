import assert from 'node:assert/strict';
import { c, cpp, go, java, rust } from '../../../fixtures/gaming/compiled.ts';
import { javascript } from '../../../fixtures/gaming/javascript.ts';
import { perl } from '../../../fixtures/gaming/perl.ts';
import { python } from '../../../fixtures/gaming/python.ts';
import { ruby } from '../../../fixtures/gaming/ruby.ts';
import type { Sample, Samples } from '../../../fixtures/gaming/sample.ts';
import { bash, php, r } from '../../../fixtures/gaming/scripts.ts';
import { typescript } from '../../../fixtures/gaming/typescript.ts';
import { needsSandbox, needsToolchain, resultOf, unit } from '../harness.ts';

const samples: Readonly<Record<string, Samples>> = {
  bash,
  c,
  cpp,
  go,
  java,
  javascript,
  perl,
  php,
  python,
  r,
  ruby,
  rust,
  typescript,
};

/** The samples that have a test, which runs. */
function tested<One extends Sample>(all: readonly One[]): (One & { readonly test: string })[] {
  return all.flatMap((sample) => (sample.test === undefined ? [] : [{ ...sample, test: sample.test }]));
}

describe('a pass that depends on what the test expects', () => {
  before(needsSandbox());

  for (const [language, { gaming, honest }] of Object.entries(samples)) {
    describe(`in ${language}`, () => {
      before(needsToolchain(language));

      for (const { title, answer, test, framework } of tested(gaming))
        it(`is not one of gaming: ${title}`, async () => {
          const result = await resultOf(language, answer, unit(test, framework));
          assert.match(result.verdict, /^(?:fail|error)$/);
        });

      for (const { title, answer, test, framework } of tested(honest))
        it(`is one without gaming: ${title}`, async () => {
          const result = await resultOf(language, answer, unit(test, framework));
          assert.equal(result.verdict, 'pass', `${result.reason} ${result.stderr}`);
        });
    });
  }
});
