import { v7 as uuid } from 'uuid';
import type { Search } from '../../core/differing/searchRecord.ts';
import { searchText, witnessText } from '../../core/differing/searchWords.ts';
import { messageOf } from '../../core/errors.ts';
import { codeHash } from '../../core/task/codeHash.ts';
import type { Case, Task } from '../../core/task/task.ts';
import type { PanelDifferences, PanelSearch } from '../../protocol/panel/state.ts';
import type { DifferenceFinder, Found } from '../differing/findDifferences.ts';
import { Tickets, type Ticket } from '../tickets.ts';
import type { ShownAnswer } from './answers.ts';
import { conceal, concealResult } from './conceal.ts';

interface Listener {
  changed(): void;
  keep(search: Search): void;
}

/** What is searched: the two answers as they are read now, and the cases that the inputs start from. */
export interface Searched {
  readonly answers: readonly [ShownAnswer, ShownAnswer];
  readonly cases: readonly Case[];
  /** Searches of these answers with the same seed try the same inputs. */
  readonly seed: number;
  /** No input outside of the bounds is tried. */
  readonly staysWithinBounds: boolean;
}

/** Searches for inputs on which the answers of a task differ, one search at a time. */
export class Searches {
  readonly #task: Task;
  readonly #find: DifferenceFinder;
  readonly #listener: Listener;
  readonly #tickets = new Tickets();
  #state: Omit<PanelDifferences, 'searches'> = { phase: 'idle' };

  constructor(task: Task, find: DifferenceFinder, listener: Listener) {
    this.#task = task;
    this.#find = find;
    this.#listener = listener;
  }

  get running(): boolean {
    return this.#state.phase === 'running';
  }

  /** Stops the search under way, whose result is dropped, and returns the ticket for a new one. */
  begin(): Ticket {
    return this.#tickets.take();
  }

  /** Shows why no search can begin. */
  refuse(error: string): void {
    this.#show({ phase: 'failed', error });
  }

  /** Searches, with the ticket from `begin`. Resolves at the end; a stopped search is kept with what it found until then. */
  async run(ticket: Ticket, searched: Searched): Promise<void> {
    if (ticket.signal.aborted) return;
    const { answers, cases, seed, staysWithinBounds } = searched;
    this.#show({ phase: 'running', pairs: 0, kinds: 0 });
    try {
      const found = await this.#find(
        { task: { ...this.#task, cases: [...cases] }, programs: answers },
        {
          seed,
          staysWithinBounds,
          signal: ticket.signal,
          onProgress: ({ pairs, differences: kinds }) => {
            if (ticket.isLatest) this.#show({ phase: 'running', pairs, kinds });
          },
        },
      );
      if (!ticket.isLatest) return;
      this.#state = { phase: 'idle' };
      this.#listener.keep(searchOf(found, searched));
      this.#listener.changed();
    } catch (error) {
      if (!ticket.isLatest) return;
      this.#show(ticket.signal.aborted ? { phase: 'idle' } : { phase: 'failed', error: messageOf(error) });
    }
  }

  /** Stops the search under way and keeps what it found. */
  cancel(): void {
    this.#tickets.cancel();
  }

  /** Stops the search under way and drops its result, because a reading changed or the task is closed. */
  clear(): void {
    this.#tickets.invalidate();
    this.#state = { phase: 'idle' };
  }

  panel(searches: readonly Search[], answers: readonly ShownAnswer[]): PanelDifferences | null {
    if (answers.length < 2) return null;
    return { ...this.#state, searches: panelSearches(searches, answers) };
  }

  #show(state: Omit<PanelDifferences, 'searches'>): void {
    this.#state = state;
    this.#listener.changed();
  }
}

/** The searches of the answers as they are read now. Their numbers count all searches, so that citations stay true. */
export function panelSearches(searches: readonly Search[], answers: readonly ShownAnswer[]): PanelSearch[] {
  return searches.flatMap((search, index) => {
    const known = shownSearches.get(search);
    if (known?.answers === answers) return known.shown;
    const shown = isOfCode(search, answers) ? [panelSearch(search, index + 1, answers)] : [];
    shownSearches.set(search, { answers, shown });
    return shown;
  });
}

/** Kept, because every keystroke in the rationale needs them. */
const shownSearches = new WeakMap<
  Search,
  { readonly answers: readonly ShownAnswer[]; readonly shown: readonly PanelSearch[] }
>();

/** Whether a search was of the answers as they are read now. */
export function isOfCode(search: Search, answers: readonly ShownAnswer[]): boolean {
  const hashes = new Map(answers.map(({ answerId, files }) => [answerId, codeHash(files)]));
  return search.answers.every((searched) => hashes.get(searched.answerId) === searched.codeHash);
}

function panelSearch(
  { id, seed, pairs, cancelled, witnesses, runs, answers: searched }: Search,
  number: number,
  answers: readonly ShownAnswer[],
): PanelSearch {
  const resultsOf = (caseId: string) =>
    searched.flatMap(({ answerId }, index) => {
      const side = answers.find((answer) => answer.answerId === answerId)?.side;
      const result = runs[index]?.results.find((each) => each.caseId === caseId);
      return side === undefined || result === undefined
        ? []
        : [[side, concealResult(result, (text) => conceal(answers, side, text))] as const];
    });
  return {
    id,
    number,
    text: searchText({ pairs, seed, cancelled, witnesses }),
    witnesses: witnesses.flatMap(({ caseId, ...witness }) => {
      const testCase = runs[0]?.cases.find((each) => each.id === caseId);
      if (testCase === undefined) return [];
      const results = Object.fromEntries(resultsOf(caseId));
      return [{ ...witness, case: testCase, results, text: witnessText(testCase, results) }];
    }),
  };
}

function searchOf({ witnesses, runs, ...facts }: Found, { answers, staysWithinBounds }: Searched): Search {
  return {
    id: uuid(),
    at: new Date().toISOString(),
    answers: answers.map(({ answerId, files }) => ({ answerId, codeHash: codeHash(files) })),
    ...facts,
    ...(staysWithinBounds ? { staysWithinBounds } : {}),
    witnesses: witnesses.map(({ case: { id }, difference: { class: kind, withinBounds } }) => ({
      caseId: id,
      class: kind,
      withinBounds,
    })),
    runs: [...runs],
  };
}
