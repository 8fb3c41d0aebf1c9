import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { lintRationale } from '../../../../src/core/rationale/lint.ts';
import type { Finding } from '../../../../src/core/rationale/rule.ts';
import type { ShownPreference } from '../../../../src/core/task/preference.ts';
import { assertRemedies } from './rules/table.ts';
import { sampleContext } from '../../../fixtures/rationaleContext.ts';
import { labelledRationales } from '../../../fixtures/labelled.ts';
import { goodRationales } from '../../../fixtures/rationales.ts';

const context = sampleContext({
  prompt:
    'Write chunk(iterable, size) for any iterable.\nRaise ValueError for a size of zero.\nFiles may be large.',
  cases: ['empty-list', 'zero-size', 'not-a-multiple', 'generator'].map((id) => ({ id })),
});

function lint(text: string, shown: ShownPreference): Finding[] {
  return lintRationale(text, { ...context, shown });
}

/** The same strength for the other side; a tie becomes a preference. */
function opposite(shown: ShownPreference): ShownPreference {
  if (shown === 'both-bad') return 2;
  return shown === 0 ? 1 : (-shown as ShownPreference);
}

describe('lintRationale', () => {
  for (const { name, shown, text } of goodRationales) {
    it(`blocks nothing: ${name}`, () => {
      assert.deepEqual(
        lint(text, shown).filter((finding) => finding.severity === 'E'),
        [],
      );
    });
  }

  it('detects in most of them that they favour the other side if the preference is reversed', () => {
    const blind = goodRationales.filter(
      ({ shown, text }) => !lint(text, opposite(shown)).some((finding) => finding.rule === 'R02'),
    );
    // The rule reports nothing if a text says both: blocking a true rationale is worse than missing a wrong one.
    assert.ok(blind.length <= 4, `missed: ${blind.map(({ name }) => name).join('; ')}`);
  });

  it('lets the rubric change a severity or turn a rule off', () => {
    const text = 'Both have merits.';
    const severities = (rules: Record<string, 'E' | 'W' | 'I' | 'off'>) =>
      lintRationale(text, { ...context, shown: 1, rubric: { ...context.rubric, rules } })
        .filter((finding) => finding.rule === 'R01' || finding.rule === 'R16')
        .map((finding) => `${finding.rule} ${finding.severity}`)
        .toSorted();
    assert.deepEqual(severities({}), ['R01 E', 'R16 E']);
    assert.deepEqual(severities({ R01: 'W', R16: 'off' }), ['R01 W']);
  });

  it('puts the shorter of two findings with the same start first, because its fix applies first', () => {
    const found = lint('Answer 1 is better because it raises the ValueError that is asked for (@A:4-5).', -2);
    const atStart = found.filter(({ start }) => start === 0);
    assert.deepEqual(
      atStart.map(({ rule }) => rule),
      ['R17', 'R09', 'R15', 'R16'].filter((rule) => atStart.some((finding) => finding.rule === rule)),
    );
    assert.equal(atStart[0]?.rule, 'R17');
  });

  it('reports only that an empty rationale is empty', () => {
    assert.deepEqual(
      lint(' \n', 1).map((finding) => finding.rule),
      ['R16'],
    );
  });

  it('never throws, and keeps findings and fixes inside the text', () => {
    const piece = fc.oneof(
      fc.constantFrom(...goodRationales.map(({ text }) => text.slice(0, 60))),
      fc.constantFrom(
        '@A',
        '@B:',
        '@A:999-1',
        '@case:"',
        '@case:x y',
        '@diff:0',
        '@prompt:9',
        '```\n',
        '`',
        '> ',
        '\n\n',
      ),
      fc.constantFrom(
        'better',
        'than',
        'not',
        'neither',
        'both',
        'the former',
        'Answer 1',
        '. ',
        ', ',
        'A',
        'B',
      ),
      fc.constantFrom(
        'maybe ',
        'idiot code',
        'sk-proj-a1B2c3D4e5F6g7H8i9J0',
        'someone@acme-corp.com',
        'sounds like GPT',
        'nit: names. ',
        'The prompt asks for async. ',
        '@A fails @case:empty-list, @B passes. ',
        '[...]',
        'TOTALLY WRONG CODE!!',
        '| a | b |\n',
        '- ',
        'uses a global. ',
        'I tested it',
        'slightly better',
      ),
      fc.string({ unit: 'binary', maxLength: 10 }),
    );
    const shown = fc.constantFrom<ShownPreference>(-3, 0, 2, 'both-bad');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), shown, (pieces, preference) => {
        const text = pieces.join('');
        for (const { start, end, fix } of lint(text, preference)) {
          assert.ok(0 <= start && start <= end && end <= text.length);
          for (const edit of fix?.edits ?? [])
            assert.ok(0 <= edit.start && edit.start <= edit.end && edit.end <= text.length);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  for (const { name, text, context: labelledContext } of labelledRationales().all) {
    const fixable = lintRationale(text, labelledContext).filter(({ fix }) => fix !== undefined);
    if (fixable.length === 0) continue;
    it(`fixes permanently: ${name}`, () => {
      for (const finding of fixable) assertRemedies(text, finding, labelledContext);
    });
  }

  it('is fast on any text', () => {
    // Each of these once took seconds, in a regular expression or a nested loop; the runner's time limit is the bound.
    const hostile = [
      '“',
      '"',
      '.',
      '1.',
      'a. ',
      '@A:',
      '@case:"',
      '\n\n',
      'a@b.',
      'A ',
      'sk-',
      'eyJ',
      'maybe ',
      '@A fails ',
      '/home/a',
    ];
    for (const piece of hostile) lint(piece.repeat(60_000 / piece.length), 1);
  });
});
