import fc from 'fast-check';
import type { Origin } from '../../src/provenance/origin.ts';
import { Story, typed } from './story.ts';

const others: readonly Origin[] = [
  { kind: 'ai.completion', basis: 'asserted', rule: 'mark.commit' },
  { kind: 'ai.agent', basis: 'proven', rule: 'agent.texts', prompt: 'claude-code:c:1' },
  { kind: 'tool.format', basis: 'inferred', rule: 'saving' },
  { kind: 'pasted.external', basis: 'asserted', rule: 'paste.outside' },
  { kind: 'external.disk', basis: 'inferred', rule: 'disk.watcher' },
  { kind: 'external.git', basis: 'proven', rule: 'git.file', commit: '1f0c5d3f2f6a4e6d9b8a7c6d5e4f3a2b1c0d9e8f' },
  { kind: 'unknown', basis: 'none', rule: 'none' },
];

const acts = fc.record({
  what: fc.constantFrom('type', 'type', 'insert', 'insert', 'replace', 'move', 'outside', 'save', 'session', 'resolve'),
  file: fc.constantFrom('a.md', 'b.ts'),
  /** Places, as parts of 1000 of the text. */
  from: fc.nat(999),
  length: fc.nat(12),
  digits: fc.array(fc.constantFrom('1', '2', '3 ', '4.\n'), { minLength: 1, maxLength: 4 }),
  letters: fc.array(fc.constantFrom('a', 'b ', 'c.', 'd\n', '😀e', '\u202ef'), { minLength: 1, maxLength: 6 }),
  origin: fc.constantFrom(...others),
  pause: fc.nat(10_000_000),
});

/** Any story in which a person types digits and every other hand puts in letters. */
export const randomStory: fc.Arbitrary<Story> = fc.array(acts, { maxLength: 40 }).map(list => {
  const story = new Story('random', '2026-11-12T04:10:00Z', 'Random');
  story.session();
  story.prompt('claude-code:c:1', 'letters, please');
  story.baseline('a.md', 'begin here.\n');
  story.baseline('b.ts', '');
  for (const file of ['a.md', 'b.ts']) story.open(file);
  let time = Date.parse('2026-11-12T05:00:00Z');
  for (const act of list) {
    time += act.pause;
    story.clock(new Date(time).toISOString());
    play(story, act);
  }
  for (const file of ['a.md', 'b.ts']) if (story.page(file).tracker > 0) story.save(file);
  return story;
});

function play(story: Story, act: typeof acts extends fc.Arbitrary<infer T> ? T : never): void {
  const page = story.page(act.file);
  const from = whole(page.text, Math.floor((act.from / 1000) * (page.text.length + 1)));
  const to = whole(page.text, Math.min(page.text.length, from + act.length));
  const letters = act.letters.join('');
  switch (act.what) {
    case 'type':
      story.put(act.file, from, from, act.digits.join(''), typed);
      return;
    case 'insert':
      story.put(act.file, from, from, letters, act.origin);
      return;
    case 'replace':
      story.put(act.file, from, to, letters, act.origin);
      return;
    case 'move': {
      const [known] = page.serials;
      if (known === undefined) return;
      const spans = [{ length: known[0].length, serial: known[1] }];
      story.put(act.file, from, to, known[0], typed, { how: 'paste', spans });
      return;
    }
    case 'outside':
      story.save(act.file);
      story.close(act.file);
      story.outside(act.file, page.text.slice(0, from) + letters + page.text.slice(to));
      story.open(act.file);
      return;
    case 'resolve': {
      const [known] = page.serials;
      if (known === undefined || /\d/.test(known[0])) return;
      const ranges = [{ serial: known[1], length: whole(known[0], Math.min(known[0].length, 2 + act.length)) }];
      story.add({ kind: 'resolution', ranges, origin: others[1]! });
      return;
    }
    case 'save':
      story.save(act.file);
      return;
    case 'session':
      story.save('a.md');
      story.save('b.ts');
      for (const file of ['a.md', 'b.ts']) story.close(file);
      story.session();
      for (const file of ['a.md', 'b.ts']) story.open(file);
  }
}

/** The offset itself, or the one before where it would part a pair. */
function whole(text: string, offset: number): number {
  return (text.charCodeAt(offset) & 0xfc00) === 0xdc00 ? offset - 1 : offset;
}
