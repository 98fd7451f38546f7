import { systemsOf, unnamedIn } from '../html/toolList.ts';
import type { Report } from '../report.ts';
import type { Wording } from './wording.ts';

/** An AI system of which the record has text or prompts. */
export interface SystemFacts {
  /** With its models, in words. */
  readonly name: string;
  /** Null: no prompt is on record. */
  readonly prompts: number | null;
  /** Characters that it put in, each once, and those of them that stand. */
  readonly inserted: number;
  readonly stands: number;
  /** When it was asked, RFC 3339. */
  readonly times: readonly string[];
}

/** Those that the record names, in the order in which they were first asked, then all that no record names. */
export function systemFacts(report: Report, w: Wording): readonly SystemFacts[] {
  const stands = new Map<string, number>();
  for (const { agent, retained } of report.prompts) stands.set(agent, (stands.get(agent) ?? 0) + retained);
  const named = systemsOf(report).map(({ agent, models, prompts, inserted, times }) => ({
    name: models.size === 0 ? agent : w.t('system', { agent, models: [...models].join(', ') }),
    prompts,
    inserted,
    stands: stands.get(agent) ?? 0,
    times,
  }));
  const unnamed = unnamedIn(report);
  if (unnamed.inserted === 0) return named;
  return [...named, { name: w.t('systemUnnamed'), prompts: null, ...unnamed, times: [] }];
}

/** Their names, for a line. */
export function systemNames(report: Report, w: Wording): readonly string[] {
  return systemFacts(report, w).map(({ name }) => name);
}
