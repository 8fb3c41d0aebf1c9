/** @typedef {() => Promise<void>} Step */

/** @type {Step[] | undefined} */
let steps;

/**
 * Runs a step after the last test of this process: what ends the servers and browsers that all its tests share. Call it at the
 * top of a module that tests import.
 * @param {Step} step
 */
export function afterLastTest(step) {
  if (steps === undefined) after(step);
  else steps.push(step);
}

/** For a process that runs mocha several times. Returns what runs the steps. */
export function collectSteps() {
  /** @type {Step[]} */
  const collected = [];
  steps = collected;
  return async () => {
    for (const step of collected) await step();
  };
}
