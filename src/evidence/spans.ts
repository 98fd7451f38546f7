import { plainTextDigest } from '../journal/parts.ts';
import type { Replay } from '../journal/replay.ts';
import { type Basis, type Hand, handOf, type Kind, type Origin, type Placement } from '../provenance/origin.ts';
import type { FoundSpan } from '../provenance/origins.ts';
import type { Provenance } from '../provenance/provenance.ts';
import type { Span } from '../provenance/span.ts';
import { type Tally, tally } from '../provenance/tally.ts';

/** What `holograph spans FILE --json` prints, and what other extensions get. Form: `media/schema/spans.schema.json`. */
export interface SpansDocument {
  readonly schema: 'holograph.spans';
  readonly version: 1;
  /** Id of the work. */
  readonly work: string;
  /** Path relative to the recorded folder, with `/`. */
  readonly file: string;
  /** SHA-256 (hex) of the text below with `\n` line ends. */
  readonly textDigest: string;
  /** The file holds this text. */
  readonly current: boolean;
  /** UTF-16 code units of the text. */
  readonly length: number;
  /** In order, without gaps or overlaps; they cover the text. Each was made by one event and put here by one. */
  readonly spans: readonly TextSpan[];
  /** Those that the spans name, each once, by id; absent where they name none. */
  readonly commits?: readonly SpanCommit[];
  /** In code points. */
  readonly tally: Tally;
}

export interface TextSpan {
  /** UTF-16 code units, half-open. */
  readonly from: number;
  readonly to: number;
  readonly kind: Kind;
  readonly hand: Hand;
  readonly basis: Basis;
  /** The event that made the characters: `journal:sequence`. Null: none is known. */
  readonly event: string | null;
  /** The act that put them here, where that is not the act that made them. */
  readonly placedBy: { readonly how: Placement; readonly event: string } | null;
  /** Id of the prompt that led to them. */
  readonly prompt?: string;
  /** Id of the git commit that brought their line. */
  readonly commit?: string;
  /** They were typed, and say what an AI had given before: the id of that answer or edit. */
  readonly repeats?: string;
}

/** A git commit that spans name. */
export interface SpanCommit {
  readonly id: string;
  /** Name of its author, as git has it. */
  readonly author: string;
  /** Milliseconds since 1970 UTC. */
  readonly authored: number;
}

/** One recorded text, whose serials this state knows. */
export interface RecordedText {
  readonly work: string;
  readonly journal: string;
  readonly path: string;
  readonly text: string;
  readonly provenance: Provenance;
  readonly state: Pick<Replay, 'origins' | 'placings' | 'commits' | 'repeats'>;
}

/** `onDisk`: the file's text now, with `\n` line ends; undefined if there is no such text. */
export function spansDocument(recorded: RecordedText, onDisk: string | undefined): SpansDocument {
  const { work, path, text } = recorded;
  const pieces = [...piecesIn(recorded)];
  const { kinds, hands, length } = tally(
    text,
    pieces.map(({ from, to, origin }) => ({ length: to - from, origin })),
  );
  return {
    schema: 'holograph.spans',
    version: 1,
    work,
    file: path,
    textDigest: plainTextDigest(text),
    current: onDisk === text,
    length: text.length,
    spans: pieces.map(piece => spanOf(piece, recorded)),
    ...commitsIn(pieces, recorded),
    tally: { kinds, hands, length },
  };
}

interface Piece {
  readonly from: number;
  to: number;
  readonly origin: Origin;
  readonly act: number;
  /** Serial that names the act of placing; 0: they stand where they were made. */
  readonly placed: number;
  readonly repeats: string | undefined;
}

/** The text cut wherever the origin, the act that made it, the act that placed it or what it repeats changes. */
function* piecesIn({ provenance, state }: RecordedText): Generator<Piece, void, undefined> {
  const marks = state.repeats.flatMap(({ ranges, of }) => ranges.map(range => ({ ...range, of })));
  let last: Piece | undefined;
  let at = 0;
  for (const { length, serial: placed } of provenance.placements(0, provenance.length)) {
    for (const found of state.origins.walk(provenance.slice(at, at + length))) {
      const { origin, act } = found;
      for (const { length, of: repeats } of cutByRepeats(found, marks)) {
        if (last?.origin === origin && last.act === act && last.placed === placed && last.repeats === repeats)
          last.to = at + length;
        else {
          if (last) yield last;
          last = { from: at, to: at + length, origin, act, placed, repeats };
        }
        at += length;
      }
    }
  }
  if (last) yield last;
}

/** A run of characters as parts of one mark, or none. Only what is typed has one. */
function cutByRepeats(run: FoundSpan, marks: readonly (Span & { of: string })[]): { length: number; of?: string }[] {
  if (run.origin.kind !== 'typed' || marks.length === 0) return [{ length: run.length }];
  const parts: { length: number; of?: string }[] = [];
  for (let at = run.serial; at < run.serial + run.length; ) {
    const own = marks.find(({ serial, length }) => serial <= at && at < serial + length);
    const next = own
      ? own.serial + own.length
      : marks.reduce((least, { serial }) => (serial > at ? Math.min(least, serial) : least), Infinity);
    const length = Math.min(next, run.serial + run.length) - at;
    parts.push({ length, ...(own && { of: own.of }) });
    at += length;
  }
  return parts;
}

function spanOf({ from, to, origin, act, placed, repeats }: Piece, { journal, state }: RecordedText): TextSpan {
  const { kind, basis, prompt, commit } = origin;
  const placing = placed === 0 ? undefined : state.placings.get(placed);
  return {
    from,
    to,
    kind,
    hand: handOf(kind),
    basis,
    event: act < 0 ? null : `${journal}:${act}`,
    placedBy: placing === undefined ? null : { how: placing.placement, event: `${journal}:${placing.act}` },
    ...(prompt === undefined ? {} : { prompt }),
    ...(commit === undefined ? {} : { commit }),
    ...(repeats === undefined ? {} : { repeats }),
  };
}

function commitsIn(pieces: readonly Piece[], { state }: RecordedText): Pick<SpansDocument, 'commits'> {
  const ids = new Set(pieces.flatMap(({ origin: { commit } }) => (commit === undefined ? [] : [commit])));
  const commits = [...ids].sort().flatMap(id => {
    const event = state.commits.get(id);
    return event === undefined ? [] : [{ id, author: event.texts?.[0] ?? '', authored: event.authored }];
  });
  return commits.length === 0 ? {} : { commits };
}
