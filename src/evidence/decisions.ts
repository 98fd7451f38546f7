import { decidedEdits } from './agentEdits.ts';
import type { Chronicle, EventOf } from './chronicle.ts';
import { stamp } from './moment.ts';

/** What the record of an AI tool says was decided about a change that the tool made or proposed. It proves nothing more. */
export interface Decision {
  /** When, as the tool's record says. */
  readonly at: string;
  readonly event: string;
  readonly agent: string;
  readonly file: string;
  readonly outcome: EventOf<'decision'>['outcome'];
  /** Id of the prompt. */
  readonly prompt: string | null;
  readonly model: string | null;
  /** UTF-16 code units that the change would put in; null: its record does not tell. */
  readonly length: number | null;
}

export interface Decisions {
  /** All of them, also those that are not listed. */
  readonly count: number;
  /** The newest, at most `mostDecisions`, in their order. */
  readonly listed: readonly Decision[];
}

export const mostDecisions = 200;

export function decisionsOf(chronicles: readonly Chronicle[], wanted: (path: string) => boolean): Decisions {
  const all = chronicles.flatMap(chronicle =>
    decidedEdits(chronicle).flatMap(({ edit, decision }) =>
      decision !== undefined && wanted(edit.path) ? [{ chronicle, edit, decision }] : [],
    ),
  );
  all.sort((a, b) => a.decision.decided - b.decision.decided || a.decision.sequence - b.decision.sequence);
  return { count: all.length, listed: all.slice(-mostDecisions).map(decisionOf) };
}

function decisionOf(of: {
  readonly chronicle: Chronicle;
  readonly edit: EventOf<'agentEdit'>;
  readonly decision: EventOf<'decision'>;
}): Decision {
  const { chronicle, edit, decision } = of;
  return {
    at: stamp({ time: decision.decided, zone: decision.zone }),
    event: `${chronicle.id}:${decision.sequence}`,
    agent: edit.agent,
    file: edit.path,
    outcome: decision.outcome,
    prompt: edit.prompt ?? null,
    model: edit.model ?? null,
    length: edit.brings?.reduce((n, [from, to]) => n + to - from, 0) ?? null,
  };
}
