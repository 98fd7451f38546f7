import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { heldIn } from '../evidence/held.ts';
import { canonicalBytes } from '../journal/canonical.ts';
import { SEGMENT } from '../journal/chain.ts';
import { verifyCheckpoint } from '../journal/checkpoint.ts';
import { formatGrowthProof } from '../journal/growthProof.ts';
import { rawPublicKey, type Signer } from '../journal/keys.ts';
import { consistencyProof, inclusionProof } from '../journal/proof.ts';
import type { JournalReader } from '../journal/reader.ts';
import { formatTlogProof } from '../journal/tlogProof.ts';
import { checkpointed, signerFor } from './checkpointed.ts';
import { type Call, type Command, Refusal } from './command.ts';
import { reading, recordedFor, textOf } from './journals.ts';
import { writeWhole } from './output.ts';

/** What `holograph prove --json` prints. Form: `media/schema/proof.schema.json`. */
export interface ProofDocument {
  readonly schema: 'holograph.proof';
  readonly version: 1;
  readonly journal: string;
  /** Events of the signed head. */
  readonly size: number;
  /** The file, as text. */
  readonly proof: string;
  /** Where it was written, if anywhere. */
  readonly file?: string;
}

/** A file by which one event, or an earlier head, is shown to belong to the signed record, without the record. */
export const proveCommand: Command = {
  name: 'prove',
  usage: '--event N | --from CHECKPOINT|LINE|SIZE [--out FILE]',
  about: 'help.prove',
  most: 0,
  options: {
    event: { about: 'help.event', value: 'N' },
    from: { about: 'help.from', value: 'CHECKPOINT|LINE|SIZE' },
    out: { about: 'help.proofOut', value: 'FILE' },
  },
  run(call) {
    const [event, from] = [call.option('event'), call.option('from')];
    if ((event === undefined) === (from === undefined))
      throw new Refusal('error.missing', { what: '--event N | --from CHECKPOINT' });
    const { consented } = recordedFor(call);
    const size = headFor(consented.file, signerFor(call.io), event);
    const { journal, proof } = reading(
      consented.file,
      reader => ({
        journal: reader.id,
        proof: event === undefined ? growth(call, reader, from!) : inclusion(reader, event),
      }),
      size,
    );
    const out = call.option('out');
    const file = out === undefined ? undefined : resolve(call.io.cwd, out);
    if (file !== undefined) writeWhole(file, Buffer.from(proof, 'utf8'));
    const head = { schema: 'holograph.proof', version: 1 } as const;
    if (call.json) call.document({ ...head, journal, size, proof, ...(file && { file }) } satisfies ProofDocument);
    else if (file === undefined) call.io.stdout.write(proof);
    else call.print(call.words.t('prove.written', { file }));
    return 0;
  },
};

/**
 * Size of the signed head that the proof leads to. That packages were made since is no reason for another, so that a time
 * stamp over it dates the proof too; unless such an event itself is asked for.
 */
function headFor(file: string, signer: Signer, event: string | undefined): number {
  const size = checkpointed(file, signer, { passesExports: true });
  const [, sequence = '0'] = /(\d{1,16})$/.exec(event ?? '') ?? [];
  return Number(sequence) < size ? size : checkpointed(file, signer);
}

/** `asked`: a sequence, also as spans name it, behind the journal's id. */
function inclusion(reader: JournalReader, asked: string): string {
  const [, journal = reader.id, digits = ''] = /^(?:(?<journal>[\w-]+):)?(?<sequence>\d{1,16})$/.exec(asked) ?? [];
  const index = Number(digits);
  if (digits === '' || journal !== reader.id || index >= reader.size)
    throw new Refusal('error.event', { event: asked });
  const [event] = reader.events(index, index + 1);
  const bytes = canonicalBytes(event!, reader.secret(Math.floor(index / SEGMENT)));
  const { note, publicKey } = signedHead(reader);
  return formatTlogProof({
    index,
    event: JSON.parse(Buffer.from(bytes).toString('utf8')),
    publicKey,
    path: inclusionProof(reader.subtrees(), index, reader.size),
    note,
  });
}

/** `asked`: an earlier head that somebody holds, or the size of one. Throws Refusal where the journal did not begin so. */
function growth(call: Call, reader: JournalReader, asked: string): string {
  const from = /^\d{1,15}$/.test(asked) ? { size: Number(asked) } : heldBy(call, reader, asked);
  if (from.size > reader.size) throw new Refusal('error.checkpoint', { checkpoint: asked });
  const root = reader.root(from.size);
  if (from.root !== undefined && from.root !== Buffer.from(root).toString('hex'))
    throw new Refusal('error.checkpoint', { checkpoint: asked });
  const { note, publicKey } = signedHead(reader);
  const path = consistencyProof(reader.subtrees(), from.size, reader.size);
  return formatGrowthProof({ from: { size: from.size, root }, publicKey: rawPublicKey(publicKey), path, note });
}

function heldBy(call: Call, reader: JournalReader, asked: string): { readonly size: number; readonly root?: string } {
  const file = resolve(call.io.cwd, asked);
  const held = heldIn(existsSync(file) || !asked.includes('holograph-seal:') ? textOf(file) : asked);
  const own = typeof held === 'string' ? undefined : held.find(({ origin }) => origin.endsWith(`/${reader.id}`));
  if (own === undefined) throw new Refusal('error.checkpoint', { checkpoint: asked });
  return own;
}

/** The note over all that the reader sees, and the key that signed it. */
function signedHead(reader: JournalReader): { readonly note: string; readonly publicKey: string } {
  const keys = reader.keys();
  for (const { size, note } of reader.checkpoints()) {
    const key = size === reader.size ? keys.find(({ publicKey }) => verifyCheckpoint(note, publicKey)) : undefined;
    if (key !== undefined) return { note, publicKey: key.publicKey };
  }
  throw new RangeError(`no signed head at ${reader.size}`);
}
