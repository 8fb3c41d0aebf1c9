import { messageOf } from '../core/errors.ts';

/** Waits for all saves, even if one fails. Rejects with the failure, or with an error that names all failures. */
export async function flushAll(saves: readonly Promise<void>[]): Promise<void> {
  const ended = await Promise.allSettled(saves);
  const errors = ended.flatMap((end) => (end.status === 'rejected' ? [end.reason as unknown] : []));
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, [...new Set(errors.map(messageOf))].join(' '));
}
