import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Member } from '../evidence/bag.ts';
import { nationalMember } from '../evidence/closing.ts';
import { type Manifest, manifestMember } from '../evidence/manifest.ts';
import { checkNational } from '../evidence/national/check.ts';
import { NationalFault } from '../evidence/national/fault.ts';
import { signerText, verifyNational } from '../evidence/national/verified.ts';
import { packageText } from '../evidence/packageTexts.ts';
import { sealMember } from '../evidence/seal.ts';
import { trustOf } from '../evidence/timeStamps/trust.ts';
import { unzip } from '../evidence/unzip.ts';
import type { Verification } from '../evidence/verification.ts';
import { placed, plain, verificationText } from '../evidence/verificationText.ts';
import { dataHome, journalFile } from '../journal/home.ts';
import { knownSigner } from '../journal/keyFile.ts';
import type { Signer } from '../journal/keys.ts';
import { keyKeeper, keyPath } from './checkpointed.ts';
import { type Call, type Command, Refusal } from './command.ts';
import { keepExport } from './exported.ts';
import { demandFile } from './inputFile.ts';
import { bytesOf } from './journals.ts';
import { NcaLayerFault, ncaLayerPort, signWithNcaLayer } from './ncaLayer.ts';
import { writeWhole } from './output.ts';
import { type SealStamps, stampSeal } from './sealStamps.ts';
import { rootsIn, type ServerAnswer, serverNames, serversNamed } from './timestamp.ts';

/** What `holograph sign --json` prints. Form: `media/schema/sign.schema.json`. */
export interface SignDocument {
  readonly schema: 'holograph.sign';
  readonly version: 1;
  /** Absolute path of the package. */
  readonly file: string;
  readonly exportId: string;
  /** SHA-256 of the package as it is now. */
  readonly digest: string;
  /** Members that were added; the seal sheet and the closing were made anew beside. */
  readonly added: readonly string[];
  readonly signatures: Verification['signatures'];
  readonly servers: readonly ServerAnswer[];
}

/**
 * Puts more behind the seal of a package, by which it was made: the national signature, from NCALayer or from a file, and time
 * stamps. The package is rewritten whole or not at all.
 */
export const signCommand: Command = {
  name: 'sign',
  usage: 'PACKAGE [--cms FILE] [--timestamp --server URL…] [--roots FILE]',
  about: 'help.sign',
  most: 1,
  options: {
    cms: { about: 'help.cms', value: 'FILE' },
    timestamp: { about: 'help.stampSeal' },
    server: { about: 'help.server', value: 'URL', several: true },
    roots: { about: 'help.roots', value: 'FILE' },
  },
  async run(call) {
    const [given] = call.paths;
    if (given === undefined) throw new Refusal('error.missing', { what: 'PACKAGE' });
    const file = resolve(call.io.cwd, given);
    demandFile(file);
    const [servers, roots] = [serversNamed(call), rootsIn(call)];
    const stamping = call.flag('timestamp') || servers.length > 0;
    if (stamping && servers.length === 0) throw new Refusal('error.noServer', { names: serverNames });
    const before = bytesOf(file);
    const sealed = await sealedBy(call, file, before);
    const national = call.option('cms') !== undefined || !stamping ? await nationalOf(call, before) : [];
    const stamped: SealStamps = stamping
      ? await stampSeal(call, before, { servers, roots })
      : { answers: [], added: [] };
    const added = [...national, ...stamped.added];
    const archive = added.length > 0 ? await rewritten(file, before, added, sealed.signer) : before;
    const { exportId } = sealed;
    if (added.length > 0) keepSigned(call, archive, sealed.journal);
    answer(call, { file, exportId, archive, added, servers: stamped.answers });
    return added.length === 0 ? 1 : 0;
  },
};

/** What is signed is a whole package, and who closes it anew is who sealed it. Throws Refusal. */
async function sealedBy(
  { io, words }: Call,
  file: string,
  archive: Uint8Array,
): Promise<{ readonly signer: Signer; readonly exportId: string; readonly journal: string }> {
  const { verifyPackage } = await import('../evidence/verify.ts');
  const found = verifyPackage(archive);
  const [first = '', second = ''] = verificationText(found, words.language);
  if (!found.consistent) throw new Refusal('error.signPackage', { file, why: `${first}: ${second}` });
  const own = io.signer ?? knownSigner(keyPath(io), keyKeeper);
  const signer = [own, ...(own?.former ?? [])].find(one => one?.fingerprint === found.subject.key);
  if (signer === undefined) throw new Refusal('error.signKey', { file });
  const { exportId = '', journal = '' } = found.subject;
  return { signer, exportId, journal };
}

/** The signature from NCALayer or from a file, once it was found to be over this seal. Throws Refusal. */
async function nationalOf(call: Call, archive: Uint8Array): Promise<readonly Member[]> {
  const { members } = unzip(archive);
  if (members.has(nationalMember)) throw new Refusal('error.signTwice', { member: nationalMember });
  const seal = members.get(sealMember)!;
  const asked = call.option('cms');
  const bytes = asked === undefined ? await fromNcaLayer(call, seal) : derOf(bytesOf(resolve(call.io.cwd, asked)));
  try {
    checkNational(bytes, seal, trustOf(rootsIn(call)));
  } catch (error) {
    if (!(error instanceof NationalFault)) throw error;
    const why = packageText(call.words.language, `what.${error.code}`);
    throw new Refusal(
      'error.cms',
      { file: asked ?? 'NCALayer', why: [why, plain(error.detail)].filter(Boolean).join(': ') },
      error,
    );
  }
  return [{ name: nationalMember, bytes }];
}

async function fromNcaLayer({ io, words, note, json }: Call, seal: Uint8Array): Promise<Uint8Array> {
  if (!json) note(words.t('sign.ask'));
  try {
    const port = Number(io.env.HOLOGRAPH_NCALAYER_PORT ?? ncaLayerPort);
    return await signWithNcaLayer(seal, { language: words.language, port });
  } catch (error) {
    if (!(error instanceof NcaLayerFault)) throw error;
    throw new Refusal(`ncaLayer.${error.code}`, { said: error.said }, error);
  }
}

/** A signature as programs save it: DER, or its base64 with or without the lines around it. */
function derOf(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === 0x30) return bytes;
  const text = Buffer.from(bytes)
    .toString('latin1')
    .replace(/-----[A-Z0-9 ]+-----/gu, '')
    .replace(/\s+/gu, '');
  return /^[A-Za-z0-9+/]+=*$/.test(text) ? Buffer.from(text, 'base64') : bytes;
}

/** A person may take minutes to sign: what was put in the package's place meanwhile is not overwritten. Throws Refusal. */
async function rewritten(
  file: string,
  before: Uint8Array,
  added: readonly Member[],
  signer: Signer,
): Promise<Uint8Array> {
  const { reclosed } = await import('../evidence/reclosing.ts');
  const after = reclosed(before, added, signer);
  if (hash('sha256', bytesOf(file)) !== hash('sha256', before)) throw new Refusal('error.signChanged', { file });
  writeWhole(file, after);
  return after;
}

/** The record tells the digest of what was handed out: of the package as it is now too, where its journal is on this machine. */
function keepSigned(call: Call, archive: Uint8Array, journal: string): void {
  const file = journalFile(dataHome(call.io.env), journal);
  if (!existsSync(file)) return;
  const manifest = JSON.parse(Buffer.from(unzip(archive).members.get(manifestMember)!).toString('utf8')) as Manifest;
  keepExport(call, { archive, manifest }, file);
}

interface Written {
  readonly file: string;
  readonly exportId: string;
  readonly archive: Uint8Array;
  readonly added: readonly Member[];
  readonly servers: readonly ServerAnswer[];
}

function answer(call: Call, { file, exportId, archive, added, servers }: Written): void {
  const { words, print, note } = call;
  const digest = hash('sha256', archive);
  const signatures = signaturesIn(archive, added, rootsIn(call));
  for (const { standing, algorithm } of signatures)
    if (standing === 'elsewhere') note(words.t('sign.elsewhere', { algorithm }));
  if (call.json) {
    const head = { schema: 'holograph.sign', version: 1 } as const;
    const names = added.map(({ name }) => name);
    call.document({ ...head, file, exportId, digest, added: names, signatures, servers } satisfies SignDocument);
    return;
  }
  for (const signature of signatures)
    print(words.t('sign.done', { who: placed(plain(signerText(signature)), words.language) }));
  if (added.length > 0) print(words.t('sign.written', { file, digest }));
}

/** Those that were added now. */
function signaturesIn(archive: Uint8Array, added: readonly Member[], roots: string | undefined) {
  const cms = added.find(({ name }) => name === nationalMember);
  if (cms === undefined) return [];
  return verifyNational(cms.bytes, unzip(archive).members.get(sealMember)!, trustOf(roots)).signatures;
}
