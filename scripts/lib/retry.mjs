/**
 * Tries once more when the first time fails: for steps that use the network.
 * @template T
 * @param {() => Promise<T>} step
 * @returns {Promise<T>}
 */
export async function withRetry(step) {
  try {
    return await step();
  } catch (error) {
    console.log(`${error instanceof Error ? error.message : String(error)}\nTrying once more …`);
    return await step();
  }
}
