import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { MessageImprint, TimeStampReq, TSTInfo } from '@peculiar/asn1-tsp';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import type { Context } from 'mocha';

/** Skips the test or suite where the machine has no `openssl` program, and says so. */
export function needsOpenssl(context: Context): void {
  if (spawnSync('openssl', ['version']).status === 0) return;
  process.stderr.write('  skipped: there is no `openssl` on this machine\n');
  context.skip();
}

const usage = 'extendedKeyUsage=critical,timeStamping';
/** Certificates that a time stamp server may have, good and bad: their extensions and their days. */
const kinds = {
  good: [usage, 365],
  other: [usage, 365],
  expired: [usage, -1],
  noUsage: ['subjectKeyIdentifier=hash', 365],
  notCritical: ['extendedKeyUsage=timeStamping', 365],
  twoUsages: ['extendedKeyUsage=critical,timeStamping,codeSigning', 365],
  signsCertificates: [`${usage}\nkeyUsage=critical,keyCertSign`, 365],
  strangeCritical: [`${usage}\n1.2.3.4.5=critical,ASN1:NULL`, 365],
  rsa: [usage, 365],
  brainpool: [usage, 365],
} as const satisfies Record<string, readonly [extensions: string, days: number]>;
export type CertificateKind = keyof typeof kinds;

/** Who makes an authority's own certificate, and with what extensions. */
export interface IssuedBy {
  readonly authority: TimeAuthority;
  readonly extensions: string;
  readonly days?: number;
}

/**
 * A time stamp authority of its own: a root, certificates made by it, and answers, all by OpenSSL. Lives in a
 * folder until `remove`.
 */
export class TimeAuthority {
  readonly #folder = mkdtempSync(join(tmpdir(), 'holograph-clock-'));
  readonly #made = new Set<string>();

  /** `by`: another authority, which makes the certificate of this one; else it signs itself. */
  constructor(name = 'Test Root', by?: IssuedBy) {
    const request = [...ec(), '-nodes', '-keyout', 'root.key', '-subj', `/CN=${name}`];
    if (by === undefined) this.#run('req', '-x509', ...request, '-out', 'root.pem', '-days', '3650');
    else {
      this.#run('req', ...request, '-out', 'request');
      by.authority.certify(this.path('request'), by, this.path('root.pem'));
    }
    writeFileSync(this.path('chain.pem'), `${this.root}${by === undefined ? '' : by.authority.chain}`);
  }

  /** PEM of the certificates above those of its servers. */
  get chain(): string {
    return this.#read('chain.pem').toString();
  }

  /** Makes a certificate of a request. */
  certify(request: string, { extensions, days = 365 }: Omit<IssuedBy, 'authority'>, out: string): void {
    writeFileSync(this.path('extensions'), `${extensions}\n`);
    const by = ['-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial', '-extfile', 'extensions'];
    this.#run('x509', '-req', '-in', request, ...by, '-days', String(days), '-out', out);
  }

  /** PEM of the root certificate. */
  get root(): string {
    return this.#read('root.pem').toString();
  }

  path(name: string): string {
    return join(this.#folder, name);
  }

  /** Answers a query as a server does: `openssl ts -reply`. `sha1`: names its certificate in the older form. */
  reply(
    query: Uint8Array,
    {
      kind = 'good',
      digest = 'sha256',
      ess = 'sha256',
    }: { kind?: CertificateKind; digest?: string; ess?: string } = {},
  ): Buffer {
    this.#certificate(kind);
    writeFileSync(this.path('query'), query);
    writeFileSync(this.path('serial'), '01');
    writeFileSync(this.path('config'), config(digest, ess));
    const signer = ['-signer', `${kind}.pem`, '-inkey', `${kind}.key`, '-chain', 'chain.pem'];
    this.#run('ts', '-reply', '-config', 'config', '-queryfile', 'query', ...signer, '-out', 'reply');
    return this.#read('reply');
  }

  /** A token that `openssl ts` would not make: the same content, signed by `openssl cms`. */
  token(query: Uint8Array, kind: CertificateKind, ...options: string[]): Buffer {
    this.#certificate(kind);
    writeFileSync(this.path('content'), this.content(contentFor(query)));
    const content = [
      '-in',
      'content',
      '-econtent_type',
      '1.2.840.113549.1.9.16.1.4',
      '-binary',
      '-nodetach',
      '-nosmimecap',
    ];
    const signer = ['-signer', `${kind}.pem`, '-inkey', `${kind}.key`, '-certfile', 'chain.pem', '-md', 'sha256'];
    const own = options.length > 0 ? options : ['-cades'];
    this.#run('cms', '-sign', ...content, ...signer, ...own, '-outform', 'DER', '-out', 'token');
    return this.#read('token');
  }

  /** What `openssl ts -verify` says of an answer over these bytes. */
  accepts(data: Uint8Array, answer: Uint8Array, certificates: string): boolean {
    writeFileSync(this.path('data'), data);
    writeFileSync(this.path('answer'), answer);
    writeFileSync(this.path('trusted'), certificates);
    const argv = ['ts', '-verify', '-data', 'data', '-in', 'answer', '-CAfile', 'trusted'];
    return spawnSync('openssl', argv, { cwd: this.#folder }).status === 0;
  }

  /** Changes what is signed next by `token`. */
  content: (der: Buffer) => Buffer = der => der;

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #certificate(kind: CertificateKind): void {
    if (this.#made.has(kind)) return;
    this.#made.add(kind);
    const [extensions, days] = kinds[kind];
    const key = kind === 'rsa' ? ['-newkey', 'rsa:2048'] : ec(kind === 'brainpool' ? 'brainpoolP256r1' : undefined);
    const subject = ['-subj', `/O=Clocks/CN=Clock ${kind}`];
    this.#run('req', ...key, '-nodes', '-keyout', `${kind}.key`, '-out', 'request', ...subject);
    this.certify('request', { extensions, days }, `${kind}.pem`);
  }

  #run(...argv: string[]): void {
    execFileSync('openssl', argv, { cwd: this.#folder, stdio: ['ignore', 'ignore', 'pipe'] });
  }

  #read(name: string): Buffer {
    return readFileSync(this.path(name));
  }
}

function ec(curve = 'prime256v1'): string[] {
  return ['-newkey', 'ec', '-pkeyopt', `ec_paramgen_curve:${curve}`];
}

function config(digest: string, ess: string): string {
  return `[tsa]
default_tsa = one
[one]
serial = ./serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = ${digest}
accuracy = secs:1
tsa_name = yes
ess_cert_id_alg = ${ess}
`;
}

/** TSTInfo that answers a query. */
function contentFor(query: Uint8Array): Buffer {
  const { messageImprint, nonce } = AsnConvert.parse(query, TimeStampReq);
  const genTime = new Date();
  genTime.setMilliseconds(0);
  const serialNumber = Uint8Array.of(7).buffer;
  const { algorithm } = messageImprint.hashAlgorithm;
  const imprint = new MessageImprint({
    hashAlgorithm: new AlgorithmIdentifier({ algorithm, parameters: Uint8Array.of(5, 0).buffer }),
    hashedMessage: new OctetString(messageImprint.hashedMessage.buffer),
  });
  const stated = { policy: '1.2.3.4.1', messageImprint: imprint, serialNumber, genTime };
  return Buffer.from(AsnConvert.serialize(new TSTInfo({ ...stated, ...(nonce && { nonce }) })));
}
