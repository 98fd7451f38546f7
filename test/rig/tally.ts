import type { TestResult } from './driverCalls.ts';
import { describe, say } from './progress.ts';

/** Counts results suite by suite, tells failures as they come, and ends with the plain line. */
export class Tally {
  readonly #suites = new Map<string, TestResult[]>();
  readonly #times = new Map<string, number>();

  readonly add = (suite: string, result: TestResult): void => {
    const results = this.#suites.get(suite) ?? [];
    this.#suites.set(suite, [...results, result]);
    if (result.state === 'failed')
      say(`\n✗ ${suite}: ${result.title}\n${indent(result.error ?? 'no reason was given')}\n`);
  };

  /** Runs one suite and tells its figures when it ends; what it throws becomes one failed test. */
  async suite(name: string, work: (add: (result: TestResult) => void) => Promise<void>): Promise<void> {
    const begin = performance.now();
    say(`▸ ${name}`);
    try {
      await work(result => this.add(name, result));
    } catch (error) {
      const reason = describe(error);
      this.add(name, { title: 'the suite itself', state: 'failed', duration: 0, error: reason });
    }
    this.#times.set(name, performance.now() - begin);
    const { passed, failed, skipped } = count(this.#suites.get(name) ?? []);
    const parts = [
      `${passed} passed`,
      ...(failed ? [`${failed} failed`] : []),
      ...(skipped ? [`${skipped} skipped`] : []),
    ];
    say(`▪ ${name}: ${parts.join(', ')} (${((performance.now() - begin) / 1000).toFixed(1)} s)`);
  }

  /** Prints the summary, skipped tests by name, and last `N passed, M failed`. Gives the exit code. */
  end(): number {
    const all = [...this.#suites.values()].flat();
    const { passed, failed, skipped } = count(all);
    say('');
    for (const [suite, results] of this.#suites) {
      const { passed, failed, skipped } = count(results);
      const time = ((this.#times.get(suite) ?? 0) / 1000).toFixed(1);
      say(
        `  ${suite.padEnd(12)} ${pad(passed)} passed ${pad(failed)} failed ${pad(skipped)} skipped ${time.padStart(7)} s`,
      );
    }
    if (skipped > 0) {
      say(`\n${skipped} skipped:`);
      for (const [suite, results] of this.#suites) {
        for (const result of results) if (result.state === 'skipped') say(`  ${suite}: ${result.title}`);
      }
    }
    if (failed > 0) {
      say(`\n${failed} failed:`);
      for (const [suite, results] of this.#suites) {
        for (const result of results) if (result.state === 'failed') say(`  ${suite}: ${result.title}`);
      }
    }
    if (passed + failed === 0) say('\nNo test ran: name a suite that exists.');
    say(`\n${passed} passed, ${failed} failed`);
    return failed > 0 || passed === 0 ? 1 : 0;
  }
}

function count(results: readonly TestResult[]): { passed: number; failed: number; skipped: number } {
  const of = (state: TestResult['state']): number => results.filter(result => result.state === state).length;
  return { passed: of('passed'), failed: of('failed'), skipped: of('skipped') };
}

function pad(n: number): string {
  return String(n).padStart(5);
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '    ');
}
