import type { Chronicle } from './chronicle.ts';
import { stamp } from './moment.ts';

/** The author's own words about a prompt, and when they wrote them. */
export interface AuthorNote {
  readonly text: string;
  readonly at: string;
  readonly event: string;
}

/** What the author says of each prompt, by its id: the latest holds, in whole. */
export function notesOf({ id, kept }: Chronicle): ReadonlyMap<string, { note: AuthorNote | null; protect: Protect }> {
  return new Map(
    kept.promptNote.map(({ prompt, protect, texts, sequence, time, zone }) => {
      const text = texts?.[0] ?? '';
      const note = text === '' ? null : { text, at: stamp({ time, zone }), event: `${id}:${sequence}` };
      return [prompt, { note, protect: protect === true ? 'yes' : protect === false ? 'no' : 'undecided' }];
    }),
  );
}

type Protect = 'yes' | 'no' | 'undecided';
