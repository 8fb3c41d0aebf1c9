import { opaqueNames } from '../../core/statistics/opaqueNames.ts';
import {
  quickFigures,
  selectReviews,
  slowFigures,
  type DashboardContext,
  type DashboardSelection,
} from '../../core/statistics/dashboard.ts';
import type { Judged } from '../../core/statistics/judged.ts';
import type { ShownFilter, ShownModels, ShownQuick, ShownSlow } from '../../protocol/dashboard.ts';
import { goldAndDuplicates, type ReferenceStore } from '../calibration/references.ts';
import type { Store } from '../../store/store.ts';
import { modelPage, readModelMaterial, type ModelMaterial, type ModelStore } from './modelPage.ts';
import { shownQuick, shownSlow } from './shownFigures.ts';

export interface DashboardOptions {
  /** Show the ids of evaluators instead of numbers. */
  readonly showEvaluators: boolean;
  /** Name models, except in tasks that `evaluator` has yet to judge. */
  readonly showModels?: boolean;
  /** The evaluator who must stay blind; omitted for a person who judges nothing here. */
  readonly evaluator?: string | undefined;
  /** Share of right verdicts that qualifies, from 0 to 1. */
  readonly passMark: number;
}

type FiguresStore = ReferenceStore & ModelStore & Pick<Store, 'dataVersion' | 'judged' | 'taskFacts'>;

/** The data that figures are computed from, read at one moment. */
interface Material {
  readonly version: number;
  readonly reviews: readonly Judged[];
  readonly languages: readonly string[];
  /** Evaluator → the name under which they are shown. */
  readonly names: ReadonlyMap<string, string>;
  readonly context: DashboardContext;
  /** Read when models are first requested, because it reads the text of every answer. */
  models: Promise<ModelMaterial> | undefined;
}

/** Computes the dashboard's figures from a store. Reads the store again only after it has changed. */
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

  async models(filter: ShownFilter): Promise<ShownModels> {
    const material = await this.#read();
    const { reviews, names, context } = material;
    material.models ??= readModelMaterial(this.#store, reviews, this.#options);
    return modelPage(select(material, filter), { ...(await material.models), context, names });
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
  { showEvaluators, passMark, evaluator: blindTo }: DashboardOptions,
  version: number,
): Promise<Material> {
  const reviews = await store.judged();
  const facts = new Map((await store.taskFacts()).map((task) => [task.taskId, task]));
  const evaluators = [...new Set(reviews.map(({ evaluator }) => evaluator))];
  const languages = new Set([...facts.values()].map(({ language }) => language));
  return {
    version,
    reviews,
    models: undefined,
    languages: [...languages].toSorted(),
    names: showEvaluators ? new Map(evaluators.map((id) => [id, id])) : opaqueNames(evaluators),
    context: {
      ...(await goldAndDuplicates(store)),
      passMark,
      blindTo,
      languageOf: (taskId) => facts.get(taskId)?.language,
      lengthOf: (taskId, answerId) => facts.get(taskId)?.lengths[answerId],
    },
  };
}

function select({ reviews, names, context }: Material, filter: ShownFilter): DashboardSelection {
  const [evaluator] = [...names].find(([, name]) => name === filter.evaluator) ?? [filter.evaluator];
  return selectReviews(reviews, { ...filter, evaluator }, context.languageOf);
}
