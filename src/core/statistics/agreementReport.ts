import { agreementOf, fewestShared, type Agreement } from './agreement.ts';
import { cohenKappa, type Kappa } from './cohen.ts';
import { current, directionOf, directions, strengthOf, type Judged } from './judged.ts';
import { sharing } from './patterns.ts';

/** Agreement on the direction with ties as a category, on the direction without ties, and on the strength. */
export interface PreferenceAgreement {
  /** Nominal, over first, second, tie and both bad. */
  readonly tiesIn: Agreement;
  /** Nominal, over the reviews that name a winner. */
  readonly tiesOut: Agreement;
  /** Ordinal, over −3 … 3, without "both bad". */
  readonly strength: Agreement;
}

/** The agreement of two evaluators on the tasks that both have judged. */
export interface PairAgreement {
  readonly evaluators: readonly [string, string];
  readonly items: number;
  readonly raw: number;
  /** Cohen's, on the direction with ties; `undefined` below 20 items. */
  readonly kappa: Kappa | undefined;
}

/** The agreement of evaluators, over all reviews in effect. */
export interface AgreementReport {
  readonly overall: PreferenceAgreement;
  /** Over the tasks that the evaluator shares with another evaluator. */
  readonly byEvaluator: ReadonlyMap<string, PreferenceAgreement>;
  readonly byLanguage: ReadonlyMap<string, PreferenceAgreement>;
  /** Ordinal, over the scores of single answers. */
  readonly byCriterion: ReadonlyMap<string, Agreement>;
  readonly pairs: readonly PairAgreement[];
}

/** The reviews of one task, parsed once. An evaluator has the same index in each list. */
interface SharedTask {
  readonly taskId: string;
  readonly evaluators: readonly string[];
  /** Index of the direction; −1 if the task asks for no ranking. */
  readonly directions: readonly number[];
  /** The given directions, the directions with a winner, and the given strengths −3 … 3 as 0 … 6. */
  readonly labels: readonly number[];
  readonly winners: readonly number[];
  readonly strengths: readonly number[];
}

/**
 * The agreement among the reviews; a revision replaces the revised review. `languageOf` gives a task's language; a task
 * without a language is in no language's figures. Equal reviews give equal intervals.
 */
export function agreementReport(
  reviews: readonly Judged[],
  languageOf: (taskId: string) => string | undefined,
): AgreementReport {
  const shared = [...Map.groupBy(current(reviews), ({ taskId }) => taskId).values()]
    .map(lastOfEach)
    .filter((task) => task.length > 1);
  const share = sharing();
  const tasks = shared.map((task) => read(task, share));
  const byEvaluator = tasksByEvaluator(tasks);
  const evaluators = [...byEvaluator.keys()].toSorted();
  return {
    overall: preferenceAgreement(tasks, 'overall'),
    byEvaluator: new Map(
      evaluators.map((evaluator) => [
        evaluator,
        preferenceAgreement(byEvaluator.get(evaluator)!, `evaluator ${evaluator}`),
      ]),
    ),
    byLanguage: new Map(
      [...Map.groupBy(tasks, ({ taskId }) => languageOf(taskId))].flatMap(([language, theirs]) =>
        language === undefined
          ? []
          : [[language, preferenceAgreement(theirs, `language ${language}`)] as const],
      ),
    ),
    byCriterion: criterionAgreement(shared),
    pairs: pairAgreements(tasks, evaluators),
  };
}

function preferenceAgreement(tasks: readonly SharedTask[], seed: string): PreferenceAgreement {
  const items = (which: 'labels' | 'winners' | 'strengths') => tasks.map((task) => task[which]);
  return {
    tiesIn: agreementOf(items('labels'), { categories: 4, metric: 'nominal', seed: `${seed} ties in` }),
    tiesOut: agreementOf(items('winners'), { categories: 2, metric: 'nominal', seed: `${seed} ties out` }),
    strength: agreementOf(items('strengths'), { categories: 7, metric: 'ordinal', seed: `${seed} strength` }),
  };
}

function tasksByEvaluator(tasks: readonly SharedTask[]): Map<string, SharedTask[]> {
  const found = new Map<string, SharedTask[]>();
  for (const task of tasks) {
    for (const evaluator of task.evaluators) {
      const theirs = found.get(evaluator);
      if (theirs === undefined) found.set(evaluator, [task]);
      else theirs.push(task);
    }
  }
  return found;
}

/** The last review of each evaluator: agreement with oneself does not count. */
function lastOfEach(task: readonly Judged[]): Judged[] {
  return [...new Map(task.map((review) => [review.evaluator, review])).values()];
}

function read(task: readonly Judged[], share: ReturnType<typeof sharing>): SharedTask {
  const places = task.map((review) => {
    const direction = directionOf(review);
    return direction === undefined ? -1 : directions.indexOf(direction);
  });
  const strengths = task.map((review) => (strengthOf(review) ?? -4) + 3);
  return {
    taskId: task[0]!.taskId,
    evaluators: task.map(({ evaluator }) => evaluator),
    directions: share(places),
    labels: share(places.filter((place) => place >= 0)),
    winners: share(places.filter((place) => place === 0 || place === 1)),
    strengths: share(strengths.filter((strength) => strength >= 0)),
  };
}

/** Criterion → items; each item has the scores of one answer of one task. */
function criterionAgreement(tasks: readonly (readonly Judged[])[]): Map<string, Agreement> {
  const scores = new Map<string, number[][]>();
  for (const task of tasks) {
    // The first review with a score creates the item; later reviews add their scores.
    const begun = new Map<string, Map<string, number[]>>();
    for (const { scores: given } of task) {
      for (const [answerId, byCriterion] of Object.entries(given)) {
        for (const [criterion, score] of Object.entries(byCriterion)) {
          const item = begun.get(criterion)?.get(answerId);
          if (item !== undefined) item.push(score);
          else answersOf(begun, criterion).set(answerId, addItem(scores, criterion, score));
        }
      }
    }
  }
  return new Map([...scores].map(([criterion, items]) => [criterion, scoreAgreement(criterion, items)]));
}

function answersOf(begun: Map<string, Map<string, number[]>>, criterion: string): Map<string, number[]> {
  const items = begun.get(criterion) ?? new Map<string, number[]>();
  begun.set(criterion, items);
  return items;
}

function addItem(scores: Map<string, number[][]>, criterion: string, score: number): number[] {
  const item = [score];
  const items = scores.get(criterion);
  if (items === undefined) scores.set(criterion, [item]);
  else items.push(item);
  return item;
}

function scoreAgreement(criterion: string, items: readonly (readonly number[])[]): Agreement {
  const share = sharing();
  const given = items.map(share);
  const distinct = new Set(given);
  const values = [...new Set([...distinct].flat())].toSorted((one, other) => one - other);
  const places = new Map([...distinct].map((item) => [item, item.map((score) => values.indexOf(score))]));
  return agreementOf(
    given.map((item) => places.get(item)!),
    { categories: values.length, metric: 'ordinal', values, seed: `criterion ${criterion}` },
  );
}

function pairAgreements(tasks: readonly SharedTask[], evaluators: readonly string[]): PairAgreement[] {
  const tables = new Map(evaluators.map((evaluator) => [evaluator, new Map<string, number[][]>()]));
  for (const { evaluators: judges, directions: places } of tasks) {
    judges.forEach((one, at) => {
      judges.forEach((other, place) => {
        if (one >= other || places[at] === -1 || places[place] === -1) return;
        const ofOne = tables.get(one)!;
        const table = ofOne.get(other) ?? directions.map(() => directions.map(() => 0));
        table[places[at]!]![places[place]!]! += 1;
        ofOne.set(other, table);
      });
    });
  }
  return evaluators.flatMap((one) =>
    evaluators.flatMap((other) => {
      const table = tables.get(one)!.get(other);
      return table === undefined ? [] : [pairAgreement([one, other], table)];
    }),
  );
}

function pairAgreement(evaluators: readonly [string, string], table: readonly number[][]): PairAgreement {
  const items = table.flat().reduce((sum, count) => sum + count, 0);
  const agreeing = table.reduce((sum, row, at) => sum + row[at]!, 0);
  const kappa = items < fewestShared ? undefined : cohenKappa(table);
  return { evaluators, items, raw: agreeing / items, kappa };
}
