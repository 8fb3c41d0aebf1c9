import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { tallyVariable } from './tally.mjs';

const { EVENT_RUN_END } = Mocha.Runner.constants;

/** Mocha's usual output; the figures also go to a file, because in the editor there is no exit code or pipe to read. */
export default class TallyReporter extends Mocha.reporters.Spec {
  /**
   * @param {Mocha.Runner} runner
   * @param {Mocha.MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    runner.once(EVENT_RUN_END, () => {
      const path = process.env[tallyVariable];
      const { passes: passed, failures: failed, pending: skipped } = this.stats;
      if (path !== undefined) writeFileSync(path, JSON.stringify({ passed, failed, skipped }));
    });
  }
}
