import type { EventType, RequestType } from './message.ts';
import { defaultTimeoutMs, Wire, type Port } from './wire.ts';

/**
 * Typed requests and events over a port. A request rejects when its handler throws, when no reply comes in time, and when
 * the channel closes. A message that does not fit its schema reaches no handler.
 */
export class Channel {
  readonly #wire: Wire;

  /** `report` receives errors that no caller waits for: malformed messages and listeners that throw. */
  constructor(port: Port, report: (error: Error) => void) {
    this.#wire = new Wire(port, report);
  }

  /** Sets the handler of a request. */
  handle<Request, Reply>(
    type: RequestType<Request, Reply>,
    handler: (request: Request) => Promise<Reply> | Reply,
  ): void {
    this.#wire.handle(type.name, async (body) => handler(type.request.parse(body)));
  }

  /** Sets the listener of an event. */
  on<Payload>(type: EventType<Payload>, listener: (payload: Payload) => void): void {
    this.#wire.on(type.name, (body) => listener(type.payload.parse(body)));
  }

  emit<Payload>(type: EventType<Payload>, payload: Payload): void {
    this.#wire.emit(type.name, payload);
  }

  async request<Request, Reply>(
    type: RequestType<Request, Reply>,
    request: Request,
    timeoutMs: number = defaultTimeoutMs,
  ): Promise<Reply> {
    return type.reply.parse(await this.#wire.request(type.name, request, timeoutMs));
  }

  /** Stops listening and rejects every pending request. */
  dispose(): void {
    this.#wire.dispose();
  }
}
