const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

/** Mocha's dots, and the counts of each test file written down for `test/run.mjs`. */
module.exports = class CountingReporter extends (
  (process.env.RETROGRAD_REPORTER === 'spec' ? reporters.Spec : reporters.Dot)
) {
  constructor(runner, options) {
    super(runner, options);
    const files = {};
    const count = (test, what) => ((files[test.file] ??= { passed: 0, failed: 0 })[what] += 1);
    runner.on('pass', (test) => count(test, 'passed'));
    // Of a hook that fails, the tests after it are never begun: it stands for them.
    runner.on('fail', (test) => count(test, 'failed'));
    // A test that is skipped has not passed.
    runner.on('pending', (test) => count(test, 'failed'));
    runner.once('end', () => writeFileSync(process.env.RETROGRAD_COUNTS, JSON.stringify(files)));
  }
};
