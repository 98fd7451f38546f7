import { hash } from 'node:crypto';
import { Allowance } from './allowance.ts';
import { type Member, textMember } from './bag.ts';
import type { EventOf } from './chronicle.ts';
import { stamp } from './moment.ts';
import { csvMember } from './promptMembers.ts';

/** What `data/outputs/` may hold; what is beyond is in its index, with its digest. */
const most = { files: 10_000, bytes: 64 * 2 ** 20 };

// biome-ignore format: a list
const columns = [
  'number', 'file', 'what', 'given', 'agent', 'model', 'conversation', 'prompt', 'path', 'places', 'characters',
  'sha256', 'of', 'reconstructed', 'id', 'event',
] as const;

/**
 * What AI systems gave, as their own records have it: `output-NNNN.txt`, from 1, each answer (`answer`), each new text of a
 * replacement (`replacement`), each whole file that a tool left (`file`), where `places` are the UTF-16 units that the tool
 * put in, half-open, if its record tells. What was taken out or withheld is ▮. Times are UTC, as the record has them. What
 * a tool put in without a record of its own stands in the spans alone. Mutable; told in order.
 */
export class Outputs {
  readonly #journal: string;
  readonly #allowance: Allowance;
  readonly #rows: (readonly string[])[] = [];
  readonly #members: Member[] = [];

  /** `allowed`: what its folder may hold. */
  constructor(journal: string, allowed = most) {
    this.#journal = journal;
    this.#allowance = new Allowance(allowed);
  }

  /** An edit whose record has no text is none. */
  add(event: EventOf<'answer' | 'agentEdit'>): void {
    const given = event.kind === 'answer' ? answerOf(event) : editOf(event);
    if (given === undefined) return;
    const number = String(this.#rows.length + 1).padStart(4, '0');
    const { bytes } = textMember('', given.text);
    const held = this.#allowance.takes(bytes.length);
    const file = held ? `output-${number}.txt` : '';
    if (held) this.#members.push({ name: `data/outputs/${file}`, bytes });
    this.#rows.push([
      number,
      file,
      given.what,
      stamp({ time: given.time, zone: 0 }),
      event.agent,
      event.model ?? '',
      event.conversation,
      event.prompt ?? '',
      given.path,
      given.places,
      String([...given.text].length),
      hash('sha256', bytes, 'hex'),
      given.of,
      event.reconstructed ? 'yes' : '',
      event.id,
      `${this.#journal}:${event.sequence}`,
    ]);
  }

  /** Of a journal without outputs there is none. */
  members(): readonly Member[] {
    if (this.#rows.length === 0) return [];
    return [csvMember('data/outputs/index.csv', [columns, ...this.#rows]), ...this.#members];
  }
}

interface Given {
  readonly what: 'answer' | 'replacement' | 'file';
  readonly text: string;
  /** Ms since 1970 UTC. */
  readonly time: number;
  readonly path: string;
  readonly places: string;
  readonly of: string;
}

function answerOf({ texts = [], answered }: EventOf<'answer'>): Given {
  return { what: 'answer', text: texts[0] ?? '', time: answered, path: '', places: '', of: '' };
}

function editOf({ gives, texts = [], brings, made, path, of = '' }: EventOf<'agentEdit'>): Given | undefined {
  const [first, second, third] = texts;
  const replaced = gives === 'replaced' ? second : gives === 'both' ? third : undefined;
  const shared = { time: made, path, of };
  if (replaced !== undefined) return { what: 'replacement', text: replaced, places: '', ...shared };
  if (gives === 'none' || gives === 'replaced' || first === undefined) return undefined;
  const places = (brings ?? []).map(([from, to]) => `${from}-${to}`).join(' ');
  return { what: 'file', text: first, places: places.length > 2000 ? `${places.slice(0, 2000)}…` : places, ...shared };
}
