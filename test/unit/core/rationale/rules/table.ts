import assert from 'node:assert/strict';
import type { RationaleContext } from '../../../../../src/core/rationale/context.ts';
import { lintRationale } from '../../../../../src/core/rationale/lint.ts';
import type { Finding } from '../../../../../src/core/rationale/rule.ts';
import { sampleContext } from '../../../../fixtures/rationaleContext.ts';

/** A text, and its changes to the sample context. */
export type Example = string | readonly [text: string, changes: Partial<RationaleContext>];

/** Tests that a rule finds nothing in good examples and something in each bad example. */
export function testExamples(
  rule: string,
  examples: { good: readonly Example[]; bad: readonly Example[] },
): void {
  for (const example of examples.good) {
    const { text, changes } = parts(example);
    it(`finds nothing in “${text.slice(0, 90)}”`, () => {
      assert.deepEqual(findings(rule, text, changes), []);
    });
  }
  for (const example of examples.bad) {
    const { text, changes } = parts(example);
    it(`finds a fault in “${text.slice(0, 90)}”`, () => {
      const found = findings(rule, text, changes);
      assert.notEqual(found.length, 0);
      for (const { start, end } of found) assert.ok(start >= 0 && end <= text.length && start <= end);
      for (const finding of found) if (finding.fix) assertRemedies(text, finding, changes);
    });
  }
}

/** A fix removes its finding, causes no blocking finding, and does not apply again. */
export function assertRemedies(text: string, finding: Finding, changes: Partial<RationaleContext>): void {
  const count = (of: string, counts: (each: Finding) => boolean) =>
    lintRationale(of, sampleContext(changes)).filter(counts).length;
  const corrected = fixed(text, finding);
  const isSame = ({ rule }: Finding) => rule === finding.rule;
  assert.ok(count(corrected, isSame) < count(text, isSame), `${finding.rule} is still there: ${corrected}`);
  const blocks = ({ severity }: Finding) => severity === 'E';
  assert.ok(count(corrected, blocks) <= count(text, blocks), `a fix of ${finding.rule} blocks: ${corrected}`);
}

export function findings(rule: string, text: string, changes: Partial<RationaleContext> = {}): Finding[] {
  return lintRationale(text, sampleContext(changes)).filter((finding) => finding.rule === rule);
}

/** The text after the finding's fix. */
export function fixed(text: string, { fix }: Finding): string {
  assert.ok(fix, 'the finding has no fix');
  return fix.edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end), text);
}

function parts(example: Example): { text: string; changes: Partial<RationaleContext> } {
  return typeof example === 'string'
    ? { text: example, changes: {} }
    : { text: example[0], changes: example[1] };
}
