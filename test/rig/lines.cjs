// A mocha reporter for the rig: one JSON line a test, for mochaSuite.ts to read.

module.exports = class Lines {
  constructor(runner) {
    const tell = (test, state, error) => {
      const title = test.titlePath().join(' › ');
      const result = {
        title,
        state,
        duration: test.duration ?? 0,
        ...(error && { error: error.stack ?? String(error) }),
      };
      // A reader of lines takes these two separators for line ends, and JSON lets them stand.
      const json = JSON.stringify(result).replaceAll(/[\u2028\u2029]/g, one =>
        one === '\u2028' ? '\\u2028' : '\\u2029',
      );
      process.stdout.write(`\n@result ${json}\n`);
    };
    runner.on('pass', test => tell(test, 'passed'));
    runner.on('pending', test => tell(test, 'skipped'));
    runner.on('fail', (test, error) => tell(test, 'failed', error));
  }
};
