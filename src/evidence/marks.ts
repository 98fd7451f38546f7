import {
  type Basis,
  type Hand,
  handOf,
  type Kind,
  type Origin,
  type Placement,
  sameOrigin,
} from '../provenance/origin.ts';
import type { Chronicle, Placing, ReplayedDocument } from './chronicle.ts';
import { type Piece, piecesOf } from './pieces.ts';

/** A run of a file's text that is of one origin and was placed in one way. */
export interface Mark {
  /** UTF-16 code units of the text with `\n` line ends, half-open. */
  readonly from: number;
  readonly to: number;
  readonly kind: Kind;
  readonly hand: Hand;
  readonly basis: Basis;
  readonly rule: string;
  /** The event that made the characters, `journal:sequence`; of several the first. Null: none is known. */
  readonly event: string | null;
  /** The last such event, where the run was made by several (a word, key by key). */
  readonly lastEvent?: string;
  /** The act that put the characters here, where that is not the act that made them. */
  readonly placedBy: { readonly how: Placement; readonly event: string } | null;
  /** Id of the prompt that led to them. */
  readonly prompt?: string;
  /** Id of the git commit that brought their line. */
  readonly commit?: string;
}

/** The marks of a document's text, in order, without gaps or overlaps. */
export function marksOf(chronicle: Chronicle, document: ReplayedDocument): Mark[] {
  const marks = new MarkList(chronicle.id);
  for (const piece of piecesOf(chronicle, document)) marks.add(piece);
  return marks.end();
}

/** Joins pieces into marks: those of one origin and one placing, whatever acts made them. */
export class MarkList {
  readonly #journal: string;
  readonly #marks: Mark[] = [];
  #open: OpenMark | undefined;

  constructor(journal: string) {
    this.#journal = journal;
  }

  add({ from, to, origin, act, each, placing }: Piece): void {
    const open = this.#open;
    const last = each ? act + to - from - 1 : act;
    if (open !== undefined && open.placing === placing && sameOrigin(open.origin, origin)) {
      open.to = to;
      if (act >= 0) open.first = open.first < 0 ? act : Math.min(open.first, act);
      open.last = Math.max(open.last, last);
    } else {
      if (open !== undefined) this.#marks.push(markOf(open, this.#journal));
      this.#open = { origin, placing, from, to, first: act, last };
    }
  }

  end(): Mark[] {
    if (this.#open !== undefined) this.#marks.push(markOf(this.#open, this.#journal));
    this.#open = undefined;
    return this.#marks;
  }
}

interface OpenMark {
  readonly origin: Origin;
  readonly placing: Placing | undefined;
  readonly from: number;
  to: number;
  first: number;
  last: number;
}

function markOf({ origin, placing, from, to, first, last }: OpenMark, journal: string): Mark {
  return {
    from,
    to,
    kind: origin.kind,
    hand: handOf(origin.kind),
    basis: origin.basis,
    rule: origin.rule,
    event: first < 0 ? null : `${journal}:${first}`,
    ...(last > first && first >= 0 ? { lastEvent: `${journal}:${last}` } : {}),
    placedBy: placing === undefined ? null : { how: placing.how, event: `${journal}:${placing.sequence}` },
    ...(origin.prompt === undefined ? {} : { prompt: origin.prompt }),
    ...(origin.commit === undefined ? {} : { commit: origin.commit }),
  };
}
