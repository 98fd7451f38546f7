import { hash } from 'node:crypto';
import { type Member, textMember } from './bag.ts';
import type { Chronicle } from './chronicle.ts';
import { stamp } from './moment.ts';
import { byCodeUnit } from './names.ts';

/**
 * Each recorded prompt as a text of its own, and the register of them: `index.csv` as spreadsheet
 * programs on Russian and Kazakh systems open it (byte order mark, `;`). Times are UTC, as the AI
 * tool's own record has them.
 */
export function promptMembers({ kept }: Chronicle): readonly Member[] {
  // The order and with it the numbers are those of the report's register.
  const prompts = kept.prompt.toSorted((a, b) => a.asked - b.asked || byCodeUnit(a.id, b.id));
  const rows = [['number', 'file', 'asked', 'agent', 'model', 'conversation', 'by', 'characters', 'sha256', 'id']];
  const members = prompts.map((prompt, i) => {
    const number = String(i + 1).padStart(4, '0');
    const text = prompt.texts?.[0] ?? '';
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
    ]);
    return member;
  });
  return [textMember('data/prompts/index.csv', `\ufeff${rows.map(csvRow).join('')}`), ...members];
}

/** A row of RFC 4180 with `;`. A cell that a spreadsheet would take for a formula gets `'` before it. */
export function csvRow(cells: readonly string[]): string {
  const written = cells.map(cell => {
    const plain = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
    return /[;"\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  });
  return `${written.join(';')}\r\n`;
}
