import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Row } from '../accuracy/row.ts';
import { type Accuracy, accuracyOf } from '../accuracy/sum.ts';
import { accuracyText, inReadme, unknownLines } from '../accuracy/table.ts';
import { bundleHostSuites, type HostSuite } from './bundle.ts';
import type { TestResult } from './driverCalls.ts';
import { editor } from './editor.ts';
import { runHostSuite } from './hostWindow.ts';
import { inLanes } from './lanes.ts';
import { out, root } from './paths.ts';
import { say } from './progress.ts';

export interface AccuracyRun {
  /** Words of the names of groups; none: all. */
  readonly groups: readonly string[];
  /** Words of the names of scenarios. */
  readonly scenario?: string;
  /** How often each is played, to find what fails by chance; once if absent. */
  readonly times?: number;
  /** Put the figures into the README. */
  readonly write?: boolean;
}

type Add = (result: TestResult) => void;

/** Plays the groups of scenarios, one window each, two side by side, and adds up what they came to. */
export async function accuracySuite(
  { groups, scenario, times = 1, write = false }: AccuracyRun,
  told: Add,
): Promise<void> {
  let failed = false;
  const add: Add = result => {
    failed ||= result.state === 'failed';
    told(result);
  };
  const chosen = (name: string) => groups.length === 0 || groups.some(word => name.includes(word));
  const suites = await bundleHostSuites('', 'test/accuracy', chosen);
  for (const suite of suites) rmSync(rowsOf(suite), { force: true });
  await editor();
  const env = { HOLOGRAPH_TIMES: String(times), ...(scenario !== undefined && { HOLOGRAPH_SCENARIO: scenario }) };
  await inLanes(suites, async (browser, suite) => {
    say(`  ${suite.name}`);
    await runHostSuite(browser, { suite, gate: 'stock', developed: root, env, onResult: add });
  });

  const accuracy = accuracyOf(suites.flatMap(readRows));
  await mkdir(out, { recursive: true });
  await writeFile(join(out, 'accuracy.json'), `${JSON.stringify(accuracy, null, 2)}\n`);
  say(accuracyText(accuracy));
  if (accuracy.scenarios === 0) return;
  const complete = groups.length === 0 && scenario === undefined && times === 1;
  judge('no gate is missed in sum', () => accuracy.missed.join('\n'), add);
  // Figures of a run that failed are not published.
  if (complete) await hold(accuracy, write && !failed, add);
}

/** The README tells what the run showed: every scenario that allows unknown, with its reason. */
async function hold(accuracy: Accuracy, write: boolean, add: Add): Promise<void> {
  const file = join(root, 'README.md');
  if (write) await writeFile(file, inReadme(readFileSync(file, 'utf8'), accuracy));
  judge(
    'the README lists the scenarios whose origins may be unknown, with the reasons',
    () => {
      const readme = readFileSync(file, 'utf8');
      return unknownLines(accuracy)
        .filter(line => !readme.includes(line))
        .join('\n');
    },
    add,
  );
}

function judge(title: string, wrong: () => string, add: Add): void {
  const error = wrong();
  add(error === '' ? { title, state: 'passed', duration: 0 } : { title, state: 'failed', duration: 0, error });
}

function rowsOf({ name }: HostSuite): string {
  return join(out, 'accuracy', `${basename(name).replace(/\.stock$/, '')}.json`);
}

function readRows(suite: HostSuite): readonly Row[] {
  const file = rowsOf(suite);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as readonly Row[]) : [];
}
