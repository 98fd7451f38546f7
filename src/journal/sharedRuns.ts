import { bareOf } from './bareText.ts';
import { matchesOf } from './recallMatches.ts';
import { printsOf } from './recallPrints.ts';
import type { Source } from './recallSource.ts';
import { RecallTable } from './recallTable.ts';

/** Runs of a text, 24 units and more of whole words, that stand in the other text too, word by word. */
export function sharedRuns(text: string, other: string): { readonly from: number; readonly to: number }[] {
  if (other === '') return [];
  const [bare, source] = [bareOf(text), new PlainSource(bareOf(other).text)];
  const table = new RecallTable();
  printsOf(source.text, (hash, at) => table.put(hash, at));
  const places = (hash: number) => table.places(hash)?.map(at => ({ source, at }));
  return matchesOf(bare.text, places).map(({ from, to }) => ({ from: bare.at[from]!, to: bare.at[to - 1]! + 1 }));
}

/** A text of nobody's. */
class PlainSource implements Source {
  readonly document = 0;
  readonly stands = false;
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get length(): number {
    return this.text.length;
  }

  unit(at: number): number {
    return this.text.charCodeAt(at);
  }

  slice(from: number, to: number): string {
    return this.text.slice(from, to);
  }

  spans(): [] {
    return [];
  }
}
