/**
 * Runs a step, and runs it again if it fails; for steps that use the network.
 * @template T
 * @param {() => Promise<T>} step
 * @returns {Promise<T>}
 */
export async function withRetry(step) {
  try {
    return await step();
  } catch (error) {
    console.log(`${error instanceof Error ? error.message : String(error)}\nTrying again …`);
    return await step();
  }
}
