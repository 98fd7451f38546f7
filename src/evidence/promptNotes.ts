import type { Chronicle } from './chronicle.ts';
import { stamp } from './moment.ts';

/** The author's own words about a prompt, and when they wrote them. */
export interface AuthorNote {
  readonly text: string;
  readonly at: string;
  readonly event: string;
}

/** What the author says of one prompt. */
export interface Said {
  readonly note: AuthorNote | null;
  readonly protect: 'yes' | 'no' | 'undecided';
}

/**
 * By id of the prompt: the latest holds, in whole. A prompt of an earlier journal of the work may be spoken of in the one
 * that goes on; of two journals the one whose clock was later holds.
 */
export function notesOf(chronicles: readonly Chronicle[]): ReadonlyMap<string, Said> {
  const said = new Map<string, Said & { readonly time: number }>();
  for (const { id, kept } of chronicles) {
    for (const { prompt, protect, texts, sequence, time, zone } of new Map(
      kept.promptNote.map(event => [event.prompt, event]),
    ).values()) {
      if ((said.get(prompt)?.time ?? time) > time) continue;
      const text = texts?.[0] ?? '';
      const note = text === '' ? null : { text, at: stamp({ time, zone }), event: `${id}:${sequence}` };
      said.set(prompt, { note, protect: protect === true ? 'yes' : protect === false ? 'no' : 'undecided', time });
    }
  }
  return said;
}
