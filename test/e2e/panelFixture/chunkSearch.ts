import { generatorVersion } from '../../../src/core/differing/record.ts';
import type { Search } from '../../../src/core/differing/searchRecord.ts';
import type { CaseResult } from '../../../src/core/run/run.ts';
import { codeHash } from '../../../src/core/task/codeHash.ts';
import type { Case } from '../../../src/core/task/task.ts';
import { showAnswers } from '../../../src/sessions/review/answers.ts';
import { runOf } from '../../fixtures/heldRunner.ts';
import { result } from '../../fixtures/rationaleContext.ts';
import { chunkTask } from './chunkTask.ts';

/** An input on which the answers of the chunk task differ, and both results. */
interface Differing {
  readonly args: readonly unknown[];
  readonly class: Search['witnesses'][number]['class'];
  readonly withinBounds?: boolean;
  readonly a: Partial<CaseResult>;
  readonly b: Partial<CaseResult>;
}

const differing: readonly Differing[] = [
  { args: [[1, 2, 3], 2], class: 'value', a: { actual: [[1, 2], [3]] }, b: { actual: [[1, 2]] } },
  {
    args: [[], 0],
    class: 'crash',
    a: { verdict: 'error', reason: 'ValueError: size must be positive' },
    b: { actual: [] },
  },
  {
    args: [[0], 9_007_199_254_740_991],
    class: 'timeout',
    withinBounds: false,
    a: { actual: [[0]] },
    b: { verdict: 'timeout', reason: 'it took longer than 1 s of processor time' },
  },
];

/** A search in which the answers of the chunk task differ in three ways, or in none. */
export function chunkSearch(changes: Partial<Search> = {}, witnesses = differing): Search {
  const answers = showAnswers(
    chunkTask,
    chunkTask.answers.map(({ id }) => id),
    {},
    'main.py',
  );
  const cases = witnesses.map(
    ({ args }, index) =>
      ({
        id: `difference-${index + 1}`,
        kind: 'call',
        args,
        origin: 'difference',
        limits: { cpuMs: 1000, wallMs: 10_000 },
      }) as Case,
  );
  const runs = answers.map(({ answerId, files }, index) =>
    runOf({ taskId: chunkTask.id, answerId, files, cases, language: 'python' }, 'pass', {
      results: witnesses.map(({ a, b }, at) => ({
        ...result(cases[at]!.id, 'pass'),
        ...(index === 0 ? a : b),
      })),
    }),
  );
  return {
    id: '0190a000-0000-7000-8000-000000000001',
    at: '2026-11-21T14:03:21.000Z',
    answers: answers.map(({ answerId, files }) => ({ answerId, codeHash: codeHash(files) })),
    seed: 1,
    generator: generatorVersion,
    budgetMs: 10_000,
    pairs: witnesses.length === 0 ? 12_480 : 612,
    ms: witnesses.length === 0 ? 10_012 : 1840,
    cancelled: false,
    witnesses: witnesses.map(({ class: kind, withinBounds = true }, index) => ({
      caseId: cases[index]!.id,
      class: kind,
      withinBounds,
    })),
    runs: witnesses.length === 0 ? [] : runs,
    ...changes,
  };
}
