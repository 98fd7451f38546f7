import { line } from './drawn.ts';
import type { Block, Cell, Form } from './form.ts';
import { seen } from './seen.ts';
import { Wording } from './wording.ts';

/** A form as plain text, for its lines to be copied: what is not given stands as such, controls and marks of direction as `U+XXXX`. */
export function plainText({ parts }: Form): string {
  const drawn = parts.map(({ language, title, blocks }) => {
    const empty = `[${new Wording(language).t('empty')}]`;
    return [`${title}\n${'='.repeat([...title].length)}`, ...blocks.map(block => blockText(block, empty))].join('\n\n');
  });
  return `${drawn.join('\n\n\n')}\n`;
}

function blockText(block: Block, empty: string): string {
  const shown = (cell: Cell) => (cell === null ? empty : seen(cell));
  switch (block.is) {
    case 'heading':
      return `${block.text}\n${'-'.repeat([...block.text].length)}`;
    case 'text':
      return seen(block.text);
    case 'fields':
      return block.fields
        .map(({ label, value, by }) => `${label}:\n${by === 'person' ? line(28) : shown(value)}`)
        .join('\n\n');
    case 'list':
      return block.items.map(item => `${block.boxes ? '[ ]' : '-'} ${seen(item)}`).join('\n');
    case 'table':
      return [block.head, ...block.rows].map(row => row.map(shown).join(' | ')).join('\n');
    case 'lines':
      return Array(block.count).fill(line(72)).join('\n');
    case 'signature':
      return block.labels.map(label => `${label}: ${line(28)}`).join('\n');
  }
}
