import { messageOf } from '../../core/errors.ts';
import type { Inspection } from '../../core/inspection/inspection.ts';
import type { Side } from '../../core/task/side.ts';
import { compareRuns, type ReplayedCase } from '../../core/run/replay.ts';
import type { Run } from '../../core/run/run.ts';
import type { PanelReplay } from '../../protocol/inspection.ts';
import type { Runner } from '../../runner/runner.ts';
import { runRequest } from '../review/runRequest.ts';
import { Tickets, type Ticket } from '../tickets.ts';
import type { Evidence } from './evidence.ts';

interface Replay {
  readonly run: Run;
  readonly side: Side;
  /** Number of the search for differences that made the run; `undefined` for a run of the cases. */
  readonly search: number | undefined;
  phase: PanelReplay['phase'];
  cases: readonly ReplayedCase[] | undefined;
  error: string | undefined;
}

/** Replays of the recorded runs of a review and of its searches for differences, each with the files, cases and limits of its record. */
export class Replays {
  readonly #evidence: Evidence;
  readonly #runner: Runner;
  readonly #changed: () => void;
  readonly #replays: Replay[];
  readonly #tickets = new Tickets();

  /** `known`: results of earlier replays. */
  constructor(evidence: Evidence, runner: Runner, known: Inspection['replays'], changed: () => void) {
    this.#evidence = evidence;
    this.#runner = runner;
    this.#changed = changed;
    this.#replays = recordedRuns(evidence).flatMap(({ run, search }) => {
      const side = evidence.sideOf(run.answerId);
      const before = known.find(({ runId }) => runId === run.id);
      return side === undefined ? [] : [openedReplay(run, side, search, before)];
    });
  }

  /** Stops the replays under way and returns the ticket for new ones. */
  begin(): Ticket {
    return this.#tickets.take();
  }

  /** Replays all runs one after the other, with the ticket from `begin`. Resolves when the last has ended. */
  async all(ticket: Ticket): Promise<void> {
    for (const replay of this.#replays) Object.assign(replay, { phase: 'none', cases: undefined });
    for (const replay of this.#replays) {
      if (ticket.signal.aborted) break;
      await this.#replay(replay, ticket);
    }
    if (ticket.isLatest) this.#changed();
  }

  cancel(): void {
    this.#tickets.cancel();
  }

  /** The results, as they are recorded. */
  get results(): Inspection['replays'] {
    return this.#replays.flatMap(({ run, cases }) => {
      if (cases === undefined) return [];
      const differing = cases.filter(({ same }) => !same).map(({ caseId }) => caseId);
      return [{ runId: run.id, answerId: run.answerId, same: differing.length === 0, differing }];
    });
  }

  panel(): PanelReplay[] {
    return this.#replays.map(({ run, side, search, phase, cases, error }) => ({
      runId: run.id,
      side,
      ...(search === undefined ? {} : { search }),
      at: run.at,
      phase,
      cases:
        cases?.map(({ now, ...rest }) => ({ ...rest, ...(now === undefined ? {} : { now }) })) ??
        run.results.map(({ caseId, verdict }) => ({ caseId, was: verdict })),
      ...(error === undefined ? {} : { error }),
    }));
  }

  async #replay(replay: Replay, ticket: Ticket): Promise<void> {
    Object.assign(replay, { phase: 'running', error: undefined });
    this.#changed();
    const ended = await this.#run(replay, ticket.signal);
    // Newer replays have taken over.
    if (!ticket.isLatest) return;
    Object.assign(replay, ended);
    this.#changed();
  }

  async #run({ run, side }: Replay, signal: AbortSignal): Promise<Partial<Replay>> {
    const { task, answers } = this.#evidence;
    const rejections = answers.find((answer) => answer.side === side)?.rejections;
    const { answerId, files, cases, limits, toolchain } = run;
    const program = { answerId, files, ...(rejections && { rejections }) };
    const request = { ...runRequest(task, program, cases), language: toolchain.language, limits };
    try {
      const again = await this.#runner.run(request, { signal, fresh: true });
      // The results of a stopped replay are incomplete.
      return again.cancelled ? { phase: 'none' } : { phase: 'done', cases: compareRuns(run, again) };
    } catch (error) {
      return { phase: 'failed', error: messageOf(error) };
    }
  }
}

function recordedRuns({ runs, searches }: Evidence): { run: Run; search?: number }[] {
  const searched = searches.flatMap((search, index) =>
    search.runs.map((run) => ({ run, search: index + 1 })),
  );
  return [...runs.map((run) => ({ run })), ...searched];
}

/** The state of a run before it is replayed in this session: the recorded result of an earlier replay, if any. */
function openedReplay(
  run: Run,
  side: Side,
  search: number | undefined,
  known: Inspection['replays'][number] | undefined,
): Replay {
  const cases =
    known &&
    run.results.map(({ caseId, verdict }) => {
      const same = !known.differing.includes(caseId);
      return { caseId, was: verdict, now: same ? verdict : undefined, same };
    });
  return { run, side, search, phase: known === undefined ? 'none' : 'done', cases, error: undefined };
}
