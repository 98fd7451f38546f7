import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import type { Duplex } from 'node:stream';

/** Why a program on this machine gave no answer. */
export type LocalFaultCode = 'absent' | 'refused' | 'closed' | 'slow' | 'malformed';

export class LocalFault extends Error {
  readonly code: LocalFaultCode;

  constructor(code: LocalFaultCode, detail = '', options?: ErrorOptions) {
    super(detail === '' ? code : `${code}: ${detail}`, options);
    this.code = code;
  }
}

/** Longer than any signature in base64. */
const mostBytes = 16 << 20;

/**
 * A web socket (RFC 6455) to a program on this machine. The address is 127.0.0.1 and no other can be named: its
 * certificate is made by the program itself, so none is asked for. Texts alone.
 */
export class LocalSocket {
  readonly #stream: Duplex;
  readonly #texts: string[] = [];
  #rest: Buffer = Buffer.alloc(0);
  #parts: Buffer[] = [];
  #fault: LocalFault | undefined;
  #wake: () => void = () => undefined;

  private constructor(stream: Duplex, head: Buffer) {
    this.#stream = stream;
    stream.on('data', (bytes: Buffer) => this.#read(bytes));
    stream.on('error', () => this.#end(new LocalFault('closed')));
    stream.on('close', () => this.#end(new LocalFault('closed')));
    if (head.length > 0) this.#read(head);
  }

  /** Throws LocalFault `absent` where nobody listens, `refused` where it is no web socket, `slow`. */
  static open(port: number, wait: number): Promise<LocalSocket> {
    const headers = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    };
    return new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path: '/', headers, rejectUnauthorized: false, agent: false });
      asked.setTimeout(wait, () => asked.destroy(new LocalFault('slow')));
      asked.on('upgrade', (_answer: IncomingMessage, stream: Duplex, head: Buffer) => {
        asked.setTimeout(0);
        resolve(new LocalSocket(stream, head));
      });
      asked.on('response', answer => {
        answer.destroy();
        reject(new LocalFault('refused', `HTTP ${answer.statusCode}`));
      });
      asked.on('error', (error: NodeJS.ErrnoException) => {
        if (error instanceof LocalFault) reject(error);
        else
          reject(new LocalFault(error.code === 'ECONNREFUSED' ? 'absent' : 'refused', error.message, { cause: error }));
      });
      asked.end();
    });
  }

  send(text: string): void {
    this.#write(1, Buffer.from(text, 'utf8'));
  }

  /** The next text that came; throws LocalFault `slow` after so many milliseconds, `closed`, `malformed`. */
  async next(wait: number): Promise<string> {
    const until = Date.now() + wait;
    for (;;) {
      const text = this.#texts.shift();
      if (text !== undefined) return text;
      if (this.#fault !== undefined) throw this.#fault;
      const left = until - Date.now();
      if (left <= 0) throw new LocalFault('slow');
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  close(): void {
    this.#stream.destroy();
  }

  #read(bytes: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (let frame = frameIn(this.#rest); frame !== undefined; frame = frameIn(this.#rest)) {
      this.#rest = this.#rest.subarray(frame.length);
      this.#take(frame);
    }
    if (this.#rest.length + this.#parts.reduce((sum, part) => sum + part.length, 0) > mostBytes) this.#fail();
    this.#wake();
  }

  #take({ last, kind, content }: Frame): void {
    // 0 goes on with a text, 1 begins one; 8 closes, 9 asks whether we live.
    if (kind === 8) this.#end(new LocalFault('closed'));
    else if (kind === 9) this.#write(10, content);
    else if (kind === 0 || kind === 1) {
      this.#parts.push(content);
      if (!last) return;
      this.#texts.push(Buffer.concat(this.#parts).toString('utf8'));
      this.#parts = [];
    } else if (kind !== 10) this.#fail();
  }

  #fail(): void {
    this.#end(new LocalFault('malformed'));
    this.close();
  }

  #end(fault: LocalFault): void {
    this.#fault ??= fault;
    this.#wake();
  }

  /** What a client sends is masked (section 5.3). */
  #write(kind: number, content: Buffer): void {
    const mask = randomBytes(4);
    const masked = Buffer.from(content.map((byte, i) => byte ^ mask[i & 3]!));
    this.#stream.write(Buffer.concat([headerOf(kind, content.length), mask, masked]));
  }
}

interface Frame {
  readonly last: boolean;
  readonly kind: number;
  readonly content: Buffer;
  /** Bytes of all of it. */
  readonly length: number;
}

/** Section 5.2; undefined where more has to come. */
function frameIn(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes[1]! & 0x7f;
  const header = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < header) return undefined;
  const size = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  const length = header + size;
  if (bytes.length < length) return undefined;
  return { last: (bytes[0]! & 0x80) !== 0, kind: bytes[0]! & 15, content: bytes.subarray(header, length), length };
}

function headerOf(kind: number, size: number): Buffer {
  if (size < 126) return Buffer.from([0x80 | kind, 0x80 | size]);
  const header = Buffer.alloc(size < 65_536 ? 4 : 10);
  header[0] = 0x80 | kind;
  header[1] = size < 65_536 ? 0xfe : 0xff;
  if (size < 65_536) header.writeUInt16BE(size, 2);
  else header.writeBigUInt64BE(BigInt(size), 2);
  return header;
}
