import { codeHash } from '../../core/task/codeHash.ts';
import type { CheckReport } from '../../core/run/diagnostic.ts';
import { sides, type Side } from '../../core/task/side.ts';
import type { Case, Task } from '../../core/task/task.ts';
import { contentHash } from '../../core/text/hash.ts';
import { AnswerDiff } from './answerDiff.ts';
import { showRead, type ShownAnswer } from './answers.ts';
import { CheckBoard } from './checkBoard.ts';
import { concealReports } from './conceal.ts';
import type { ReadAnswer } from './readAnswers.ts';
import type { SessionServices } from './services.ts';

/** The answers as the evaluator reads them, their difference, and what the checks report of them. */
export class JudgedAnswers {
  readonly diff: AnswerDiff;
  readonly checks: CheckBoard;
  readonly #task: Task;
  readonly #read: readonly ReadAnswer[];
  #shown: ShownAnswer[];

  /** `readings` are the ids of the chosen readings by side; the listeners are called when a section of the panel has changed. */
  constructor(
    task: Task,
    read: readonly ReadAnswer[],
    readings: Readings,
    { formatter, checks }: Pick<SessionServices, 'formatter' | 'checks'>,
    changed: { readonly diff: () => void; readonly checks: () => void },
  ) {
    this.#task = task;
    this.#read = read;
    this.#shown = showRead(task, read, readings);
    this.diff = new AnswerDiff(this.#shown, task.language, formatter, changed.diff);
    this.checks = new CheckBoard(task, checks, changed.checks);
  }

  get shown(): readonly ShownAnswer[] {
    return this.#shown;
  }

  get isChecking(): boolean {
    return sides.some((side) => this.checks.isRunning(side));
  }

  /** The sides whose check has crashed. */
  get crashed(): readonly Side[] {
    return sides.filter((side) => this.checks.hasCrashed(side));
  }

  /** Reads the answers by other readings. */
  read(readings: Readings): void {
    this.#shown = showRead(this.#task, this.#read, readings);
    this.diff.read(this.#shown);
  }

  /** Checks both answers, or one. Never rejects. */
  async check(cases: readonly Case[], only?: Side): Promise<void> {
    const answers = this.#shown.filter((answer) => only === undefined || answer.side === only);
    await Promise.all(answers.map((answer) => this.checks.check(answer, cases)));
  }

  /** The reports of the checks with masked messages: a message can quote the answer. */
  reports(side: Side): readonly CheckReport[] {
    return concealReports(this.#shown, side, this.checks.reports(side));
  }

  /** The reports of both sides as they are, for the record. */
  allReports(): readonly CheckReport[] {
    return sides.flatMap((side) => this.checks.reports(side));
  }
}

type Readings = Parameters<typeof showRead>[2];

/** The answers and cases that are run and checked. */
export interface Judged {
  readonly answers: readonly ShownAnswer[];
  readonly cases: readonly Case[];
}

/** Ids of the cases that were removed, or that were replaced under the same id. */
export function changedCases(before: Judged, now: Judged): string[] {
  const hashes = new Map(now.cases.map((testCase) => [testCase.id, contentHash(testCase)]));
  return before.cases
    .filter((testCase) => hashes.get(testCase.id) !== contentHash(testCase))
    .map(({ id }) => id);
}

/** Sides whose reading of the answer changed. */
export function changedSides(before: Judged, now: Judged): Side[] {
  const hashes = new Map(before.answers.map(({ side, files }) => [side, codeHash(files)]));
  return now.answers
    .filter(({ side, files }) => hashes.get(side) !== codeHash(files))
    .map(({ side }) => side);
}
