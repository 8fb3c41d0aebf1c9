/** Reports an error to a log or to the person. */
export type Report = (error: unknown) => void;

/** Starts work that nobody waits for. Its failure is reported. */
export function inBackground(work: PromiseLike<unknown> | undefined, report: Report): void {
  work?.then(undefined, report);
}

/** Runs every step in order. A step that fails is reported and does not stop the others. */
export async function takeEveryStep(
  steps: readonly (() => PromiseLike<unknown>)[],
  report: Report,
): Promise<void> {
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      report(error);
    }
  }
}
