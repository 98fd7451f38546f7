/** Acts that follow one another, as events that do. */
export interface Committed {
  readonly ordinal: number;
  readonly sequence: number;
  readonly count: number;
}

export type Block = { -readonly [K in keyof Committed]: Committed[K] };

/** So many acts more, none among them; they join the last block where they go on with it. */
export function addTo(blocks: Block[], ordinal: number, sequence: number, count: number): void {
  const last = blocks.at(-1);
  if (last !== undefined && last.ordinal + last.count === ordinal) last.count += count;
  else if (count > 0) blocks.push({ ordinal, sequence, count });
}
