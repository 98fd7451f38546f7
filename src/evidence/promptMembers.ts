import { hash } from 'node:crypto';
import { type Member, textMember } from './bag.ts';
import type { Chronicle } from './chronicle.ts';
import { stamp } from './moment.ts';
import { byCodeUnit } from './names.ts';
import { notesOf } from './promptNotes.ts';

// biome-ignore format: a list
const columns = [
  'number', 'file', 'asked', 'agent', 'model', 'conversation', 'by', 'characters', 'sha256', 'id', 'protect', 'note',
] as const;

/**
 * Each recorded prompt as a text of its own, and the register of them: `index.csv` as spreadsheet
 * programs on Russian and Kazakh systems open it (byte order mark, `;`). Times are UTC, as the AI
 * tool's own record has them. The author's note stands there on one line, and in the report as it is.
 */
export function promptMembers(chronicle: Chronicle): readonly Member[] {
  // The order and with it the numbers are those of the report's register.
  const prompts = chronicle.kept.prompt.toSorted((a, b) => a.asked - b.asked || byCodeUnit(a.id, b.id));
  const notes = notesOf([chronicle]);
  const rows: (readonly string[])[] = [columns];
  const members = prompts.map((prompt, i) => {
    const number = String(i + 1).padStart(4, '0');
    const text = prompt.texts?.[0] ?? '';
    const { note, protect } = notes.get(prompt.id) ?? { note: null, protect: 'undecided' };
    const member = textMember(`data/prompts/prompt-${number}.txt`, text);
    rows.push([
      number,
      `prompt-${number}.txt`,
      stamp({ time: prompt.asked, zone: 0 }),
      prompt.agent,
      prompt.model ?? '',
      prompt.conversation,
      prompt.by,
      String([...text].length),
      hash('sha256', member.bytes, 'hex'),
      prompt.id,
      protect,
      (note?.text ?? '').replace(/\s+/gu, ' ').trim(),
    ]);
    return member;
  });
  return [textMember('data/prompts/index.csv', `\ufeff${rows.map(csvRow).join('')}`), ...members];
}

/**
 * A row of RFC 4180 with `;`. A cell that a spreadsheet would take for a formula gets `'` before it; full-width signs are
 * taken for theirs on some systems.
 */
export function csvRow(cells: readonly string[]): string {
  const written = cells.map(cell => {
    const plain = /^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell;
    return /[;"\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  });
  return `${written.join(';')}\r\n`;
}
