import type * as z from 'zod';

/** A message that wants an answer: one typed constant a message, parsed on both sides. */
export interface RequestType<Request, Reply> {
  readonly name: string;
  readonly request: z.ZodType<Request>;
  readonly reply: z.ZodType<Reply>;
}

/** A message that wants none. */
export interface EventType<Payload> {
  readonly name: string;
  readonly payload: z.ZodType<Payload>;
}

export function requestType<Request, Reply>(
  name: string,
  request: z.ZodType<Request>,
  reply: z.ZodType<Reply>,
): RequestType<Request, Reply> {
  return { name, request, reply };
}

export function eventType<Payload>(name: string, payload: z.ZodType<Payload>): EventType<Payload> {
  return { name, payload };
}
