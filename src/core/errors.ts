/** What a person needs to know of a failure: what happened, where, and what mends it. */
export interface ErrorFacts {
  /** What happened, as a sentence without a final full stop. */
  readonly what: string;
  /** File, line, task or program it happened in. */
  readonly where?: string;
  /** 1-based line of the file that `where` names. */
  readonly line?: number;
  /** What the person can do about it. */
  readonly mend: string;
}

/** Every failure that Tiebreak itself names. Branch on `code`, show `message`. */
export class TiebreakError extends Error {
  readonly code: string;
  readonly facts: ErrorFacts;

  constructor(code: string, facts: ErrorFacts, options?: ErrorOptions) {
    super(sentence(facts), options);
    this.name = 'TiebreakError';
    this.code = code;
    this.facts = facts;
  }
}

/** Builds a named error; prefer it to `new` so that call sites read as a statement of facts. */
export function tiebreakError(code: string, facts: ErrorFacts, options?: ErrorOptions): TiebreakError {
  return new TiebreakError(code, facts, options);
}

/** The message of anything that was thrown, for a log or a notification. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function sentence({ what, where, line, mend }: ErrorFacts): string {
  const place = [where, line].filter((part) => part !== undefined).join(':');
  return `${place === '' ? what : `${place}: ${what}`}. ${mend}`;
}
