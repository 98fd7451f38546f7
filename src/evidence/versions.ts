import { hash } from 'node:crypto';
import { Allowance } from './allowance.ts';
import type { Member } from './bag.ts';
import type { EventOf } from './chronicle.ts';
import { memberEnding } from './exhibitMembers.ts';
import { milestoneName } from './exhibits.ts';
import { stamp } from './moment.ts';
import { csvMember } from './promptMembers.ts';
import { bytesOfFile, type StatedDocument } from './works.ts';

/** What `data/versions/` may hold; what is beyond is in its index, with its digest. */
const most = { files: 5000, bytes: 64 * 2 ** 20 };

const columns = [
  'number',
  'file',
  'milestone',
  'said',
  'marked',
  'path',
  'state',
  'bytes',
  'sha256',
  'savedBy',
  'event',
] as const;

/** A document as a milestone left it. */
interface Known {
  /** By which event the file got this text. */
  readonly savedAt: number;
  readonly path: string | undefined;
  readonly present: boolean;
  readonly sha256: string;
  readonly number: string;
  readonly file: string;
  readonly bytes: string;
}

const nothing: Omit<Known, 'savedAt' | 'path' | 'present'> = { sha256: '', number: '', file: '', bytes: '' };

/**
 * The files of the work as they stood at each milestone that the author marked: `V-NNNN`, from 1, with the text last saved
 * before it. Only what differs from the milestone before is there. `index.csv` says of each what became of it: `new`,
 * `changed`, `renamed`, `deleted`, and `unsaved` where an editor had more than the file; a milestone of which there is nothing to
 * say is there, `unchanged`. Mutable; told in order.
 */
export class Versions {
  readonly #journal: string;
  readonly #wanted: (document: StatedDocument) => boolean;
  readonly #allowance = new Allowance(most);
  readonly #known = new Map<number, Known>();
  readonly #rows: (readonly string[])[] = [];
  readonly #members: Member[] = [];
  #milestones = 0;
  #versions = 0;

  /** `wanted`: whether a document, as it is called at that time, is of the work. */
  constructor(journal: string, wanted: (document: StatedDocument) => boolean) {
    this.#journal = journal;
    this.#wanted = wanted;
  }

  at(event: EventOf<'milestone'>, documents: Iterable<StatedDocument>): void {
    const milestone = milestoneName(++this.#milestones);
    const said = [milestone, (event.texts?.[0] ?? '').replace(/\s+/gu, ' ').trim(), stamp(event)];
    const name = (sequence: number) => `${this.#journal}:${sequence}`;
    const row = (state: string, { number, file, sha256, bytes, path, savedAt }: Partial<Known>) => {
      const savedBy = savedAt === undefined ? '' : name(savedAt);
      const of = [number ?? '', file ?? '', ...said, path ?? '', state, bytes ?? '', sha256 ?? '', savedBy];
      this.#rows.push([...of, name(event.sequence)]);
    };
    const before = this.#rows.length;
    for (const document of documents) {
      if (!this.#wanted(document)) continue;
      const known = this.#known.get(document.document);
      const version = this.#versionOf(document, known);
      this.#known.set(document.document, version);
      const { path, present } = document;
      if (!present) {
        if (known?.present) row('deleted', { path, savedAt: event.sequence });
        continue;
      }
      if (!known?.present) row('new', version);
      else if (known.sha256 !== version.sha256) row('changed', version);
      else if (known.path !== path) row('renamed', version);
      if (document.unsaved || document.left !== undefined) row('unsaved', version);
    }
    if (this.#rows.length === before) row('unchanged', {});
  }

  /** Of a journal without milestones there is none. */
  members(): readonly Member[] {
    if (this.#rows.length === 0) return [];
    return [csvMember('data/versions/index.csv', [columns, ...this.#rows]), ...this.#members];
  }

  #versionOf(document: StatedDocument, known: Known | undefined): Known {
    const { savedAt, path, present } = document;
    const state = { savedAt, path, present };
    if (known?.savedAt === savedAt || !present) return { ...(known ?? nothing), ...state };
    const bytes = bytesOfFile(document)?.bytes;
    if (bytes === undefined) return { ...nothing, ...state };
    const sha256 = hash('sha256', bytes, 'hex');
    if (known?.sha256 === sha256) return { ...known, ...state };
    const number = `V-${String(++this.#versions).padStart(4, '0')}`;
    const held = this.#allowance.takes(bytes.length);
    const file = held ? `${number}.${memberEnding(path ?? '')}` : '';
    if (held) this.#members.push({ name: `data/versions/${file}`, bytes });
    return { ...state, sha256, number, file, bytes: String(bytes.length) };
  }
}
