import { inEffect, type DashboardContext, type DashboardSelection } from '../../core/statistics/dashboard.ts';
import { current, type Judged } from '../../core/statistics/judged.ts';
import { modelFigures } from '../../core/statistics/modelStrengths.ts';
import { modelVotes, type ModelAnswer } from '../../core/statistics/modelVotes.ts';
import { styleOf } from '../../core/statistics/style.ts';
import { verdictFigures } from '../../core/statistics/verdictFigures.ts';
import type { Preference } from '../../core/task/preference.ts';
import type { ShownModels, ShownVerdicts } from '../../protocol/dashboard.ts';
import type { Store } from '../../store/store.ts';
import type { ShownNames } from './shownFigures.ts';

export type ModelStore = Pick<Store, 'ledger' | 'queueSummary' | 'tasks'>;

/** The data for the figures of models, in addition to the reviews. */
export interface ModelMaterial {
  readonly isNamed: boolean;
  /** Tasks whose models may be named. */
  readonly open: ReadonlySet<string>;
  /** Task id → answer id → the answer's model; only for the tasks in `open`. */
  readonly answers: ReadonlyMap<string, ReadonlyMap<string, ModelAnswer>>;
  /** Task id → the verdict that reviewers settled on. */
  readonly settled: ReadonlyMap<string, Preference>;
}

interface Blindness {
  readonly showModels?: boolean;
  readonly evaluator?: string | undefined;
}

/** Reads the models of the tasks on which the evaluator need not stay blind; reads nothing if the setting hides models. */
export async function readModelMaterial(
  store: ModelStore,
  reviews: readonly Judged[],
  { showModels = false, evaluator }: Blindness,
): Promise<ModelMaterial> {
  const open = showModels ? await unblindedTasks(store, reviews, evaluator) : new Set<string>();
  return {
    isNamed: showModels,
    open,
    answers: await answersOn(store, open),
    settled: await settledVerdicts(store),
  };
}

/**
 * The tasks with a submitted review. For an evaluator who judges here (has a review, a draft or a skipped task), only
 * those that they have submitted themselves: an imported review must not unblind what they have yet to judge.
 */
async function unblindedTasks(
  store: Pick<Store, 'queueSummary'>,
  reviews: readonly Judged[],
  evaluator: string | undefined,
): Promise<Set<string>> {
  const isSeen =
    evaluator !== undefined && (await judgesHere(store, reviews, evaluator))
      ? (review: Judged) => review.evaluator === evaluator
      : () => true;
  return new Set(reviews.filter(isSeen).map(({ taskId }) => taskId));
}

async function judgesHere(
  store: Pick<Store, 'queueSummary'>,
  reviews: readonly Judged[],
  evaluator: string,
): Promise<boolean> {
  if (reviews.some((review) => review.evaluator === evaluator)) return true;
  const { states } = await store.queueSummary(evaluator);
  return states.draft + states.skipped > 0;
}

async function answersOn(
  store: Pick<Store, 'tasks'>,
  open: ReadonlySet<string>,
): Promise<Map<string, Map<string, ModelAnswer>>> {
  const found = new Map<string, Map<string, ModelAnswer>>();
  if (open.size === 0) return found;
  for await (const { id, answers } of store.tasks()) {
    if (!open.has(id)) continue;
    const named = answers.flatMap((answer): [string, ModelAnswer][] =>
      answer.model === undefined ? [] : [[answer.id, { model: answer.model, style: styleOf(answer.text) }]],
    );
    found.set(id, new Map(named));
  }
  return found;
}

async function settledVerdicts(store: Pick<Store, 'ledger'>): Promise<Map<string, Preference>> {
  const settlements = (await store.ledger({ kind: 'settlement' })).map(({ record }) => record);
  return new Map(
    current(settlements).flatMap(({ taskId, verdict }) => (verdict === null ? [] : [[taskId, verdict]])),
  );
}

/** The figures in the form in which the page receives them. */
export function modelPage(
  { chosen, shared }: DashboardSelection,
  {
    context,
    names,
    ...material
  }: ModelMaterial & { readonly context: DashboardContext; readonly names: ShownNames },
): ShownModels {
  const reviews = inEffect(chosen, context);
  const answersOf = (taskId: string, answerId: string) => material.answers.get(taskId)?.get(answerId);
  const votes = modelVotes(reviews, answersOf);
  const { models, pairs, tie, effects } = modelFigures(votes);
  const goldVerdicts = [...context.gold].map(([taskId, { preference }]) => [taskId, preference] as const);
  const verdicts = verdictFigures({
    reviews: inEffect(shared, context),
    firstReviews: shared.filter(({ revises }) => revises === undefined),
    // A reviewer decided both. If a task has both, the gold verdict counts, because it is later.
    known: new Map([...material.settled, ...goldVerdicts]),
    votes: modelVotes(inEffect(shared, context), answersOf),
  });
  const evaluators = new Set(chosen.map(({ evaluator }) => evaluator));
  return {
    isNamed: material.isNamed,
    compared: votes.length,
    withheld: material.isNamed ? reviews.filter(({ taskId }) => !material.open.has(taskId)).length : 0,
    models: models.map((result) => ({
      ...result,
      rank: result.rank && { value: result.rank.rank, interval: result.rank.interval },
    })),
    tie,
    pairs: pairs.map(({ models: [one, other], ...pair }) => ({ one, other, ...pair })),
    effects: [...effects],
    verdicts: verdicts
      .filter(({ evaluator }) => evaluators.has(evaluator))
      .map(({ evaluator, ...figures }) => shownVerdicts(names.get(evaluator)!, figures))
      .toSorted((one, other) => (one.evaluator < other.evaluator ? -1 : 1)),
  };
}

function shownVerdicts(
  evaluator: string,
  { known, confusion, table, pAgainstOthers, estimated, unusual }: Omit<Verdicts, 'evaluator'>,
): ShownVerdicts {
  return {
    evaluator,
    known,
    precision: confusion?.precision,
    recall: confusion?.recall,
    f1: confusion?.f1,
    table: table.map((row) => [...row]),
    pAgainstOthers,
    estimated,
    unusual,
  };
}
type Verdicts = ReturnType<typeof verdictFigures>[number];
