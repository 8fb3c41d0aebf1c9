import type { RationaleContext } from '../../../src/core/rationale/context.ts';
import type { Rubric } from '../../../src/core/task/rubric.ts';
import type { LanguageContext } from '../../../src/protocol/language.ts';
import { result } from '../../fixtures/rationaleContext.ts';

const rubric: Rubric = {
  id: 'general',
  title: 'General',
  criteria: [
    {
      id: 'correctness',
      title: 'Correctness',
      description: 'Does it do what was asked?',
      weight: 1,
      scale: [
        { value: 0, meaning: 'no' },
        { value: 5, meaning: 'yes' },
      ],
    },
  ],
};

export const codeOfA = ['def chunk(items):', '    first = items[0]', '', '    return [first]'];
export const codeOfB = [
  'def chunk(items):',
  '    if not items: ',
  '        return []',
  '',
  '    return [items[0]]',
];

/** A task in Python with one file a side: A fails the case `empty` that B passes; both pass `one`. */
export function context(change: Partial<RationaleContext> = {}): LanguageContext {
  return {
    language: 'python',
    rationale: {
      shown: 2,
      rubric,
      scores: {},
      prompt: 'Write chunk.\n\nKeep the order.\n',
      answers: [answer('A', codeOfA), answer('B', codeOfB)],
      cases: [{ id: 'empty', title: 'empty input' }, { id: 'one' }],
      results: {
        A: [result('empty', 'error'), result('one', 'pass')],
        B: [result('empty', 'pass'), result('one', 'pass')],
      },
      diagnostics: {},
      hunks: 2,
      ranked: true,
      searches: [],
      recent: [],
      ...change,
    },
    fileLinks: [
      { side: 'A', path: 'solution.py', uri: 'file:///answers/A/solution.py' },
      { side: 'B', path: 'solution.py', uri: 'file:///answers/B/solution.py' },
    ],
    cases: [
      {
        id: 'empty',
        title: 'empty input',
        own: false,
        input: 'chunk([])',
        expected: '[]',
        results: {
          A: { verdict: 'error', reason: 'IndexError', stderr: 'IndexError: list index out of range' },
          B: { verdict: 'pass', actual: '[]' },
        },
      },
      {
        id: 'one',
        own: true,
        input: 'chunk([1])',
        expected: '[1]',
        results: { A: { verdict: 'pass', actual: '[1]' }, B: { verdict: 'pass', actual: '[1]' } },
      },
    ],
  };
}

function answer(side: 'A' | 'B', lines: string[]): RationaleContext['answers'][number] {
  return { side, files: [{ path: 'solution.py', lines }], text: lines.join('\n') };
}
