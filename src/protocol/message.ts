import type * as z from 'zod';

/**
 * A message with a reply. Each message is one typed constant. Its name is part of its type, so that a page can send and
 * receive it by name, without the schemas.
 */
export interface RequestType<Request, Reply, Name extends string = string> {
  readonly name: Name;
  readonly request: z.ZodType<Request>;
  readonly reply: z.ZodType<Reply>;
}

/** A message without a reply. */
export interface EventType<Payload, Name extends string = string> {
  readonly name: Name;
  readonly payload: z.ZodType<Payload>;
}

export function requestType<const Name extends string, Request, Reply>(
  name: Name,
  request: z.ZodType<Request>,
  reply: z.ZodType<Reply>,
): RequestType<Request, Reply, Name> {
  return { name, request, reply };
}

export function eventType<const Name extends string, Payload>(
  name: Name,
  payload: z.ZodType<Payload>,
): EventType<Payload, Name> {
  return { name, payload };
}
