/** Position, characters deleted, text inserted; each to the text that the one before left. */
export type Patch = readonly [number, number, string];

export interface TraceStep {
  readonly patches: readonly Patch[];
  /** Known to be a machine's insertion, where the trace tells. */
  readonly machine: boolean;
}

/** Recorded editing: replaying all steps on `start` gives `end`. */
export interface Trace {
  readonly name: string;
  readonly start: string;
  readonly end: string;
  readonly steps: readonly TraceStep[];
}

/** A line of the co-writing sessions' file; its README tells the format. */
export interface SessionLine {
  readonly id: string;
  readonly startContent: string;
  readonly endContent: string;
  readonly dt: readonly number[];
  readonly api: readonly number[];
  readonly multi: Readonly<Record<string, number>>;
  readonly rel: readonly number[];
  readonly del: readonly number[];
  readonly len: readonly number[];
  readonly ins: string;
}

export function session(line: SessionLine): Trace {
  const machine = new Set(line.api);
  const steps: TraceStep[] = [];
  let patch = 0;
  let taken = 0;
  let behind = line.startContent.length; // end of the patch before
  for (let i = 0; i < line.dt.length; i++) {
    const patches: Patch[] = [];
    for (let left = line.multi[i] ?? 1; left > 0; left--, patch++) {
      const position = behind + line.rel[patch]!;
      const insert = line.ins.slice(taken, taken + line.len[patch]!);
      taken += insert.length;
      behind = position + insert.length;
      patches.push([position, line.del[patch]!, insert]);
    }
    steps.push({ patches, machine: machine.has(i) });
  }
  return { name: line.id, start: line.startContent, end: line.endContent, steps };
}
