import { createPrivateKey } from 'node:crypto';
import type { PackageSource } from '../../src/evidence/packageSource.ts';
import { eventDigest } from '../../src/journal/canonical.ts';
import { Frontier, SEGMENT } from '../../src/journal/chain.ts';
import { formatCheckpoint, originOf, signCheckpoint } from '../../src/journal/checkpoint.ts';
import { sha256, toHex } from '../../src/journal/digest.ts';
import type { EventBody, FileFormat, JournalEvent } from '../../src/journal/event.ts';
import { encodeFile, fileDigest } from '../../src/journal/files.ts';
import { type KeyPlace, keyBody } from '../../src/journal/keyEvent.ts';
import { type Signer, signerOf } from '../../src/journal/keys.ts';
import { plainTextDigest } from '../../src/journal/parts.ts';
import type { Origin } from '../../src/provenance/origin.ts';

export const utf8: FileFormat = { encoding: 'utf-8', bom: false, eol: '\n' };
export const typed: Origin = { kind: 'typed', basis: 'asserted', rule: 'keyboard' };

/** The same key for the same seed, so that what is sealed with it is the same bytes each time. */
export function signerFrom(seed: string, keeper = 'cli'): Signer {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), sha256(seed)]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return signerOf(keeper, key.export({ format: 'pem', type: 'pkcs8' }) as string);
}

/** A journal in memory, event by event, with fixed clocks and secrets; its checkpoints are really signed. */
export class JournalByHand {
  readonly id: string;
  readonly events: JournalEvent[] = [];
  readonly checkpoints: { readonly size: number; readonly note: string }[] = [];
  readonly #tree = new Frontier();
  #serial = 2 ** 33;
  #documents = 0;

  constructor(id = 'j-0001', work = 'w-0001') {
    this.id = id;
    this.add({ kind: 'started', journal: id, work, folder: 'Novel', format: 1, software: 'holograph/0.1.0' });
    this.add({ kind: 'consent', granted: true, by: 'person' });
    this.add({
      kind: 'session',
      software: 'holograph/0.1.0',
      editor: 'VS Code 1.139',
      platform: 'linux',
      leases: [2 ** 32, 2 ** 33],
      channels: ['claude-code'],
      unreachable: ['cursor'],
    });
  }

  add(body: EventBody, texts?: readonly string[]): number {
    const sequence = this.events.length;
    const time = Date.UTC(2026, 10, 14, 10, 0, 0) + sequence * 1700;
    const event = {
      ...body,
      sequence,
      time,
      monotonic: sequence * 1700,
      zone: 300,
      session: sequence < 2 ? 0 : 1,
      ...(texts && { texts }),
    };
    this.events.push(event);
    this.#tree.append(eventDigest(event, this.secret(Math.floor(sequence / SEGMENT))));
    return sequence;
  }

  baseline(path: string, text: string, format = utf8): number {
    const document = ++this.#documents;
    const first = this.#take(text.length);
    this.add(
      {
        kind: 'baseline',
        document,
        path,
        format,
        fileDigest: fileDigest(encodeFile(text, format)),
        textDigest: plainTextDigest(text),
        first,
        finding: { length: text.length, kind: 'initial', basis: 'asserted', rule: 'baseline' },
      },
      [text],
    );
    return document;
  }

  open(document: number, path: string, format = utf8): number {
    this.add({ kind: 'opened', document, tracker: document, path, format });
    return document;
  }

  insert(document: number, version: number, at: number, text: string, origin: Origin = typed): number {
    return this.add(
      {
        kind: 'changed',
        document,
        tracker: document,
        version,
        changes: [{ from: at, to: at }],
        first: this.#take(text.length),
        placement: 'insert',
        findings: [{ length: text.length, ...origin }],
        observation: { by: 'editor', ...(origin.kind === 'typed' && { selection: 'keyboard' as const }) },
      },
      [text],
    );
  }

  save(document: number, text: string, format = utf8): number {
    const digests = { textDigest: plainTextDigest(text), fileDigest: fileDigest(encodeFile(text, format)) };
    return this.add({ kind: 'saved', document, tracker: document, format, ...digests });
  }

  key(signer: Signer, earlier?: Signer, place: KeyPlace = {}): number {
    return this.add(keyBody(this.id, signer, earlier, place));
  }

  checkpoint(signer: Signer): string {
    const { size } = this.#tree;
    const note = signCheckpoint(formatCheckpoint({ origin: originOf(this.id), size, root: this.#tree.root() }), signer);
    this.checkpoints.push({ size, note });
    return note;
  }

  /** Up to the checkpoint of this rank; the newest if none is named. */
  source(rank = this.checkpoints.length - 1): PackageSource {
    const { size } = this.checkpoints[rank]!;
    const tree = new Frontier();
    for (const event of this.events.slice(0, size))
      tree.append(eventDigest(event, this.secret(Math.floor(event.sequence / SEGMENT))));
    return {
      id: this.id,
      size,
      root: toHex(tree.root()),
      checkpoints: this.checkpoints.slice(0, rank + 1).map(({ note }) => note),
      events: () => this.events.slice(0, size),
      secret: segment => this.secret(segment),
    };
  }

  secret(segment: number): Uint8Array {
    return sha256(`secret ${segment} of ${this.id}`);
  }

  #take(count: number): number {
    this.#serial += count;
    return this.#serial - count;
  }
}

/** A small work with what makes bytes difficult: CRLF, BOM, UTF-16, an empty file, Kazakh names. */
export function smallJournal(signer: Signer, id?: string): JournalByHand {
  const journal = new JournalByHand(id);
  journal.key(signer);
  journal.baseline('crlf.txt', 'one\ntwo\nthree\n', { encoding: 'utf-8', bom: false, eol: '\r\n', others: [1] });
  journal.baseline('bom.txt', 'Жел соқты.\n', { encoding: 'utf-8', bom: true, eol: '\n' });
  journal.baseline('wide.txt', 'Дала 🐎\n', { encoding: 'utf-16le', bom: true, eol: '\r\n' });
  journal.baseline('empty.md', '');
  journal.checkpoint(signer);
  const path = 'тарау/бірінші тарау.md';
  const novel = journal.open(journal.baseline(path, 'Бастапқы сөйлем.\n'), path);
  journal.add(
    {
      kind: 'prompt',
      id: 'claude-code:c:1',
      agent: 'claude-code',
      conversation: 'c',
      asked: Date.UTC(2026, 10, 14, 10, 0, 9),
      model: 'anthropic/claude',
      by: 'record',
    },
    ['=SUM(1); write "a sentence" about the steppe'],
  );
  let text = 'Бастапқы сөйлем.\n';
  const put = (version: number, insert: string, origin?: Origin) => {
    journal.insert(novel, version, text.length, insert, origin);
    text += insert;
  };
  put(1, 'Typed 😀 line.\n');
  put(2, 'The steppe was wide.\n', {
    kind: 'ai.agent',
    basis: 'reported',
    rule: 'agent-record',
    prompt: 'claude-code:c:1',
  });
  journal.save(novel, text);
  journal.checkpoint(signer);
  return journal;
}
