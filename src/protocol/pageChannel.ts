import type * as z from 'zod';
import { defaultTimeoutMs, Wire, type Port } from './wire.ts';

/** The payloads of the events that a module of messages exports, by the names of the events. */
type Events<Messages> = {
  readonly [Key in keyof Messages as NameOf<Messages[Key], 'payload'>]: Parsed<Messages[Key], 'payload'>;
};

/** What is requested by the requests that a module of messages exports, by the names of the requests. */
export type Requests<Messages> = {
  readonly [Key in keyof Messages as NameOf<Messages[Key], 'request'>]: Parsed<Messages[Key], 'request'>;
};

type Replies<Messages> = {
  readonly [Key in keyof Messages as NameOf<Messages[Key], 'request'>]: Parsed<Messages[Key], 'reply'>;
};

/** The name of a message that has a schema for this part. */
type NameOf<Message, Part extends string> = Message extends { readonly name: infer Name extends string } & {
  readonly [name in Part]: z.ZodType;
}
  ? Name
  : never;

type Parsed<Message, Part extends string> = Message extends {
  readonly [name in Part]: z.ZodType<infer Value>;
}
  ? Value
  : never;

/**
 * A page's end of a channel. The page names the messages, and their types check what it sends and receives. It does not load
 * their schemas: it trusts the extension that it belongs to, while the extension parses everything from the page.
 */
export class PageChannel<Messages> {
  readonly #wire: Wire;

  /** `report` receives errors that no caller waits for: malformed messages and listeners that throw. */
  constructor(port: Port, report: (error: Error) => void) {
    this.#wire = new Wire(port, report);
  }

  /** Sets the listener of an event. */
  on<Name extends keyof Events<Messages> & string>(
    name: Name,
    listener: (payload: Events<Messages>[Name]) => void,
  ): void {
    this.#wire.on(name, (body) => listener(body as Events<Messages>[Name]));
  }

  emit<Name extends keyof Events<Messages> & string>(name: Name, payload: Events<Messages>[Name]): void {
    this.#wire.emit(name, payload);
  }

  /** `timeoutMs` in milliseconds. */
  async request<Name extends keyof Requests<Messages> & keyof Replies<Messages> & string>(
    name: Name,
    request: Requests<Messages>[Name],
    timeoutMs: number = defaultTimeoutMs,
  ): Promise<Replies<Messages>[Name]> {
    return (await this.#wire.request(name, request, timeoutMs)) as Replies<Messages>[Name];
  }
}
