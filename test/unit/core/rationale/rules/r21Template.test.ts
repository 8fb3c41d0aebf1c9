import assert from 'node:assert/strict';
import { findings, testExamples } from './table.ts';

const earlier =
  '@A is better than @B because it follows the prompt in every point and returns the right value for @case:t1, while @B:14 drops the last item and needs a further check.';
const recent = { recent: ['Something else was said of that task, at some length and with care.', earlier] };

describe('R21 template', () => {
  testExamples('R21', {
    good: [
      earlier,
      [
        '@B is better: @A:3 reads the whole file before it yields a line, so that large files do not fit into memory at all.',
        recent,
      ],
      ['@A is better than @B because it follows the prompt.', recent],
      '@B:12 leaves a TODO in the code, and a TODO comment at the end.',
      'The list [...] is copied in `[...]`.'.replace('[...] is', 'is'),
      [
        '@A is better because it follows the order that the prompt asks for, while @B sorts; it returns the right value for each of the nine cases.',
        recent,
      ],
    ],
    bad: [
      [earlier, recent],
      [earlier.replace('@case:t1', '@case:empty-list').replace('@B:14', '@B:3'), recent],
      [earlier.replaceAll('@A', '@X').replaceAll('@B', '@A').replaceAll('@X', '@B'), recent],
      '@A is better because [...].',
      '@A is better. TODO: say why.',
      '@A is better because of […].',
      'TODO',
      '@A is better since <insert reason>.',
      '@A is better because [reason].',
      '@A is better because ___.',
    ],
  });

  it('shows the earlier text', () => {
    assert.match(findings('R21', earlier, recent)[0]!.message, /“@A is better than @B because it follows/);
  });

  it('uses the threshold of the rubric', () => {
    const rubric = { id: 'r', title: 'R', criteria: [], thresholds: { likeness: 1 } };
    assert.deepEqual(findings('R21', `${earlier} And more.`, { ...recent, rubric }), []);
  });
});
