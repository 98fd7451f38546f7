import assert from 'node:assert/strict';
import type { Kind } from '../../src/provenance/origin.ts';
import { cli } from '../host/support/cli.ts';
import { driven, page } from '../host/support/driver.ts';
import { journals } from '../host/support/faults.ts';
import { productApi } from '../host/support/scene.ts';
import { pending } from './pending.ts';
import { faultsOf, type Row } from './row.ts';
import { Stage } from './stage.ts';
import { keepJournals, keepRows, prepared } from './theatre.ts';

/**
 * One way in which text comes to be, played in the real editor with its truth kept by construction. It is one test,
 * which fails if any character of its texts is shown as what it is not.
 */
export interface Scenario {
  readonly name: string;
  /** The kinds that its characters may be shown as; `unknown` too, where `unknown` below says why. */
  readonly allows: readonly Kind[];
  /**
   * Why some of it may be `unknown`: the README lists it. Labels may say which part (`['tool.editor', 'unknown']`);
   * then the rest may not.
   */
  readonly unknown?: string;
  /** False: counted in a row of its own, without a gate (input methods, dictation). */
  readonly gate?: false;
  /** Files that stand in the scenario's folder before recording begins: `initial`. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Milliseconds; 90,000 if not given. What hangs is told sooner, by what it waited for. */
  readonly timeout?: number;
  /** Why it cannot run here (a folder of open data is absent); then it is skipped with these words. */
  readonly absent?: string | undefined;
  run(stage: Stage): Promise<void>;
}

/**
 * Declares a group: one window, one folder recorded by consent, each scenario in a folder of its own in it; at the
 * end the journal must verify, every save replayed to its digest. Rows go to `out/accuracy/<group>.json`.
 */
export function group(name: string, scenarios: readonly Scenario[]): void {
  const only = process.env.HOLOGRAPH_SCENARIO;
  const chosen = scenarios
    .filter(scenario => only === undefined || scenario.name.includes(only))
    .flatMap(scenario => played(scenario, Number(process.env.HOLOGRAPH_TIMES ?? 1)));
  const rows: Row[] = [];
  describe(`accuracy: ${name}`, () => {
    before(async function () {
      this.timeout(120_000);
      if (!driven) this.skip();
      await prepared(chosen);
    });

    for (const scenario of chosen) {
      it(scenario.name, async function () {
        this.timeout(scenario.timeout ?? 90_000);
        if (scenario.absent !== undefined || pending.includes(`${name}: ${scenario.name}`)) this.skip();
        const stage = new Stage(await productApi(), name, scenario);
        try {
          await scenario.run(stage);
          const row = await stage.row();
          rows.push(row);
          assert.deepEqual(faultsOf(row), []);
        } catch (error) {
          await page.screenshot(`failures-accuracy ${name} ${scenario.name}`);
          keepJournals(`${name}, ${scenario.name}`);
          throw error;
        } finally {
          await stage.clear();
        }
      });
    }

    it('every save replays to its exact digest', async function () {
      this.timeout(60_000);
      for (const journal of journals()) {
        const found = JSON.parse(cli('verify', journal, '--json')) as {
          consistent: boolean;
          wrong: readonly unknown[];
        };
        assert.deepEqual({ consistent: found.consistent, wrong: found.wrong }, { consistent: true, wrong: [] });
      }
    });

    after(() => keepRows(name, rows));
  });
}

/** A scenario so many times over, each in a folder of its own: what fails by chance. */
function played(scenario: Scenario, times: number): readonly Scenario[] {
  if (times === 1) return [scenario];
  return Array.from({ length: times }, (_, i) => ({ ...scenario, name: `${scenario.name}, time ${i + 1}` }));
}
