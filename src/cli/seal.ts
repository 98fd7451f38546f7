import { toHex } from '../journal/digest.ts';
import { formatSealLine } from '../journal/sealLine.ts';
import { checkpointed, signerFor } from './checkpointed.ts';
import type { Command } from './command.ts';
import { reading, recordedFor } from './journals.ts';

/** What `holograph seal --json` prints. Form: `media/schema/seal.schema.json`. */
export interface SealDocument {
  readonly schema: 'holograph.seal';
  readonly version: 1;
  readonly journal: string;
  /** Events that it covers, and the root over them (hex). */
  readonly size: number;
  readonly root: string;
  /** To mail to a witness, and to give to `verify --since` later. */
  readonly line: string;
}

/** Signs the head, so that what the line states can be exported and verified, and prints it as one line. */
export const sealCommand: Command = {
  name: 'seal',
  usage: '',
  about: 'help.seal',
  options: {},
  run(call) {
    const { consented } = recordedFor(call);
    const size = checkpointed(consented.file, signerFor(call.io), { passesExports: true });
    const { journal, root } = reading(consented.file, reader => ({ journal: reader.id, root: reader.root(size) }));
    const line = formatSealLine({ journal, size, root });
    const head = { schema: 'holograph.seal', version: 1 } as const;
    if (call.json) call.document({ ...head, journal, size, root: toHex(root), line } satisfies SealDocument);
    else {
      call.print(line);
      call.note(call.words.t('seal.keep', { size }));
    }
    return 0;
  },
};
