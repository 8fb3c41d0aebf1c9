import * as z from 'zod';
import { messageOf, tiebreakError } from '../core/errors.ts';
import type { EventType, RequestType } from './message.ts';

/** The wire: whatever carries one JSON-like value to the other side. */
export interface Port {
  post(message: unknown): void;
  /** Calls back for every message that arrives; returns what ends the listening. */
  listen(receive: (message: unknown) => void): () => void;
}

const envelopeSchema = z.discriminatedUnion('tiebreak', [
  z.object({ tiebreak: z.literal('request'), id: z.int(), name: z.string(), body: z.unknown() }),
  z.object({ tiebreak: z.literal('reply'), id: z.int(), body: z.unknown() }),
  z.object({ tiebreak: z.literal('failure'), id: z.int(), message: z.string() }),
  z.object({ tiebreak: z.literal('event'), name: z.string(), body: z.unknown() }),
]);
type Envelope = z.infer<typeof envelopeSchema>;

/** Longest wait for a reply, in milliseconds, unless the caller says otherwise. */
const defaultTimeoutMs = 30_000;

interface Waiting {
  readonly resolve: (body: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/**
 * Typed requests and events over a port. A handler that throws rejects the caller, a reply that never comes
 * rejects it after the timeout, and what does not fit its schema reaches no handler.
 */
export class Channel {
  readonly #port: Port;
  readonly #handlers = new Map<string, (body: unknown) => Promise<unknown>>();
  readonly #listeners = new Map<string, (body: unknown) => void>();
  readonly #waiting = new Map<number, Waiting>();
  readonly #report: (error: Error) => void;
  readonly #stop: () => void;
  #lastId = 0;
  #closed = false;

  /** `report` is told of what no caller can be told of: malformed messages and listeners that throw. */
  constructor(port: Port, report: (error: Error) => void) {
    this.#port = port;
    this.#report = report;
    this.#stop = port.listen((message) => this.#receive(message));
  }

  /** Answers a request; one handler a name. */
  handle<Request, Reply>(
    type: RequestType<Request, Reply>,
    handler: (request: Request) => Promise<Reply> | Reply,
  ): void {
    this.#handlers.set(type.name, async (body) => handler(type.request.parse(body)));
  }

  /** Listens for an event; one listener a name. */
  on<Payload>(type: EventType<Payload>, listener: (payload: Payload) => void): void {
    this.#listeners.set(type.name, (body) => listener(type.payload.parse(body)));
  }

  emit<Payload>(type: EventType<Payload>, payload: Payload): void {
    this.#send({ tiebreak: 'event', name: type.name, body: payload });
  }

  request<Request, Reply>(
    type: RequestType<Request, Reply>,
    request: Request,
    timeoutMs: number = defaultTimeoutMs,
  ): Promise<Reply> {
    if (this.#closed) return Promise.reject(closedError());
    const id = ++this.#lastId;
    return new Promise<Reply>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#settle(id, (waiting) => waiting.reject(noReply(type.name, timeoutMs)));
      }, timeoutMs);
      this.#waiting.set(id, {
        resolve: (body) => settle(() => type.reply.parse(body), resolve, reject),
        reject,
        timer,
      });
      try {
        this.#send({ tiebreak: 'request', id, name: type.name, body: request });
      } catch (error) {
        this.#settle(id, (waiting) => waiting.reject(asError(error)));
      }
    });
  }

  /** Ends the listening and rejects every caller that still waits. */
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
    this.#port.post(envelope);
  }

  #receive(message: unknown): void {
    const parsed = envelopeSchema.safeParse(message);
    if (!parsed.success)
      return this.#report(new Error(`A message of unknown form arrived: ${parsed.error.message}`));
    const envelope = parsed.data;
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
      if (handler === undefined) throw new Error(`Nothing here answers "${name}"`);
      this.#send({ tiebreak: 'reply', id, body: await handler(body) });
    } catch (error) {
      this.#fail(id, error);
    }
  }

  /** Tells the caller of a failure; where even that cannot be sent, the port is gone. */
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
      if (listener === undefined) throw new Error(`Nothing here listens for "${name}"`);
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

function settle<T>(read: () => T, resolve: (value: T) => void, reject: (error: Error) => void): void {
  try {
    resolve(read());
  } catch (error) {
    reject(asError(error));
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function noReply(name: string, timeoutMs: number): Error {
  return tiebreakError('no-reply', {
    what: `"${name}" got no reply within ${timeoutMs / 1000} s`,
    mend: 'Try again; if it stays so, reload the window',
  });
}

function closedError(): Error {
  return tiebreakError('closed', {
    what: 'The panel was closed before the reply came',
    mend: 'Open it again',
  });
}
