/** What the world did to a journal's files, as a closed list that the surface translates. */
export type FaultCode =
  /** Written by a newer Holograph; `detail` is the version found. */
  | 'newer'
  /** Bytes that no Holograph wrote, or that were changed since; `detail` says where. */
  | 'corrupt'
  /** A private key that others than its owner can read; `detail` is its path. */
  | 'keyRights'
  /** A key file that cannot be read or made; `detail` is its path. */
  | 'keyUnreadable'
  /** Not an Ed25519 key in its one canonical PEM form; `detail` is its path or what is wrong. */
  | 'keyMalformed'
  /** A key that the journal says was replaced by another; `detail` is its fingerprint. */
  | 'keyReplaced'
  /** A passphrase that does not open a kept key, or a file that holds none; `detail` is its path or what is wrong. */
  | 'keyClosed'
  /** Not a checkpoint in its one canonical form; `detail` says where. */
  | 'checkpointMalformed'
  /** Not a proof in its one canonical form; `detail` says where. */
  | 'proofMalformed';

/** A failure that is not a bug of ours. `message` is for logs; what people see is made from `code` and `detail`. */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly detail: string;

  constructor(code: FaultCode, detail: string, options?: ErrorOptions) {
    super(`${sentences[code]}: ${detail}`, options);
    this.name = 'Fault';
    this.code = code;
    this.detail = detail;
  }
}

const sentences: Readonly<Record<FaultCode, string>> = {
  newer: 'This journal was written by a newer Holograph',
  corrupt: 'These bytes of the journal are damaged',
  keyRights: 'This private key can be read by others; give its file owner-only rights (chmod 600)',
  keyUnreadable: 'This key file cannot be read or made',
  keyMalformed: 'This is not an Ed25519 key in canonical PEM',
  keyReplaced: 'This key was replaced by another and signs nothing any more',
  keyClosed: 'The kept key could not be opened',
  checkpointMalformed: 'This is not a checkpoint',
  proofMalformed: 'This is not a proof',
};
