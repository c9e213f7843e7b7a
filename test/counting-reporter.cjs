const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

/** Mocha's dots, and the counts written to a file for `test/run.mjs`. */
module.exports = class CountingReporter extends (
  (process.env.RETROGRAD_REPORTER === 'spec' ? reporters.Spec : reporters.Dot)
) {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      // A test that is skipped has not passed.
      writeFileSync(process.env.RETROGRAD_COUNTS, JSON.stringify({ passed: passes, failed: failures + pending }));
    });
  }
};
