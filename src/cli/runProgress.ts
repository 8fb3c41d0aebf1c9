import type { TaskCount } from './tasks.ts';
import type { Terminal } from './terminal.ts';

/** How often progress is shown: in the last line of a terminal, and as a line of its own where there is no terminal. */
const refreshMs = 1_000;
const lineEveryMs = 30_000;

/** How far a run of many tasks is. */
export interface RunState {
  /** Tasks of which every answer has its result, including those of an earlier run. */
  readonly tasksDone: number;
  /** The tasks among them of which at least one answer was run now. */
  readonly tasksRun: number;
  readonly total: TaskCount | undefined;
  /** Cases that ended, for any answer. */
  readonly cases: number;
  readonly elapsedMs: number;
}

/** Progress in words: "412 of 1,000 tasks, 36 cases/s, 4 min left". Tells no rate and no time before they are known. */
export function progressWords(state: RunState): string {
  const { tasksDone, total, cases, elapsedMs } = state;
  const of = total === undefined ? '' : ` of ${total.isExact ? '' : 'about '}${figure(total.count)}`;
  const left = leftMs(state);
  return [
    `${figure(tasksDone)}${of} ${total?.count === 1 || (total === undefined && tasksDone === 1) ? 'task' : 'tasks'}`,
    ...(cases === 0 || elapsedMs <= 0 ? [] : [`${rate((cases * 1_000) / elapsedMs)} cases/s`]),
    ...(left === undefined ? [] : [`${spanWords(left)} left`]),
  ].join(', ');
}

/** The time that the remaining tasks take if they take as long as those that were run. */
function leftMs({ tasksDone, tasksRun, total, elapsedMs }: RunState): number | undefined {
  if (total === undefined || tasksRun === 0 || tasksDone >= total.count) return undefined;
  return ((total.count - tasksDone) * elapsedMs) / tasksRun;
}

function rate(perSecond: number): string {
  return perSecond < 10 ? perSecond.toFixed(1) : figure(Math.round(perSecond));
}

/** A span of time, rounded up so that it is never shorter than the work: "40 s", "4 min", "2 h 5 min". */
function spanWords(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = `${figure(Math.floor(minutes / 60))} h`;
  return minutes % 60 === 0 ? hours : `${hours} ${minutes % 60} min`;
}

function figure(count: number): string {
  return count.toLocaleString('en');
}

/** Counts what a run has done, and shows it while the run goes on. */
export class RunProgress {
  readonly #terminal: Pick<Terminal, 'isLive' | 'note' | 'progress'>;
  readonly #total: () => TaskCount | undefined;
  readonly #now: () => number;
  readonly #start: number;
  readonly #timer: NodeJS.Timeout;
  #lastLine: number;
  #tasksDone = 0;
  #tasksRun = 0;
  #cases = 0;

  /** `now` gives milliseconds; the default is the time of this process. */
  constructor(
    terminal: Pick<Terminal, 'isLive' | 'note' | 'progress'>,
    total: () => TaskCount | undefined,
    now: () => number = () => performance.now(),
  ) {
    this.#terminal = terminal;
    this.#total = total;
    this.#now = now;
    this.#start = this.#lastLine = now();
    this.#timer = setInterval(() => this.show(), refreshMs).unref();
  }

  caseEnded(): void {
    this.#cases += 1;
  }

  /** `wasRun`: not all of its results are from an earlier run. */
  taskEnded(wasRun: boolean): void {
    this.#tasksDone += 1;
    if (wasRun) this.#tasksRun += 1;
  }

  /** Renews the last line of the terminal, or prints a line if the last one is long ago. */
  show(): void {
    const isDue = this.#now() - this.#lastLine >= lineEveryMs;
    if (this.#terminal.isLive) this.#terminal.progress(this.#words());
    else if (isDue) {
      this.#lastLine = this.#now();
      this.#terminal.note(this.#words());
    }
  }

  /** Removes the line from the terminal. */
  end(): void {
    clearInterval(this.#timer);
    this.#terminal.progress('');
  }

  #words(): string {
    return progressWords({
      tasksDone: this.#tasksDone,
      tasksRun: this.#tasksRun,
      total: this.#total(),
      cases: this.#cases,
      elapsedMs: this.#now() - this.#start,
    });
  }
}
