import fc from 'fast-check';
import type { Origin } from '../../src/provenance/origin.ts';
import { Story, typed } from './story.ts';

const completion: Origin = { kind: 'ai.completion', basis: 'asserted', rule: 'mark.commit' };
const files = ['a.md', 'b.md'] as const;

const act = fc.record({
  what: fc.constantFrom(
    'type',
    'type',
    'type',
    'back',
    'back',
    'delete',
    'over',
    'go',
    'step',
    'step',
    'accept',
    'copy',
    'turn',
    'end',
  ),
  file: fc.constantFrom(...files),
  text: fc.constantFrom('a', 'word', 'сөз ', '\n', '😀', '\ud800', 'x'.repeat(70_000)),
  size: fc.nat(6),
  at: fc.nat(999),
});

/**
 * Somebody at the keys of two texts: most acts go on where the one before left off. Letters, arrow keys, taking back, deleting
 * forward, typing over, completions, copies, saves, closing without a save and opening again.
 */
export const typedStory: fc.Arbitrary<Story> = fc.array(act, { minLength: 1, maxLength: 60 }).map(acts => {
  const story = new Story('typed', '2026-11-12T04:10:00Z', 'Typed');
  story.session();
  for (const file of files) {
    story.baseline(file, file === 'a.md' ? 'It begins here.\n' : '');
    story.open(file);
  }
  const carets: Record<string, number> = { 'a.md': 3, 'b.md': 0 };
  let time = Date.parse('2026-11-12T05:00:00Z');
  const put = (file: string, from: number, to: number, text: string, origin = typed) => {
    // A key a while after the one before it; some minutes end within a word.
    time += 170 + ((from * 7_919) % 9_000);
    story.clock(new Date(time).toISOString());
    story.put(file, from, to, text, origin);
    carets[file] = from + text.length;
  };
  for (const { what, file, text, size, at } of acts) {
    const page = story.page(file);
    const { length } = page.text;
    const caret = carets[file]!;
    switch (what) {
      case 'type':
        for (const key of text.length < 9 ? text : 'x') put(file, carets[file]!, carets[file]!, key);
        break;
      case 'back':
        for (let n = size; n > 0 && carets[file]! > 0; n--) put(file, carets[file]! - 1, carets[file]!, '');
        break;
      case 'delete':
        put(file, caret, Math.min(length, caret + size), '');
        break;
      case 'over':
        put(file, Math.max(0, caret - size), Math.min(length, caret + (at % 3)), text);
        break;
      case 'go':
        carets[file] = Math.floor((at / 1000) * (length + 1));
        break;
      case 'step':
        carets[file] = Math.min(length, Math.max(0, caret + (at % 2 === 0 ? 1 : -1)));
        break;
      case 'accept':
        put(file, caret, caret, text, completion);
        break;
      case 'copy': {
        const known = page.serials.get('word');
        if (known === undefined) break;
        const spans = [{ length: 4, serial: known }];
        story.put(file, caret, caret, 'word', typed, { how: 'paste', spans });
        break;
      }
      case 'turn':
        story.save(file);
        break;
      case 'end':
        story.save(file);
        story.close(file);
        story.open(file);
        story.put(file, page.text.length, page.text.length, 'unsaved', typed);
        // What was left unsaved is no part of the file, and the next tracker does not have it.
        story.close(file);
        page.text = page.text.slice(0, -'unsaved'.length);
        story.open(file);
        carets[file] = 0;
    }
  }
  return story;
});
