import type { Recorder } from './capture/recorder.ts';
import type { Placement } from './provenance/origin.ts';
import type { Provenance } from './provenance/provenance.ts';
import type { Span } from './provenance/span.ts';
import type { MarkedSpan, Passage } from './ui/line.ts';

/** Runs of one placement over [from, to), cut where the placement changes. */
function placedRuns(provenance: Provenance, recorder: Recorder, from: number, to: number) {
  return provenance.placements(from, to).map(({ length, serial }) => {
    const placed = serial === 0 ? undefined : recorder.acts.get(serial);
    const placement: Placement = placed?.placement ?? 'insert';
    return { length, placement, placed };
  });
}

/** What the editor's surface marks: neighbours of one origin and placement are one. */
export function markedSpans(provenance: Provenance, recorder: Recorder, from: number, to: number): MarkedSpan[] {
  const out: MarkedSpan[] = [];
  const placements = placedRuns(provenance, recorder, from, to);
  let p = 0;
  let room = placements[0]?.length ?? 0;
  for (const run of recorder.origins.walk(provenance.slice(from, to))) {
    for (let left = run.length; left > 0; ) {
      while (room === 0) room = placements[++p]!.length;
      const length = Math.min(left, room);
      const { placement } = placements[p]!;
      const last = out.at(-1);
      if (last && last.origin === run.origin && last.placement === placement) {
        out[out.length - 1] = { ...last, length: last.length + length };
      } else out.push({ length, origin: run.origin, placement });
      left -= length;
      room -= length;
    }
  }
  return out;
}

/** All that is known of the run around `offset`: one origin, one act, one placement. */
export async function passage(provenance: Provenance, recorder: Recorder, offset: number): Promise<Passage> {
  const [here] = provenance.slice(offset, offset + 1) as [Span];
  const found = recorder.origins.at(here.serial);
  const [from, to] = extent(provenance, recorder, offset, found.act);
  const [{ placement, placed }] = placedRuns(provenance, recorder, offset, offset + 1) as [
    ReturnType<typeof placedRuns>[number],
  ];
  const { writer } = recorder;
  const event = known(writer.sequenceOf(found.act));
  const placedBy = known(placed && writer.sequenceOf(placed.act));
  const [time, placedAt] = await Promise.all(
    [event, placedBy].map(act => (act === undefined ? act : writer.timeOf(act))),
  );
  const prompt = found.origin.prompt === undefined ? undefined : await writer.prompt(found.origin.prompt);
  const repeat = found.origin.kind === 'typed' ? writer.echoes.of(here.serial) : undefined;
  const repeated = repeat?.prompt === undefined ? undefined : await writer.prompt(repeat.prompt);
  const commit = found.origin.commit === undefined ? undefined : await writer.commit(found.origin.commit);
  return {
    from,
    to,
    origin: found.origin,
    placement,
    ...(event === undefined ? {} : { event: `${writer.journal}:${event}` }),
    ...(time === undefined ? {} : { time }),
    ...(placedBy === undefined ? {} : { placedBy: `${writer.journal}:${placedBy}` }),
    ...(placedAt === undefined ? {} : { placedAt }),
    ...(prompt ? { prompt } : {}),
    ...(commit ? { commit } : {}),
    ...(repeat ? { repeats: { ...(repeated && { prompt: repeated }) } } : {}),
  };
}

/** Sequence of a committed event; nothing for one that is not committed yet, or where no event is known. */
function known(sequence: number | undefined): number | undefined {
  return sequence === undefined || sequence < 0 ? undefined : sequence;
}

/** How far around `offset` one act's characters reach; looked at in a window, since a passage is read by a person. */
function extent(provenance: Provenance, recorder: Recorder, offset: number, act: number): [number, number] {
  const reach = 20_000;
  const start = Math.max(0, offset - reach);
  const end = Math.min(provenance.length, offset + reach);
  let at = start;
  let [from, to] = [offset, offset + 1];
  for (const run of recorder.origins.walk(provenance.slice(start, end))) {
    if (at <= offset && offset < at + run.length && run.act === act) [from, to] = [at, at + run.length];
    at += run.length;
  }
  return [from, to];
}
