import { habitReviews, runsFirst } from '../../core/review/runHabit.ts';
import type { Task } from '../../core/task/task.ts';
import { contentHash } from '../../core/text/hash.ts';
import type { Report } from '../background.ts';
import { Preparation, type Later, type Upcoming } from '../desk/preparation.ts';
import type { Steps } from './prepareTask.ts';
import type { OwnAction, PreparingServices, SessionServices } from './services.ts';
import type { Session } from './session.ts';

export interface NextTaskOptions {
  services(): Promise<SessionServices & PreparingServices>;
  /** The session on the desk. */
  session(): Pick<Session, 'task' | 'busy'> | undefined;
  /** The task that opens after the task in hand. */
  upcoming(inHand: string): Promise<Task | undefined>;
  readonly settings: {
    readonly prepareNext: boolean;
    readonly checkOnOpen: boolean;
    readonly runOnOpen: boolean;
  };
  readonly colour: Steps['colour'];
  readonly report: Report;
  readonly later?: Later;
}

interface Work {
  readonly task: Task;
  readonly inHand: string;
  readonly checks: boolean;
  readonly runs: boolean;
}

/** Prepares the next task in the evaluator's order while the evaluator works on the open one. */
export class NextTask {
  readonly #options: NextTaskOptions;
  readonly #preparation: Preparation<Work>;

  constructor(options: NextTaskOptions) {
    this.#options = options;
    this.#preparation = new Preparation({
      find: () => this.#find(),
      prepare: (work, signal) => this.#prepare(work, signal),
      isBusy: () => options.session()?.busy ?? false,
      report: options.report,
      ...(options.later && { later: options.later }),
    });
  }

  /** The evaluator did something in the open session. */
  act(action: OwnAction): void {
    if (action === 'work') this.#preparation.interrupt();
    else this.#preparation.postpone();
  }

  /** Another task opens. */
  interrupt(): void {
    this.#preparation.interrupt();
  }

  /** The queue or the settings have changed. */
  reconsider(): void {
    this.#preparation.reconsider();
  }

  dispose(): void {
    this.#preparation.dispose();
  }

  async #find(): Promise<Upcoming<Work> | undefined> {
    const { settings } = this.#options;
    const inHand = this.#options.session()?.task.id;
    if (inHand === undefined || !settings.prepareNext) return undefined;
    const task = await this.#options.upcoming(inHand);
    if (task === undefined) return undefined;
    const runs = settings.runOnOpen || (await this.#usuallyRuns());
    const work = { task, inHand, checks: settings.checkOnOpen, runs };
    return { work, key: contentHash({ task, checks: work.checks, runs }) };
  }

  async #usuallyRuns(): Promise<boolean> {
    const { store, evaluator } = await this.#options.services();
    return runsFirst(await store.reviews({ evaluator, latest: habitReviews }));
  }

  async #prepare({ task, inHand, checks, runs }: Work, signal: AbortSignal): Promise<void> {
    const { idle, prepared, ...services } = await this.#options.services();
    // The open task may still take its results.
    prepared.keepOnly([inHand, task.id]);
    const { colour } = this.#options;
    // Loaded when it is needed: the desk is there from the start.
    const { prepareTask } = await import('./prepareTask.ts');
    await prepareTask(task, { ...services, ...idle }, { colour, checks, runs }, signal);
  }
}
