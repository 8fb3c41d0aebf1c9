import { messageOf, tiebreakError } from '../core/errors.ts';
import { readEnvelope, type Envelope } from './envelope.ts';
import { restoreExactNumbers, withoutExactNumbers } from './exactNumbers.ts';

/** Carries JSON values to the other side. */
export interface Port {
  post(message: unknown): void;
  /** Calls the listener for every message that arrives. Returns a function that removes the listener. */
  listen(receive: (message: unknown) => void): () => void;
}

/** Default timeout of a request, in milliseconds. */
export const defaultTimeoutMs = 30_000;

interface Waiting {
  readonly resolve: (body: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/**
 * Requests and events by name over a port. A request rejects when its handler throws, when no reply comes in time, and when
 * the wire closes. `Channel` adds the schemas of the messages, and `PageChannel` their types.
 */
export class Wire {
  readonly #port: Port;
  readonly #handlers = new Map<string, (body: unknown) => Promise<unknown>>();
  readonly #listeners = new Map<string, (body: unknown) => void>();
  readonly #waiting = new Map<number, Waiting>();
  readonly #report: (error: Error) => void;
  readonly #stop: () => void;
  #lastId = 0;
  #closed = false;

  /** `report` receives errors that no caller waits for: malformed messages and listeners that throw. */
  constructor(port: Port, report: (error: Error) => void) {
    this.#port = port;
    this.#report = report;
    this.#stop = port.listen((message) => this.#receive(message));
  }

  /** Sets the handler of a request. */
  handle(name: string, handler: (body: unknown) => Promise<unknown>): void {
    this.#handlers.set(name, handler);
  }

  /** Sets the listener of an event. */
  on(name: string, listener: (body: unknown) => void): void {
    this.#listeners.set(name, listener);
  }

  emit(name: string, body: unknown): void {
    this.#send({ tiebreak: 'event', name, body });
  }

  /** `timeoutMs` in milliseconds. */
  request(name: string, body: unknown, timeoutMs: number): Promise<unknown> {
    if (this.#closed) return Promise.reject(closedError());
    const id = ++this.#lastId;
    return new Promise<unknown>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#settle(id, (waiting) => waiting.reject(noReply(name, timeoutMs)));
      }, timeoutMs);
      this.#waiting.set(id, { resolve, reject, timer });
      try {
        this.#send({ tiebreak: 'request', id, name, body });
      } catch (error) {
        this.#settle(id, (waiting) => waiting.reject(asError(error)));
      }
    });
  }

  /** Stops listening and rejects every pending request. */
  dispose(): void {
    this.#closed = true;
    this.#stop();
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(closedError());
    }
    this.#waiting.clear();
  }

  #send(envelope: Envelope): void {
    if (!('body' in envelope)) return this.#port.post(envelope);
    const { value, numbers } = withoutExactNumbers(envelope.body);
    this.#port.post(numbers.length === 0 ? envelope : { ...envelope, body: value, numbers });
  }

  #receive(message: unknown): void {
    const envelope = readEnvelope(message);
    if (typeof envelope === 'string')
      return this.#report(new Error(`A malformed message arrived: ${envelope}`));
    if ('body' in envelope && envelope.numbers !== undefined)
      restoreExactNumbers(envelope.body, envelope.numbers);
    switch (envelope.tiebreak) {
      case 'request':
        return void this.#answer(envelope.id, envelope.name, envelope.body);
      case 'event':
        return this.#hear(envelope.name, envelope.body);
      case 'reply':
        return this.#settle(envelope.id, (waiting) => waiting.resolve(envelope.body));
      case 'failure':
        return this.#settle(envelope.id, (waiting) => waiting.reject(new Error(envelope.message)));
    }
  }

  async #answer(id: number, name: string, body: unknown): Promise<void> {
    try {
      const handler = this.#handlers.get(name);
      if (handler === undefined) throw new Error(`There is no handler for the request "${name}"`);
      this.#send({ tiebreak: 'reply', id, body: await handler(body) });
    } catch (error) {
      this.#fail(id, error);
    }
  }

  /** Sends a failure to the caller. When that fails as well, the port is gone. */
  #fail(id: number, error: unknown): void {
    try {
      this.#send({ tiebreak: 'failure', id, message: messageOf(error) });
    } catch (sending) {
      this.#report(asError(sending));
    }
  }

  #hear(name: string, body: unknown): void {
    try {
      const listener = this.#listeners.get(name);
      if (listener === undefined) throw new Error(`There is no listener for the event "${name}"`);
      listener(body);
    } catch (error) {
      this.#report(asError(error));
    }
  }

  #settle(id: number, act: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    clearTimeout(waiting.timer);
    this.#waiting.delete(id);
    act(waiting);
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function noReply(name: string, timeoutMs: number): Error {
  return tiebreakError('no-reply', {
    what: `"${name}" got no reply within ${timeoutMs / 1000} s`,
    remedy: 'Try again. If it fails again, reload the window',
  });
}

function closedError(): Error {
  return tiebreakError('closed', {
    what: 'The panel was closed before the reply came',
    remedy: 'Open it again',
  });
}
