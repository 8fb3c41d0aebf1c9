/** What a person needs to know about a failure: what happened, where, and the remedy. */
export interface ErrorFacts {
  /** What happened, as a sentence without a final full stop. */
  readonly what: string;
  /** The file, line, task or program in which the failure happened. */
  readonly where?: string;
  /** 1-based line of the file that `where` names. */
  readonly line?: number;
  /** What the person can do about it. */
  readonly remedy: string;
}

/** Every failure that Tiebreak itself reports. Branch on `code`, show `message`. */
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

/** Builds an error with a code; prefer this function to `new`. */
export function tiebreakError(code: string, facts: ErrorFacts, options?: ErrorOptions): TiebreakError {
  return new TiebreakError(code, facts, options);
}

/** The message of any thrown value, for a log or a notification. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function sentence({ what, where, line, remedy }: ErrorFacts): string {
  const place = [where, line].filter((part) => part !== undefined).join(':');
  return `${place === '' ? what : `${place}: ${what}`}. ${remedy}`;
}
