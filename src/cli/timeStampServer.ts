import { Agent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as AgentHttps, request as requestHttps } from 'node:https';
import { detailOf } from './command.ts';

/** Why a server gave no answer. */
export type ServerFaultCode = 'unreachable' | 'slow' | 'refused' | 'tooLarge' | 'elsewhere';

export class ServerFault extends Error {
  readonly code: ServerFaultCode;
  readonly detail: string;

  constructor(code: ServerFaultCode, detail = '', options?: ErrorOptions) {
    super(detail === '' ? code : `${code}: ${detail}`, options);
    this.name = 'ServerFault';
    this.code = code;
    this.detail = detail;
  }
}

export interface ServerLimits {
  /** Milliseconds for all of it. */
  readonly time: number;
  /** Bytes of an answer; the largest known has under 8,000. */
  readonly bytes: number;
}

/** Where a proxy may be named: `HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY`, also in lower case. Node 24.5 or newer uses it. */
type Environment = Readonly<Record<string, string | undefined>>;

const usual: ServerLimits = { time: 20_000, bytes: 65_536 };
/** Redirections that are followed, within one scheme. */
const hops = 3;

/**
 * Posts a request of RFC 3161 section 3.4 and gives the answer's bytes. The only place where Holograph asks
 * anything of a network: what goes out is the request, and no header that tells more than HTTP needs. Throws ServerFault.
 */
export async function askServer(
  url: string,
  request: Uint8Array,
  limits: ServerLimits = usual,
  env: Environment = {},
): Promise<Uint8Array> {
  const signal = AbortSignal.timeout(limits.time);
  let at = new URL(url);
  for (let hop = 0; hop <= hops; hop++) {
    const next = await asked(at, request, limits, signal, env);
    if (next instanceof Uint8Array) return next;
    if (next.protocol !== at.protocol || next.username !== '' || next.password !== '')
      throw new ServerFault('elsewhere', next.origin);
    at = next;
  }
  throw new ServerFault('elsewhere', at.origin);
}

/** The answer, or where to ask instead. */
async function asked(
  url: URL,
  body: Uint8Array,
  limits: ServerLimits,
  signal: AbortSignal,
  env: Environment,
): Promise<Uint8Array | URL> {
  try {
    const answer = await posted(url, body, signal, env);
    const { statusCode = 0, headers } = answer;
    if ([301, 302, 307, 308].includes(statusCode)) {
      answer.destroy();
      const next = URL.parse(headers.location ?? '', url.href);
      if (next === null) throw new ServerFault('refused', `HTTP ${statusCode}`);
      return next;
    }
    if (statusCode !== 200) {
      answer.destroy();
      throw new ServerFault('refused', `HTTP ${statusCode}`);
    }
    return await bytesOf(answer, limits.bytes);
  } catch (error) {
    if (error instanceof ServerFault) throw error;
    if (signal.aborted) throw new ServerFault('slow', `${limits.time / 1000} s`, { cause: error });
    throw new ServerFault('unreachable', reasonOf(error), { cause: error });
  }
}

function posted(url: URL, body: Uint8Array, signal: AbortSignal, env: Environment): Promise<IncomingMessage> {
  const secure = url.protocol === 'https:';
  const ask = secure ? requestHttps : requestHttp;
  // An agent of its own: no connection stays open that would keep the program.
  const options = { keepAlive: false, proxyEnv: { ...env } };
  const agent = secure ? new AgentHttps(options) : new Agent(options);
  const headers = {
    'Content-Type': 'application/timestamp-query',
    'Content-Length': body.length,
    Accept: 'application/timestamp-reply',
  };
  return new Promise((resolve, reject) => {
    const sent = ask(url, { method: 'POST', headers, signal, agent }, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
}

async function bytesOf(answer: IncomingMessage, most: number): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > most) throw new ServerFault('tooLarge', `> ${most}`);
    parts.push(part);
  }
  if (!answer.complete) throw new ServerFault('unreachable', 'cut off');
  return Buffer.concat(parts);
}

/** A connection that fails over several addresses says why only in its parts. */
function reasonOf(error: unknown): string {
  const inner = error instanceof AggregateError ? error.errors[0] : error;
  return detailOf(inner) || String((inner as NodeJS.ErrnoException).code ?? '');
}
