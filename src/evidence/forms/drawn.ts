import { text as escaped } from '../html/markup.ts';
import type { Block, Cell, Form, FormPart } from './form.ts';
import { Wording } from './wording.ts';

/** A form in the markup of the report, as `pdf.ts` prints it: a page for each language. */
export function markupOf({ parts }: Form): string {
  return `<main>${parts.map(partMarkup).join('\n')}</main>`;
}

function partMarkup({ language, title, blocks }: FormPart): string {
  return `<section class="cover" lang="${language}">
<h1>${escaped(title)}</h1>
${blocksMarkup(blocks, language, 2)}
</section>`;
}

/** Blocks as markup. `level`: of their headings. */
export function blocksMarkup(blocks: readonly Block[], language: FormPart['language'], level: 2 | 4): string {
  const empty = `<span class="empty">${escaped(new Wording(language).t('empty'))}</span>`;
  return blocks.map(block => blockMarkup(block, empty, level)).join('\n');
}

function blockMarkup(block: Block, empty: string, level: 2 | 4): string {
  const shown = (cell: Cell) => (cell === null ? empty : lines(cell));
  switch (block.is) {
    case 'heading':
      return `<h${level}>${escaped(block.text)}</h${level}>`;
    case 'text':
      if (block.look === 'own') return `<blockquote class="prompt-text" dir="auto">${escaped(block.text)}</blockquote>`;
      return `<p${block.look === 'small' ? ' class="small"' : ''}>${escaped(block.text)}</p>`;
    case 'fields':
      return facts(
        block.fields.map(({ label, value, by }) => [
          label,
          by === 'person' ? `<span class="blank">${line(28)}</span>` : `<bdi>${shown(value)}</bdi>`,
        ]),
      );
    case 'list':
      if (block.boxes) return block.items.map(item => `<p>☐ ${escaped(item)}</p>`).join('\n');
      return `<ul>${block.items.map(item => `<li>${escaped(item)}</li>`).join('')}</ul>`;
    case 'table': {
      const row = ([first = null, ...cells]: readonly Cell[]) =>
        `<tr><th scope="row">${shown(first)}</th>${cells.map(cell => `<td>${shown(cell)}</td>`).join('')}</tr>`;
      const head = block.head.map(cell => `<th scope="col">${escaped(cell)}</th>`).join('');
      return `<div class="wide"><table class="figs words"><thead><tr>${head}</tr></thead><tbody>${block.rows.map(row).join('')}</tbody></table></div>`;
    }
    case 'lines':
      return `<p class="blank">${Array(block.count).fill(line(72)).join('<br>')}</p>`;
    case 'signature':
      return facts(
        block.labels.map(label => [label, `<span class="blank">${line(28)}</span>`]),
        'facts signed',
      );
  }
}

function facts(rows: readonly (readonly [label: string, html: string])[], look = 'facts'): string {
  const drawn = rows.map(([label, html]) => `<tr><th scope="row">${escaped(label)}</th><td>${html}</td></tr>`);
  return `<table class="${look}"><tbody>${drawn.join('')}</tbody></table>`;
}

/** A line to write on. */
export function line(letters: number): string {
  return '_'.repeat(letters);
}

/** Lines of a value stay lines. */
function lines(value: string): string {
  return value
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(escaped)
    .join('<br>');
}
