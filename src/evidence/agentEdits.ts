import type { Chronicle, EventOf } from './chronicle.ts';
import { byCodeUnit } from './names.ts';

/** Edits that a tool made or proposed, and what its record says that the person did with them: of the others nothing. */
export interface EditCounts {
  readonly made: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly undone: number;
}

/** The edits of one tool. */
export interface AgentEdits extends EditCounts {
  /** As it stands in the journal. */
  readonly agent: string;
  /** Of those made, read as the tool's documentation says or told by its hook: they prove nothing. Absent: none. */
  readonly unchecked?: number;
  /** Of those made, imported afterwards. Absent: none. */
  readonly reconstructed?: number;
}

type Counting = EditCounting & { -readonly [K in 'unchecked' | 'reconstructed']?: number };
export type EditCounting = { -readonly [K in keyof EditCounts]: EditCounts[K] };

/** One edit with what was decided about it last: it may be accepted and undone. */
export interface DecidedEdit {
  readonly edit: EventOf<'agentEdit'>;
  readonly outcome?: EventOf<'decision'>['outcome'];
  readonly decision?: EventOf<'decision'>;
}

/**
 * The edits of one journal, each once: a second account of one, which has `~` behind the first one's id, takes its place,
 * and one that tells of the same act as another (`of`) is left out.
 */
export function decidedEdits({ kept: { agentEdit, decision } }: Chronicle): readonly DecidedEdit[] {
  const edits = new Map(agentEdit.map(edit => [firstId(edit.id), edit]));
  const others = new Map(
    agentEdit.flatMap(({ id, of }) => (of !== undefined && edits.has(firstId(of)) ? [[firstId(id), firstId(of)]] : [])),
  );
  const idOf = (id: string) => others.get(firstId(id)) ?? firstId(id);
  const decided = new Map(decision.toSorted((a, b) => a.decided - b.decided).map(one => [idOf(one.edit), one]));
  for (const id of others.keys()) edits.delete(id);
  return [...edits].map(([id, edit]) => {
    const decision = decided.get(id);
    return { edit, ...(decision && { outcome: decision.outcome, decision }) };
  });
}

/** By tool, in the order of their names. */
export function agentEdits(chronicles: readonly Chronicle[], wanted: (path: string) => boolean): readonly AgentEdits[] {
  const counts = new Map<string, Counting>();
  for (const { edit, outcome } of chronicles.flatMap(decidedEdits)) {
    if (!wanted(edit.path)) continue;
    const own: Counting = counts.get(edit.agent) ?? noEdits();
    counts.set(edit.agent, own);
    own.made++;
    if (edit.unchecked) own.unchecked = (own.unchecked ?? 0) + 1;
    if (edit.reconstructed) own.reconstructed = (own.reconstructed ?? 0) + 1;
    if (outcome !== undefined) own[outcome]++;
  }
  return [...counts].map(([agent, own]) => ({ agent, ...own })).sort((a, b) => byCodeUnit(a.agent, b.agent));
}

export function noEdits(): EditCounting {
  return { made: 0, accepted: 0, rejected: 0, undone: 0 };
}

function firstId(id: string): string {
  return id.replace(/~+$/, '');
}
