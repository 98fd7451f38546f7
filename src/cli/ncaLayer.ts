import { LocalFault, LocalSocket } from './localSocket.ts';

/** Where NCALayer listens on the machine of the person who signs. */
export const ncaLayerPort = 13_579;

/** Why NCALayer gave no signature. */
export type NcaLayerFaultCode = 'absent' | 'broken' | 'cancelled' | 'slow' | 'failed';

export class NcaLayerFault extends Error {
  readonly code: NcaLayerFaultCode;
  /** What NCALayer said, in its own words. */
  readonly said: string;

  constructor(code: NcaLayerFaultCode, said = '', options?: ErrorOptions) {
    super(said === '' ? code : `${code}: ${said}`, options);
    this.code = code;
    this.said = said;
  }
}

export interface SigningOptions {
  readonly port?: number;
  /** Language of NCALayer's own dialogue. */
  readonly language: 'en' | 'ru' | 'kk';
  /** Milliseconds: until it answers at all, and for a person to choose a key and type a password. */
  readonly waits?: { readonly connect: number; readonly person: number };
}

const usual = { connect: 5000, person: 10 * 60_000 };

/**
 * Has NCALayer, the program of Kazakhstan's certification authority, sign these bytes with a key that the person chooses
 * there: CMS (DER or BER), beside which the bytes stand. It speaks JSON over a web socket: module
 * `kz.gov.pki.knca.basics` with named arguments, in older versions `kz.gov.pki.knca.commonUtils`. Keys and passwords
 * never reach us. Throws NcaLayerFault.
 */
export async function signWithNcaLayer(bytes: Uint8Array, options: SigningOptions): Promise<Uint8Array> {
  const { port = ncaLayerPort, language, waits = usual } = options;
  let socket: LocalSocket | undefined;
  try {
    socket = await LocalSocket.open(port, waits.connect);
    const data = Buffer.from(bytes).toString('base64');
    const answer = await asked(socket, basics(data, language), waits);
    if (!isMissing(answer)) return signatureIn(answer);
    return signatureIn(await asked(socket, older(data), waits));
  } catch (error) {
    if (!(error instanceof LocalFault)) throw error;
    throw new NcaLayerFault(faultOf(error), error.message, { cause: error });
  } finally {
    socket?.close();
  }
}

/** What the authority's certificates for signatures may be used for, and those for logging in may not: emailProtection. */
const forSigning = '1.3.6.1.5.5.7.3.4';

function basics(data: string, language: SigningOptions['language']): object {
  return {
    module: 'kz.gov.pki.knca.basics',
    method: 'sign',
    args: {
      format: 'cms',
      data,
      // The data stand in base64 and not inside the signature; an empty profile asks for a time stamp in it.
      signingParams: { decode: true, encapsulate: false, digested: false, tsaProfile: {} },
      signerParams: { extKeyUsageOids: [forSigning] },
      // Its dialogue is known in these two.
      locale: language === 'kk' ? 'kk' : 'ru',
    },
  };
}

function older(data: string): object {
  const args = ['PKCS12', 'SIGNATURE', data, false];
  return { module: 'kz.gov.pki.knca.commonUtils', method: 'createCAdESFromBase64', args };
}

type Answer = Readonly<Record<string, unknown>>;

/** The answer to a request: behind the greeting, and whatever is no JSON object. */
async function asked(
  socket: LocalSocket,
  request: object,
  { person }: NonNullable<SigningOptions['waits']>,
): Promise<Answer> {
  socket.send(JSON.stringify(request));
  // A program that only says that it lives, over and over, is not waited for any longer.
  const until = Date.now() + person;
  for (;;) {
    const left = until - Date.now();
    if (left <= 0) throw new LocalFault('slow');
    const answer = objectIn(await socket.next(left));
    if (answer !== undefined && !isGreeting(answer)) return answer;
  }
}

function isGreeting({ result }: Answer): boolean {
  return typeof result === 'object' && result !== null && 'version' in result;
}

/** Older versions know no module of this name. */
function isMissing({ errorCode, code }: Answer): boolean {
  return [errorCode, code].some(one => one === 'MODULE_NOT_FOUND');
}

function signatureIn(answer: Answer): Uint8Array {
  const { status, code, message, details, body, responseObject } = answer;
  const said = [code, message, details].filter(one => typeof one === 'string' && one !== '').join(': ');
  if (/cancell?ed/iu.test(said)) throw new NcaLayerFault('cancelled');
  const good = status === true || code === '200' || code === 200;
  if (!good) throw new NcaLayerFault('failed', said.slice(0, 300));
  const result = textIn(typeof body === 'object' && body !== null ? (body as Answer).result : responseObject);
  // A dialogue that was closed is answered with nothing.
  if (result === undefined) throw new NcaLayerFault('cancelled');
  const base64 = result.replace(/-----[A-Z0-9 ]+-----/gu, '').replace(/\s+/gu, '');
  if (!/^[A-Za-z0-9+/]+=*$/.test(base64)) throw new NcaLayerFault('broken');
  return Buffer.from(base64, 'base64');
}

/** The signature: a text, or the first of a list, which may have a name. */
function textIn(result: unknown): string | undefined {
  const named = typeof result === 'object' && result !== null && 'signatures' in result ? result.signatures : result;
  const one = Array.isArray(named) ? named[0] : named;
  return typeof one === 'string' && one !== '' ? one : undefined;
}

function objectIn(text: string): Answer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Answer) : undefined;
  } catch (error) {
    // A heartbeat.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function faultOf({ code }: LocalFault): NcaLayerFaultCode {
  switch (code) {
    case 'absent':
    case 'slow':
      return code;
    case 'refused':
    case 'closed':
    case 'malformed':
      return 'broken';
  }
}
