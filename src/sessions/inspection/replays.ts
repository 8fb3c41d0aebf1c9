import { messageOf } from '../../core/errors.ts';
import type { Inspection } from '../../core/inspection.ts';
import type { Side } from '../../core/preference.ts';
import { compareRuns, type ReplayedCase } from '../../core/replay.ts';
import type { Run } from '../../core/run.ts';
import type { PanelReplay } from '../../protocol/inspection.ts';
import type { Runner } from '../../runner/runner.ts';
import type { Evidence } from './evidence.ts';

interface Replay {
  readonly run: Run;
  readonly side: Side;
  phase: PanelReplay['phase'];
  cases: readonly ReplayedCase[] | undefined;
  error: string | undefined;
}

/** Every recorded run of a review, run again from its own record: the very files, cases and limits of then. */
export class Replays {
  readonly #evidence: Evidence;
  readonly #runner: Runner;
  readonly #changed: () => void;
  readonly #replays: Replay[];
  #abort: AbortController | undefined;

  /** `known` is what earlier replays gave. */
  constructor(evidence: Evidence, runner: Runner, known: Inspection['replays'], changed: () => void) {
    this.#evidence = evidence;
    this.#runner = runner;
    this.#changed = changed;
    this.#replays = evidence.runs.flatMap((run) => {
      const side = evidence.sideOf(run.answerId);
      const before = known.find(({ runId }) => runId === run.id);
      return side === undefined ? [] : [begun(run, side, before)];
    });
  }

  /** Runs all of them, one after the other; results arrive as state. Resolves when the last has ended. */
  async all(): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    for (const replay of this.#replays) Object.assign(replay, { phase: 'none', cases: undefined });
    for (const replay of this.#replays) {
      if (abort.signal.aborted) break;
      await this.#again(replay, abort.signal);
    }
    if (this.#abort === abort) this.#abort = undefined;
    this.#changed();
  }

  cancel(): void {
    this.#abort?.abort();
  }

  get running(): boolean {
    return this.#abort !== undefined && !this.#abort.signal.aborted;
  }

  /** What the replays gave, for the record. */
  get results(): Inspection['replays'] {
    return this.#replays.flatMap(({ run, cases }) => {
      if (cases === undefined) return [];
      const differing = cases.filter(({ same }) => !same).map(({ caseId }) => caseId);
      return [{ runId: run.id, answerId: run.answerId, same: differing.length === 0, differing }];
    });
  }

  panel(): PanelReplay[] {
    return this.#replays.map(({ run, side, phase, cases, error }) => ({
      runId: run.id,
      side,
      at: run.at,
      phase,
      cases:
        cases?.map(({ now, ...rest }) => ({ ...rest, ...(now === undefined ? {} : { now }) })) ??
        run.results.map(({ caseId, verdict }) => ({ caseId, was: verdict })),
      ...(error === undefined ? {} : { error }),
    }));
  }

  async #again(replay: Replay, signal: AbortSignal): Promise<void> {
    const { run, side } = replay;
    const { task, answers } = this.#evidence;
    const rejections = answers.find((answer) => answer.side === side)?.rejections;
    Object.assign(replay, { phase: 'running', error: undefined });
    this.#changed();
    try {
      const again = await this.#runner.run(
        {
          taskId: run.taskId,
          answerId: run.answerId,
          language: run.toolchain.language,
          files: run.files,
          ...(rejections === undefined ? {} : { rejections }),
          cases: run.cases,
          limits: run.limits,
          ...(task.entry === undefined ? {} : { entry: task.entry }),
          ...(task.build === undefined ? {} : { build: task.build }),
        },
        { signal, fresh: true },
      );
      // A replay that was stopped half-way tells nothing.
      if (again.cancelled) replay.phase = 'none';
      else Object.assign(replay, { phase: 'done', cases: compareRuns(run, again) });
    } catch (error) {
      Object.assign(replay, { phase: 'failed', error: messageOf(error) });
    }
    this.#changed();
  }
}

/** A run that is not replayed now: what an earlier replay of it gave is known as far as it was written down. */
function begun(run: Run, side: Side, known: Inspection['replays'][number] | undefined): Replay {
  const cases =
    known &&
    run.results.map(({ caseId, verdict }) => {
      const same = !known.differing.includes(caseId);
      return { caseId, was: verdict, now: same ? verdict : undefined, same };
    });
  return { run, side, phase: known === undefined ? 'none' : 'done', cases, error: undefined };
}
