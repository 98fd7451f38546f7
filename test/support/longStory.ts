import { Story } from './story.ts';

const completion = { kind: 'ai.completion', basis: 'asserted', rule: 'mark.commit' } as const;
const typed = { kind: 'typed', basis: 'asserted', rule: 'keyboard' } as const;
const sentences = [
  'The train stopped at dawn, while the fog still hung over the steppe.',
  'Поезд остановился на рассвете, когда над степью ещё висел туман.',
  'Таң ата пойыз тоқтады, дала үстінде тұман әлі сейілмеген еді.',
  '',
];

/** A work of that many lines, put in line by line: every third by a machine, in every fifth a word by the other hand. */
export function longStory(lines: number): Story {
  const story = new Story('long', '2026-11-12T04:10:00Z', 'Long');
  story.session();
  story.baseline('long.md', '');
  story.open('long.md');
  let at = 0;
  for (let i = 0; i < lines - 1; i++) {
    const line = `${sentences[i % sentences.length]}\n`;
    const machine = i % 3 === 0;
    story.put('long.md', at, at, line, machine ? completion : typed);
    at += line.length;
    if (i % 5 > 0 || line.length < 10) continue;
    story.put('long.md', at - 8, at - 8, 'word ', machine ? typed : completion);
    at += 5;
  }
  story.save('long.md');
  return story;
}
