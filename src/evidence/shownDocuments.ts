import { handOf } from '../provenance/origin.ts';
import type { Chronicle, ReplayedDocument } from './chronicle.ts';

export interface Shown {
  /** By rank of the chronicle. */
  readonly shown: readonly (readonly ReplayedDocument[])[];
  /** Accounts of files that another journal's stands for. */
  readonly superseded: readonly { readonly journal: string; readonly path: string }[];
}

/**
 * Of a path that several journals record one account is shown: that of the last one; but where an earlier one ends with
 * the very same text and knows of more of it how it came, that one's: it was there when the text was written. Short texts
 * are equal by chance.
 */
export function shownDocuments(chronicles: readonly Chronicle[], wanted: (path: string) => boolean): Shown {
  const ranks = new Map<string, number>();
  for (const [rank, chronicle] of chronicles.entries()) {
    for (const document of present(chronicle, wanted)) {
      const before = ranks.get(document.path);
      const kept = before !== undefined && isBetter(chronicles[before]!, chronicle, document);
      if (!kept) ranks.set(document.path, rank);
    }
  }
  const superseded: { journal: string; path: string }[] = [];
  const shown = chronicles.map((chronicle, rank) =>
    [...present(chronicle, wanted)].filter(({ path }) => {
      if (ranks.get(path) === rank) return true;
      superseded.push({ journal: chronicle.id, path });
      return false;
    }),
  );
  return { shown, superseded };
}

/** UTF-16 code units that a text must have, trimmed, for its like to say anything of it; as `journal/recallBars.ts` has it. */
const shortest = 24;

/** Whether an earlier journal has the text of a later one's document, and knows more of it. */
function isBetter(earlier: Chronicle, later: Chronicle, document: Present): boolean {
  const text = document.text.toString();
  if (text.trim().length < shortest) return false;
  for (const other of earlier.folding.documents.values()) {
    if (other.path !== document.path || !other.present || other.text.toString() !== text) continue;
    return unseen(earlier, other) < unseen(later, document);
  }
  return false;
}

/** Characters of which the journal did not see how they came. */
function unseen({ folding }: Chronicle, { provenance }: ReplayedDocument): number {
  let characters = 0;
  for (const { length, origin } of folding.origins.walk(provenance.spans())) {
    const hand = handOf(origin.kind);
    if (hand === 'unknown' || hand === 'outside' || hand === 'earlier') characters += length;
  }
  return characters;
}

type Present = ReplayedDocument & { readonly path: string };

function* present({ folding }: Chronicle, wanted: (path: string) => boolean): Generator<Present> {
  for (const document of folding.documents.values()) {
    if (document.path !== undefined && document.present && wanted(document.path)) yield document as Present;
  }
}
