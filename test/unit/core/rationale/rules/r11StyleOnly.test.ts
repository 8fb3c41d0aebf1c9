import { result } from '../../../../fixtures/rationaleContext.ts';
import { testExamples } from './table.ts';

const even = { results: { A: [result('empty-list', 'pass')], B: [result('empty-list', 'pass')] } };

describe('R11 style only', () => {
  testExamples('R11', {
    good: [
      '@A is better: it raises for a size of zero. It is also cleaner.',
      '@A is more efficient and cleaner.',
      '@A is better: its time is constant, and its code is shorter.',
      '@A is better: it allocates nothing, and is more readable.',
      '@A is cleaner, and passes @case:"size zero raises".',
      ['@A is slightly better because its names are clearer.', { ...even, shown: -1 }],
      '@A is better because @B leaks the file handle.',
      '@A is better. Its names are good and it validates its input.',
      ['@A and @B are equally good; the names of @A are clearer.', { ...even, shown: 0 }],
    ],
    bad: [
      '@A is better because its names are clearer.',
      '@A is better. The code is cleaner and more readable.',
      ['@A is better because it is more pythonic and concise.', { ...even, shown: -2 }],
      ['Both work. @B is much better since the layout and the comments are nicer.', { ...even, shown: 3 }],
      '@A is better: shorter, tidier, well documented.',
      '@A reads better thanks to its doc string. I prefer @A.',
    ],
  });
});
