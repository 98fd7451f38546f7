import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';

/** What a client asked. */
export interface NcaLayerRequest {
  readonly module: string;
  readonly method: string;
  readonly args: unknown;
}

/** Gives what is sent back: JSON, a text as it is, nothing, `'hang up'`, or `'lives'`: that, over and over. */
export type NcaLayerAnswering = (request: NcaLayerRequest) => object | string | undefined;

/**
 * The edge of the world: a web socket server on 127.0.0.1 with a certificate of its own making, which speaks the JSON of
 * NCALayer (greeting, modules `basics` and `commonUtils`). Sends its texts in several frames, with a ping between.
 */
export class NcaLayerDouble {
  readonly asked: NcaLayerRequest[] = [];
  answering: NcaLayerAnswering;
  readonly #server: Server;
  readonly #folder: string;
  readonly #streams = new Set<Duplex>();

  private constructor(answering: NcaLayerAnswering) {
    this.answering = answering;
    this.#folder = mkdtempSync(join(tmpdir(), 'holograph-nca-'));
    const at = (name: string) => join(this.#folder, name);
    const subject = ['-subj', '/CN=127.0.0.1', '-days', '2', '-keyout', at('key'), '-out', at('certificate')];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject], { stdio: 'ignore' });
    this.#server = createServer({ key: readFileSync(at('key')), cert: readFileSync(at('certificate')) });
    this.#server.on('upgrade', (request: IncomingMessage, stream: Duplex) => this.#greet(request, stream));
    this.#server.on('request', (_, response) => void response.writeHead(404).end());
  }

  static async start(answering: NcaLayerAnswering): Promise<NcaLayerDouble> {
    const double = new NcaLayerDouble(answering);
    await new Promise<void>(resolve => double.#server.listen(0, '127.0.0.1', resolve));
    return double;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  stop(): Promise<void> {
    for (const stream of this.#streams) stream.destroy();
    this.#server.closeAllConnections();
    rmSync(this.#folder, { recursive: true, force: true });
    return new Promise(resolve => this.#server.close(() => resolve()));
  }

  #greet(request: IncomingMessage, stream: Duplex): void {
    this.#streams.add(stream);
    const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    stream.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    stream.on('error', () => stream.destroy());
    send(stream, JSON.stringify({ result: { version: '1.4' } }));
    let rest: Buffer = Buffer.alloc(0);
    stream.on('data', (bytes: Buffer) => {
      rest = Buffer.concat([rest, bytes]);
      for (let frame = unmasked(rest); frame !== undefined; frame = unmasked(rest)) {
        rest = rest.subarray(frame.length);
        if (frame.kind === 1) this.#answer(stream, frame.text);
      }
    });
  }

  #answer(stream: Duplex, text: string): void {
    const request = JSON.parse(text) as NcaLayerRequest;
    this.asked.push(request);
    const answer = this.answering(request);
    if (answer === 'hang up') stream.destroy();
    else if (answer === 'lives') {
      const beat = setInterval(() => send(stream, '--heartbeat--'), 20);
      stream.on('close', () => clearInterval(beat));
    } else if (answer !== undefined) send(stream, typeof answer === 'string' ? answer : JSON.stringify(answer));
  }
}

/** In three frames, a ping between the first and the second. */
function send(stream: Duplex, text: string): void {
  const bytes = Buffer.from(text);
  const cut = Math.ceil(bytes.length / 3);
  stream.write(frame(0x01, bytes.subarray(0, cut)));
  stream.write(frame(0x89, Buffer.from('alive?')));
  stream.write(frame(0x00, bytes.subarray(cut, 2 * cut)));
  stream.write(frame(0x80, bytes.subarray(2 * cut)));
}

function frame(first: number, content: Buffer): Buffer {
  const header = content.length < 126 ? Buffer.from([first, content.length]) : Buffer.from([first, 126, 0, 0]);
  if (content.length >= 126) header.writeUInt16BE(content.length, 2);
  return Buffer.concat([header, content]);
}

function unmasked(bytes: Buffer): { kind: number; text: string; length: number } | undefined {
  if (bytes.length < 2) return undefined;
  if ((bytes[1]! & 0x80) === 0) throw new Error('a client must mask what it sends');
  const short = bytes[1]! & 0x7f;
  const header = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < header) return undefined;
  const size = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  const length = header + 4 + size;
  if (bytes.length < length) return undefined;
  const mask = bytes.subarray(header, header + 4);
  const content = bytes.subarray(header + 4, length).map((byte, i) => byte ^ mask[i & 3]!);
  return { kind: bytes[0]! & 15, text: Buffer.from(content).toString('utf8'), length };
}
