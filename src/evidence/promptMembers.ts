import { hash } from 'node:crypto';
import { linesMember, type Member, textMember } from './bag.ts';
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
 * A row of RFC 4180 with `;`. A cell that a spreadsheet would take for a formula gets `'` before it, and so does what
 * stands behind a comma, which begins a cell on systems whose lists have commas; full-width signs are taken for theirs on
 * some. There an end of line would begin a row: a cell is one line. What is not seen, or turns its neighbours, stands as
 * its code point.
 */
export function csvRow(cells: readonly string[]): string {
  const written = cells.map(cell => {
    const line = cell.replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ').replace(unseen, codePoint);
    const plain = line.replace(/(^|,)(?= *"*[=+\-@＝＋－＠])/g, "$1'");
    return /[;"]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  });
  return `${written.join(';')}\r\n`;
}

/** A table of such rows, with a byte order mark; it may grow beyond what a string may hold. */
export function csvMember(name: string, rows: readonly (readonly string[])[]): Member {
  return linesMember(name, csvLines(rows));
}

function* csvLines(rows: readonly (readonly string[])[]): Generator<string> {
  yield '\ufeff';
  for (const row of rows) yield csvRow(row);
}

/** Controls, and marks that turn the direction of what stands beside them. */
const unseen = /[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu;

function codePoint(char: string): string {
  return `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
