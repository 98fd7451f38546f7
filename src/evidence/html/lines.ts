import { type Hand, hands } from '../../provenance/origin.ts';
import type { FileAccount } from '../account.ts';
import { shortId } from './commits.ts';
import { attribute, text } from './markup.ts';
import { type Run, runsOf } from './runs.ts';
import type { Words } from './words.ts';

/** How the page names things that the text points at. */
export interface Pointers {
  /** Number of a prompt in the register. */
  prompt(id: string): number | undefined;
  /** Who wrote a git commit. */
  author(commit: string): string | undefined;
  /** So many runs are marked that what is known of each stands in the report's data alone. */
  readonly lean: boolean;
  /** Id of an element for the next run that a prompt led to; undefined where nothing is pointed at. */
  run(prompt: number): string | undefined;
}

/** One letter a hand, for classes: the report's style knows them. */
export const handClass: Readonly<Record<Hand, string>> = {
  human: 'hu',
  machine: 'ma',
  mechanical: 'me',
  outside: 'ou',
  earlier: 'ea',
  unknown: 'un',
};

/** Marked runs of which a page tells what is known of each: with more it would be too large to open. */
const mostTold = 100_000;

export function isLean(files: readonly FileAccount[]): boolean {
  return files.reduce((n, { spans }) => n + spans.length, 0) > mostTold;
}

/** Lines in one block: the browser lays out only the blocks that are near the screen. */
const blockLines = 50;

/**
 * A file's text, line by line, its runs marked: typed text stands plain; any other is underlined in its
 * hand's own way and stands in brackets that open with the hand's letter (and the prompt's number), so
 * the marks survive grey print and plain copies. White space bears no mark. Heights are put in `heights`.
 */
export function linesOf(file: FileAccount, words: Words, pointers: Pointers, heights: Set<number>): string {
  const page = new Lines(file, words, pointers, heights);
  for (const run of runsOf(file)) page.add(run);
  return page.end();
}

class Lines {
  readonly #file: FileAccount;
  readonly #words: Words;
  readonly #pointers: Pointers;
  readonly #heights: Set<number>;
  readonly #columns: number;
  readonly #rowHeight: number;
  readonly #blocks: string[] = [];
  #block: string[] = [];
  #height = 0;
  #number = 1;
  #line = '';
  #length = 0;
  #hands = new Set<Hand>();

  constructor(file: FileAccount, words: Words, pointers: Pointers, heights: Set<number>) {
    this.#file = file;
    this.#words = words;
    this.#pointers = pointers;
    this.#heights = heights;
    const prose = file.passages.unit === 'sentence';
    this.#columns = prose ? 90 : 100;
    this.#rowHeight = prose ? 27 : 20;
  }

  add(run: Run): void {
    const { text: whole } = this.#file;
    const ink = inkOf(whole, run.from, run.to);
    for (let at = run.from; at <= run.to; ) {
      const newline = whole.indexOf('\n', at);
      const stop = newline < 0 || newline >= run.to ? run.to : newline;
      this.#portion(run, at, stop, ink);
      if (stop === run.to) break;
      this.#endLine();
      at = stop + 1;
    }
  }

  end(): string {
    this.#endLine();
    if (this.#block.length > 0) this.#endBlock();
    return this.#blocks.join('\n');
  }

  #portion(run: Run, from: number, to: number, ink: Ink | undefined): void {
    const { text: whole } = this.#file;
    const own = ink === undefined ? undefined : inkOf(whole, from, to);
    this.#length += to - from;
    if (own === undefined || ink === undefined) {
      this.#line += text(whole.slice(from, to));
      return;
    }
    this.#hands.add(run.hand);
    if (run.hand === 'human') {
      this.#line += text(whole.slice(from, to));
      return;
    }
    const brackets = run.hand !== 'mechanical' || ink.to - ink.from > 2;
    const opens = brackets && own.from === ink.from;
    const closes = brackets && own.to === ink.to;
    this.#line += text(whole.slice(from, own.from));
    this.#line += this.#open(run, opens);
    this.#line += text(whole.slice(own.from, own.to));
    this.#line += closes ? '<i>⟧</i></span>' : '</span>';
    this.#line += text(whole.slice(own.to, to));
  }

  #open(run: Run, bracket: boolean): string {
    const words = this.#words;
    const number = run.prompt === undefined ? undefined : this.#pointers.prompt(run.prompt);
    if (this.#pointers.lean) return this.#lean(run, number, bracket);
    const facts = [words.named('kind', run.kind), words.named('basis', run.basis)];
    if (run.placed !== undefined) facts.push(words.named('placement', run.placed));
    if (run.event !== null)
      facts.push(words.t('text.event', { event: run.event.slice(run.event.lastIndexOf(':') + 1) }));
    if (number !== undefined) facts.push(words.t('text.prompt', { number }));
    if (run.commit !== undefined) {
      const author = this.#pointers.author(run.commit) || '—';
      facts.push(words.t('text.commit', { id: run.commit.slice(0, shortId), author }));
    }
    const title = attribute(facts.map(unescaped).join(' · '));
    const letter = words.named('letter', run.hand);
    if (number === undefined) {
      const mark = bracket ? `<i>⟦${letter} </i>` : '';
      return `<span class="${handClass[run.hand]}" title="${title}">${mark}`;
    }
    const id = bracket ? this.#pointers.run(number) : undefined;
    const opening = `⟦${letter}${number} `;
    if (id === undefined) {
      const mark = bracket ? `<i>${opening}</i>` : '';
      return `<span class="${handClass[run.hand]}" title="${title}">${mark}`;
    }
    return `<span class="${handClass[run.hand]}" id="${id}" title="${title}"><a href="#p${number}">${opening}</a>`;
  }

  #lean(run: Run, number: number | undefined, bracket: boolean): string {
    const mark = bracket ? `<i>⟦${this.#words.named('letter', run.hand)}${number ?? ''} </i>` : '';
    return `<span class="${handClass[run.hand]}">${mark}`;
  }

  #endLine(): void {
    const letters = hands.filter(hand => this.#hands.has(hand)).map(hand => this.#words.named('letter', hand));
    const state = this.#hands.has('machine') ? ' xm' : [...this.#hands].some(hand => hand !== 'human') ? ' xo' : '';
    this.#block.push(
      `<div class="l${state}" data-n="${this.#number}" data-h="${letters.join('')}" dir="auto">${this.#line}\n</div>`,
    );
    this.#height += this.#rowHeight * Math.max(1, Math.ceil(this.#length / this.#columns));
    this.#number++;
    this.#line = '';
    this.#length = 0;
    this.#hands = new Set();
    if (this.#block.length === blockLines) this.#endBlock();
  }

  #endBlock(): void {
    // In steps, so that the style names few heights; they are only guesses until a block is laid out.
    const height = Math.ceil(this.#height / 50) * 50;
    this.#heights.add(height);
    this.#blocks.push(`<div class="b b${height}">${this.#block.join('')}</div>`);
    this.#block = [];
    this.#height = 0;
  }
}

interface Ink {
  readonly from: number;
  readonly to: number;
}

/** From the first to the last character that is no white space. */
function inkOf(whole: string, from: number, to: number): Ink | undefined {
  let start = from;
  let end = to;
  while (start < end && isSpace(whole, start)) start++;
  while (end > start && isSpace(whole, end - 1)) end--;
  return start === end ? undefined : { from: start, to: end };
}

function isSpace(whole: string, at: number): boolean {
  const unit = whole.charCodeAt(at);
  return unit === 0x20 || unit === 0x0a || unit === 0x09 || unit === 0xa0;
}

/** Our own texts hold no markup but the non-breaking space; titles are escaped as a whole. */
function unescaped(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
