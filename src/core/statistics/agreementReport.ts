import { agreementOf, fewestShared, type Agreement } from './agreement.ts';
import { cohenKappa, type Kappa } from './cohen.ts';
import { current, directionOf, directions, strengthOf, type Judged } from './judged.ts';

/** Agreement on the direction with ties as a value of their own, without them, and on the strength. */
export interface PreferenceAgreement {
  /** Nominal, over first, second, tie and both bad. */
  readonly tiesIn: Agreement;
  /** Nominal, over the reviews that name a winner. */
  readonly tiesOut: Agreement;
  /** Ordinal, over −3 … 3; both bad has no place there. */
  readonly strength: Agreement;
}

/** Two evaluators on the tasks that both have judged. */
export interface PairAgreement {
  readonly evaluators: readonly [string, string];
  readonly items: number;
  readonly raw: number;
  /** Cohen's, on the direction with ties; `undefined` below 20 items. */
  readonly kappa: Kappa | undefined;
}

/** What evaluators agree on, of all reviews that are in force. */
export interface AgreementReport {
  readonly overall: PreferenceAgreement;
  /** Over the tasks that the evaluator shares with anybody. */
  readonly byEvaluator: ReadonlyMap<string, PreferenceAgreement>;
  readonly byLanguage: ReadonlyMap<string, PreferenceAgreement>;
  /** Ordinal, over the scores of single answers. */
  readonly byCriterion: ReadonlyMap<string, Agreement>;
  readonly pairs: readonly PairAgreement[];
}

/**
 * The agreement among the reviews, revisions in place of what they revise. `languageOf` tells a task's language; a
 * task without one is in no language's figures. Intervals are the same for the same reviews.
 */
export function agreementReport(
  reviews: readonly Judged[],
  languageOf: (taskId: string) => string | undefined,
): AgreementReport {
  const tasks = [...Map.groupBy(current(reviews), ({ taskId }) => taskId).values()]
    .map(lastOfEach)
    .filter((task) => task.length > 1);
  const evaluators = [...new Set(tasks.flat().map(({ evaluator }) => evaluator))].toSorted();
  return {
    overall: preferenceAgreement(tasks, 'overall'),
    byEvaluator: new Map(
      evaluators.map((evaluator) => {
        const theirs = tasks.filter((task) => task.some((review) => review.evaluator === evaluator));
        return [evaluator, preferenceAgreement(theirs, `evaluator ${evaluator}`)];
      }),
    ),
    byLanguage: new Map(
      [...Map.groupBy(tasks, (task) => languageOf(task[0]!.taskId))].flatMap(([language, theirs]) =>
        language === undefined
          ? []
          : [[language, preferenceAgreement(theirs, `language ${language}`)] as const],
      ),
    ),
    byCriterion: criterionAgreement(tasks),
    pairs: pairAgreements(tasks, evaluators),
  };
}

/** The agreement on the preferences of the reviews of each task. */
export function preferenceAgreement(
  tasks: readonly (readonly Judged[])[],
  seed: string,
): PreferenceAgreement {
  const labels = tasks.map((task) =>
    task.flatMap((review) => {
      const direction = directionOf(review);
      return direction === undefined ? [] : [directions.indexOf(direction)];
    }),
  );
  const winners = labels.map((task) => task.filter((label) => label < 2));
  const strengths = tasks.map((task) =>
    task.flatMap((review) => {
      const strength = strengthOf(review);
      return strength === undefined ? [] : [strength + 3];
    }),
  );
  return {
    tiesIn: agreementOf(labels, { categories: 4, metric: 'nominal', seed: `${seed} ties in` }),
    tiesOut: agreementOf(winners, { categories: 2, metric: 'nominal', seed: `${seed} ties out` }),
    strength: agreementOf(strengths, { categories: 7, metric: 'ordinal', seed: `${seed} strength` }),
  };
}

/** One review of each evaluator, the last: to agree with oneself says nothing of agreement. */
function lastOfEach(task: readonly Judged[]): Judged[] {
  return [...new Map(task.map((review) => [review.evaluator, review])).values()];
}

function criterionAgreement(tasks: readonly (readonly Judged[])[]): Map<string, Agreement> {
  const scores = new Map<string, Map<string, number[]>>();
  for (const { taskId, scores: given } of tasks.flat()) {
    for (const [answerId, byCriterion] of Object.entries(given)) {
      for (const [criterion, score] of Object.entries(byCriterion)) {
        const items = scores.get(criterion) ?? new Map<string, number[]>();
        const item = JSON.stringify([taskId, answerId]);
        items.set(item, [...(items.get(item) ?? []), score]);
        scores.set(criterion, items);
      }
    }
  }
  return new Map([...scores].map(([criterion, items]) => [criterion, scoreAgreement(criterion, items)]));
}

function scoreAgreement(criterion: string, items: ReadonlyMap<string, readonly number[]>): Agreement {
  const values = [...new Set([...items.values()].flat())].toSorted((one, other) => one - other);
  const places = new Map(values.map((value, at) => [value, at]));
  return agreementOf(
    [...items.values()].map((item) => item.map((score) => places.get(score)!)),
    { categories: values.length, metric: 'ordinal', values, seed: `criterion ${criterion}` },
  );
}

function pairAgreements(
  tasks: readonly (readonly Judged[])[],
  evaluators: readonly string[],
): PairAgreement[] {
  const tables = new Map<string, number[][]>();
  for (const task of tasks) {
    const labels = labelsOf(task);
    for (const [one, label] of labels) {
      for (const [other, otherLabel] of labels) {
        if (one >= other) continue;
        const key = JSON.stringify([one, other]);
        const table = tables.get(key) ?? directions.map(() => directions.map(() => 0));
        table[label]![otherLabel]! += 1;
        tables.set(key, table);
      }
    }
  }
  return evaluators.flatMap((one) =>
    evaluators.flatMap((other) => {
      const table = tables.get(JSON.stringify([one, other]));
      return table === undefined ? [] : [pairAgreement([one, other], table)];
    }),
  );
}

/** Evaluator → the direction of their review of the task. */
function labelsOf(task: readonly Judged[]): Map<string, number> {
  return new Map(
    task.flatMap((review) => {
      const direction = directionOf(review);
      return direction === undefined ? [] : [[review.evaluator, directions.indexOf(direction)] as const];
    }),
  );
}

function pairAgreement(evaluators: readonly [string, string], table: readonly number[][]): PairAgreement {
  const items = table.flat().reduce((sum, count) => sum + count, 0);
  const agreeing = table.reduce((sum, row, at) => sum + row[at]!, 0);
  const kappa = items < fewestShared ? undefined : cohenKappa(table);
  return { evaluators, items, raw: agreeing / items, kappa };
}
