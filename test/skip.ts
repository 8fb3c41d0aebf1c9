import type { Context } from 'mocha';

/** Skips the running test or suite and prints why; a skip without a reason looks like a pass. */
export function skipBecause(context: Context, reason: string): never {
  console.log(`skipped ${context.test?.fullTitle() ?? ''}: ${reason}`);
  return context.skip();
}
