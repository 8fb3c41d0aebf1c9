import type { Diagnostic } from '../../../src/core/run/diagnostic.ts';
import type { Side } from '../../../src/core/task/side.ts';
import type { Rubric } from '../../../src/core/task/rubric.ts';
import type { CaseResult, Verdict } from '../../../src/core/run/run.ts';
import type { Case, Task } from '../../../src/core/task/task.ts';

/* A task with everything that the panel can show: two answers that differ, splitting cases, a made-up API. */

const prompt = [
  'Write `chunk(iterable, size)` that yields consecutive lists of at most `size` items. It must work with any',
  'iterable, including generators, without reading more than one chunk ahead, and raise `ValueError` when `size` is',
  'not positive.',
].join(' ');

const codeOfA = `from itertools import islice

def chunk(iterable, size):
    if size <= 0:
        raise ValueError("size must be positive")
    it = iter(iterable)
    while block := list(islice(it, size)):
        yield block
`;

const codeOfB = `from itertools import chunked

def chunk(iterable, size):
    items = list(iterable)
    for i in range(0, len(items), size):
        yield items[i:i + size]
# raises on bad sizes
`;

const textOfA = `The iterator is consumed one chunk at a time, so **infinite generators** work:

\`\`\`python
${codeOfA}\`\`\`

The walrus operator ends the loop on the first empty list. Try it:

\`\`\`python
print(list(chunk(range(5), 2)))
\`\`\`
`;

const textOfB = `Sure! As an AI model called Claude I would do this. Here is a solution with the *standard library*:

\`\`\`python
${codeOfB}\`\`\`

1. The iterable becomes a list.
2. Slices of the list are yielded.
`;

const point = (value: number, meaning: string) => ({ value, meaning });

export const chunkRubric: Rubric = {
  id: 'algorithmic',
  title: 'Algorithmic',
  criteria: [
    {
      id: 'correctness',
      title: 'Correctness',
      description: 'Does it do what the prompt asks, on every input the prompt allows?',
      weight: 3,
      scale: [
        point(1, 'Does something else.'),
        point(2, 'Works for the example only.'),
        point(3, 'Works for common inputs, fails a stated requirement.'),
        point(4, 'Works but for a rare input.'),
        point(5, 'Works for every input the prompt allows.'),
      ],
    },
    {
      id: 'robustness',
      title: 'Robustness',
      description: 'What happens at the edges: empty, huge, wrong, hostile?',
      weight: 2,
      scale: [
        point(1, 'Crashes or hangs.'),
        point(2, 'Wrong results at an edge.'),
        point(3, 'Right but wasteful at an edge.'),
        point(4, 'Right, with unclear errors.'),
        point(5, 'Right, with clear errors.'),
      ],
    },
    {
      id: 'clarity',
      title: 'Clarity',
      description: 'Can another person read and change it?',
      weight: 1,
      scale: [
        point(1, 'Cannot be followed.'),
        point(2, 'Hard to follow.'),
        point(3, 'Takes a second look.'),
        point(4, 'Reads well.'),
        point(5, 'Could not be plainer.'),
      ],
    },
  ],
};

const cases: Case[] = [
  {
    id: 'size-zero',
    title: 'size zero raises',
    origin: 'task',
    kind: 'call',
    args: [[1, 2, 3], 0],
    throws: 'ValueError',
  },
  {
    id: 'infinite generator',
    origin: 'task',
    kind: 'unit',
    source: 'from itertools import count\nassert next(chunk(count(), 3)) == [0, 1, 2]\n',
  },
  { id: 'negative-size', origin: 'difference', kind: 'call', args: [[1], -1], throws: 'ValueError' },
  ...(
    [
      ['remainder', 'remainder in the last chunk', [[1, 2, 3, 4, 5], 2], [[1, 2], [3, 4], [5]]],
      [
        'exact',
        'no remainder',
        [[1, 2, 3, 4], 2],
        [
          [1, 2],
          [3, 4],
        ],
      ],
      ['empty', 'empty list', [[], 3], []],
      ['one', 'chunks of one', [['a', 'b'], 1], [['a'], ['b']]],
      ['larger', 'size beyond the length', [[1, 2], 9], [[1, 2]]],
      [
        'text',
        'a string',
        ['abcd', 2],
        [
          ['a', 'b'],
          ['c', 'd'],
        ],
      ],
    ] as const
  ).map(([id, title, args, expected]): Case => ({
    id,
    title,
    origin: 'task',
    kind: 'call',
    args: [...args],
    expected,
  })),
];

export const chunkTask: Task = {
  id: 'chunk',
  title: 'Split a list into fixed-size chunks',
  language: 'python',
  prompt,
  answers: [
    { id: 'first', text: textOfA },
    { id: 'second', text: textOfB },
  ],
  cases,
  entry: 'chunk',
};

/** The results of the cases: B fails the three that split. */
export function chunkResults(side: Side): CaseResult[] {
  const outcomes: Readonly<Record<string, { verdict: Verdict; about: Partial<CaseResult> }>> = {
    'size-zero': {
      verdict: 'fail',
      about: {
        actual: 'ValueError: range() arg 3 must not be zero',
        reason: 'raised at the first item only',
      },
    },
    'infinite generator': {
      verdict: 'timeout',
      about: { wallMs: 2_003, peakBytes: 212_000_000, reason: 'stopped after 2.0 s' },
    },
    'negative-size': { verdict: 'fail', about: { actual: [], reason: 'gave a value instead of an error' } },
  };
  return cases.map((testCase) => {
    const { verdict, about } = (side === 'B' ? outcomes[testCase.id] : undefined) ?? {
      verdict: 'pass' as const,
      about: {},
    };
    const plain: CaseResult = {
      caseId: testCase.id,
      verdict,
      stdout: '',
      stderr: '',
      wallMs: 11,
      cpuMs: 9,
      peakBytes: 9_100_000,
      exit: verdict === 'pass' ? 0 : 1,
      signal: null,
    };
    const expected =
      testCase.kind === 'call' && testCase.expected !== undefined ? { expected: testCase.expected } : {};
    return { ...plain, ...expected, ...about };
  });
}

/** The diagnostics of each side. */
export function chunkDiagnostics(side: Side): Diagnostic[] {
  if (side === 'A') return [];
  const at = (line: number, startColumn: number, endColumn: number) => ({
    startLine: line,
    startColumn,
    endLine: line,
    endColumn,
  });
  return [
    {
      file: 'main.py',
      range: at(1, 23, 30),
      severity: 'error',
      code: 'reportAttributeAccessIssue',
      message: '"chunked" is unknown import symbol',
      source: 'pyright',
      category: 'unknown-api',
    },
    {
      file: 'main.py',
      range: at(7, 1, 22),
      severity: 'warning',
      code: 'comment',
      message: 'The comment does not match the code',
      source: 'pyright',
      category: 'style',
    },
  ];
}

export const chunkRationale = [
  '@A is better because it keeps the two things that the prompt asks for and @B drops: it rejects a size of zero before',
  'reading (@A:4-5, @case:size-zero) and reads one chunk ahead, while @B:4 turns the whole iterable into a list, so an',
  'infinite generator never yields (@case:"infinite generator").',
].join(' ');
