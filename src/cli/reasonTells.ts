import { lastOf } from '../journal/lastText.ts';
import { occurrences } from '../journal/occurrences.ts';
import type { JournalReader } from '../journal/reader.ts';
import type { Target } from '../journal/redactionPlan.ts';
import { needlesOf } from './leftElsewhere.ts';

/** Words in a row that repeat a longer passage. */
const row = 3;
/** In a passage of so few words each says much. */
const few = 12;
/** Letters of a word that says something by itself. */
const telling = 4;

/**
 * Whether a reason says what is to go: it is recorded, and stays. The words or the name itself; of a passage or a prompt
 * three words in a row, and of a short one any longer word of it, or a number. Letter case and signs aside.
 */
export function reasonTells(reason: string, targets: readonly Target[], reader: JournalReader): boolean {
  if (!occurrences(reason, needlesOf(targets)).next().done) return true;
  return wordingsOf(targets, reader).some(wording => repeats(reason, wording));
}

/** Whether a reason repeats some of a passage. */
export function repeats(reason: string, passage: string): boolean {
  const [said, wording] = [wordsOf(reason), wordsOf(passage)];
  const length = Math.min(row, wording.length);
  const rows = new Set(length === row ? rowsOf(wording, length) : rowsOf(wording, length).filter(isTelling));
  if (length > 0 && rowsOf(said, length).some(words => rows.has(words))) return true;
  const short = new Set(wording.length > few ? [] : wording);
  return said.some(word => short.has(word) && isTelling(word));
}

function isTelling(word: string): boolean {
  return word.length >= telling || /\p{N}/u.test(word);
}

function rowsOf(words: readonly string[], length: number): string[] {
  return words.slice(0, words.length - length + 1).map((_, i) => words.slice(i, i + length).join(' '));
}

/** Runs of letters, marks and digits, in lower case. */
function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  );
}

/** Texts of the passages and prompts, as they were recorded last; nothing of what is not there. */
function wordingsOf(targets: readonly Target[], reader: JournalReader): string[] {
  const asked = new Set(targets.flatMap(target => (target.kind === 'prompt' ? [target.id] : [])));
  const passages = targets.filter(target => target.kind === 'passage');
  if (asked.size + passages.length === 0) return [];
  const texts: string[] = [];
  for (const { path, from, to } of passages) {
    const state = reader.replay();
    const document = state.at(path);
    if (document !== undefined) texts.push(lastOf(state, document).text.slice(from, to));
  }
  if (asked.size === 0) return texts;
  for (const pack of reader.packs()) {
    while (pack.next()) {
      // All that is asked or answered is a row.
      if (pack.changed) continue;
      const event = pack.event();
      if ('id' in event && asked.has(event.id)) texts.push(...(event.texts ?? []));
    }
  }
  return texts;
}
