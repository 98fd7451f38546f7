import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { consent, pathOf, productApi, spansOrNothing, write } from '../host/support/scene.ts';
import { until } from '../host/support/until.ts';
import type { Row } from './row.ts';
import type { Scenario } from './scenario.ts';

/** The folder of a scenario inside the recorded folder: its words without signs. */
export function folderOf({ name }: Pick<Scenario, 'name'>): string {
  return name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 120);
}

/** Puts down what the scenarios find, gives consent for the folder, and waits until every file is recorded. */
export async function prepared(scenarios: readonly Scenario[]): Promise<void> {
  const paths: string[] = [];
  for (const scenario of scenarios) {
    mkdirSync(pathOf(folderOf(scenario)), { recursive: true });
    for (const [name, text] of Object.entries(scenario.files ?? {})) {
      const path = pathOf(join(folderOf(scenario), name));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      paths.push(path);
    }
  }
  await consent(write('first.md', 'A first file.\n'));
  const api = await productApi();
  for (const path of paths)
    await until(`spans of ${path}`, async () => (await spansOrNothing(api, vscode.Uri.file(path))) !== undefined);
}

/** Leaves the rows for the rig, which adds them up. */
export function keepRows(group: string, rows: readonly Row[]): void {
  const out = process.env.HOLOGRAPH_OUT;
  if (out === undefined) return;
  mkdirSync(join(out, 'accuracy'), { recursive: true });
  writeFileSync(join(out, 'accuracy', `${group}.json`), `${JSON.stringify(rows, null, 1)}\n`);
}

/** Leaves what a failed scenario recorded, to be looked into: `out/accuracy/failed/<scenario>`. */
export function keepJournals(scenario: string): void {
  const { HOLOGRAPH_OUT: out, HOLOGRAPH_HOME: home } = process.env;
  if (out !== undefined && home !== undefined)
    cpSync(home, join(out, 'accuracy', 'failed', scenario), { recursive: true, force: true });
}
