import { opaqueNames } from '../../core/opaqueNames.ts';
import {
  quickFigures,
  selectReviews,
  slowFigures,
  type DashboardContext,
  type DashboardSelection,
} from '../../core/statistics/dashboard.ts';
import type { Judged } from '../../core/statistics/judged.ts';
import type { ShownFilter, ShownQuick, ShownSlow } from '../../protocol/dashboard.ts';
import { calibrationGround, type GroundStore } from '../../store/references.ts';
import type { Store } from '../../store/store.ts';
import { shownQuick, shownSlow } from './shownFigures.ts';

export interface DashboardOptions {
  /** Evaluators are shown by their ids. */
  readonly showEvaluators: boolean;
  /** The share of the qualification set that must be right. */
  readonly passMark: number;
}

type FiguresStore = GroundStore & Pick<Store, 'dataVersion' | 'judged' | 'taskFacts'>;

/** All that figures are made of, as it was read at one moment. */
interface Material {
  readonly version: number;
  readonly reviews: readonly Judged[];
  readonly languages: readonly string[];
  /** Evaluator → the name under which they are shown. */
  readonly names: ReadonlyMap<string, string>;
  readonly context: DashboardContext;
}

/** Works out the dashboard's figures from a store, which is read again only when it has changed. */
export class DashboardSource {
  readonly #store: FiguresStore;
  readonly #options: DashboardOptions;
  #material: Promise<Material> | undefined;

  constructor(store: FiguresStore, options: DashboardOptions) {
    this.#store = store;
    this.#options = options;
  }

  async quick(filter: ShownFilter): Promise<ShownQuick> {
    const material = await this.#read();
    const figures = quickFigures(select(material, filter), material.context);
    const choices = {
      evaluators: [...material.names.values()].toSorted(),
      languages: [...material.languages],
    };
    return shownQuick(figures, { choices, stored: material.reviews.length, names: material.names });
  }

  async slow(filter: ShownFilter): Promise<ShownSlow> {
    const material = await this.#read();
    return shownSlow(slowFigures(select(material, filter), material.context), material.names);
  }

  async #read(): Promise<Material> {
    const version = await this.#store.dataVersion();
    const known = await this.#material?.catch(() => undefined);
    if (known === undefined || known.version !== version)
      this.#material = readMaterial(this.#store, this.#options, version);
    return this.#material!;
  }
}

async function readMaterial(
  store: FiguresStore,
  { showEvaluators, passMark }: DashboardOptions,
  version: number,
): Promise<Material> {
  const reviews = await store.judged();
  const facts = new Map((await store.taskFacts()).map((task) => [task.taskId, task]));
  const evaluators = [...new Set(reviews.map(({ evaluator }) => evaluator))];
  const languages = new Set([...facts.values()].map(({ language }) => language));
  return {
    version,
    reviews,
    languages: [...languages].toSorted(),
    names: showEvaluators ? new Map(evaluators.map((id) => [id, id])) : opaqueNames(evaluators),
    context: {
      ...(await calibrationGround(store)),
      passMark,
      languageOf: (taskId) => facts.get(taskId)?.language,
      lengthOf: (taskId, answerId) => facts.get(taskId)?.lengths[answerId],
    },
  };
}

function select({ reviews, names, context }: Material, filter: ShownFilter): DashboardSelection {
  const [evaluator] = [...names].find(([, name]) => name === filter.evaluator) ?? [filter.evaluator];
  return selectReviews(reviews, { ...filter, evaluator }, context.languageOf);
}
