import type { JournalEvent } from '../journal/event.ts';
import { type Onlooker, PackFold } from '../journal/packFold.ts';
import { Replay } from '../journal/replay.ts';
import type { Chronicle, ChronicleSource } from './chronicle.ts';
import type { Outputs } from './outputs.ts';
import type { Versions } from './versions.ts';

/**
 * Folds a journal once more, for what a package holds beside the work: its files as they stood at milestones, and what AI
 * systems gave, of which a chronicle keeps no text. A journal that has neither is not read again.
 */
export function reread(
  source: ChronicleSource,
  { kept }: Chronicle,
  { versions, outputs }: { readonly versions: Versions; readonly outputs: Outputs },
): void {
  if (kept.milestone.length + kept.answer.length + kept.agentEdit.length === 0) return;
  const replay = new Replay();
  const onlooker = new Rereading(replay, versions, outputs);
  if (source.packs !== undefined) {
    const fold = new PackFold(replay, onlooker);
    for (const pack of source.packs()) fold.fold(pack);
    return;
  }
  for (const event of source.events()) {
    replay.apply(event);
    onlooker.after(event);
  }
}

class Rereading implements Onlooker {
  readonly #replay: Replay;
  readonly #versions: Versions;
  readonly #outputs: Outputs;

  constructor(replay: Replay, versions: Versions, outputs: Outputs) {
    this.#replay = replay;
    this.#versions = versions;
    this.#outputs = outputs;
  }

  after(event: JournalEvent): void {
    if (event.kind === 'milestone') this.#versions.at(event, this.#replay.documents.values());
    else if (event.kind === 'answer' || event.kind === 'agentEdit') this.#outputs.add(event);
  }

  before(): void {
    // Nothing is asked of a text before it changes.
  }

  plain(): void {
    // Typing is neither.
  }

  wentOn(): void {
    // Nor is typing that goes on.
  }

  removed(): void {
    // What is gone by a milestone is not in it.
  }
}
