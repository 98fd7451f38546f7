import Mocha from 'mocha';
import { driven, report } from './support/driver.ts';

/**
 * What VS Code calls in the extension host of a test window. Loads the one bundled suite that
 * `HOLOGRAPH_SUITE` names, tells each result to the driver (to the console where there is none),
 * and throws if any test failed: that gives the window its exit code.
 */
export async function run(): Promise<void> {
  const file = process.env.HOLOGRAPH_SUITE;
  if (file === undefined) throw new Error('HOLOGRAPH_SUITE names no suite');
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, ...(driven && { reporter: Silent }) });
  mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, file, mocha);
  require(file);

  const told: Promise<void>[] = [];
  const failures = await new Promise<number>(resolve => {
    const runner = mocha.run(resolve);
    leaveToOthers(runner);
    if (!driven) return;
    const { EVENT_TEST_PASS, EVENT_TEST_FAIL, EVENT_TEST_PENDING } = Mocha.Runner.constants;
    runner.on(EVENT_TEST_PASS, test => told.push(tell(test, 'passed')));
    runner.on(EVENT_TEST_PENDING, test => told.push(tell(test, 'skipped')));
    runner.on(EVENT_TEST_FAIL, (test, error) => told.push(tell(test, 'failed', error)));
  });
  await Promise.all(told);
  if (failures > 0) throw new Error(`${failures} failed`);
}

function tell(test: Mocha.Runnable, state: 'passed' | 'failed' | 'skipped', error?: Error): Promise<void> {
  const title = test.titlePath().join(' › ');
  return report({ title, state, duration: test.duration ?? 0, ...(error && { error: error.stack ?? String(error) }) });
}

/** The editor's own extensions live in this process too; what git's does not catch is no fault of a test. */
function leaveToOthers(runner: Mocha.Runner): void {
  const [uncaught] = process.listeners('uncaughtException').slice(-1);
  if (!uncaught) throw new Error('mocha does not listen');
  process.off('uncaughtException', uncaught);
  const listener = (error: Error, origin: NodeJS.UncaughtExceptionOrigin) => {
    if (/[\\/]server[\\/]extensions[\\/]git[\\/]/.test(error?.stack ?? ''))
      console.log(`git's extension: ${error.message}`);
    else uncaught(error, origin);
  };
  process.on('uncaughtException', listener);
  runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => process.off('uncaughtException', listener));
}

/** The driver prints the results; mocha's own reporter would print them a second time. */
class Silent extends Mocha.reporters.Base {}
