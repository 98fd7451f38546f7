import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server does with a query: gives the answer's bytes, or answers by itself. */
export type Answering = (query: Buffer, response: ServerResponse, request: IncomingMessage) => Uint8Array | undefined;

/** A time stamp server on this machine; how it answers may change while it runs. */
export class TimeServer {
  /** Queries that came, oldest first, with the headers of each. */
  readonly asked: { readonly query: Buffer; readonly headers: IncomingMessage['headers'] }[] = [];
  answering: Answering;
  readonly #server: Server;

  private constructor(answering: Answering) {
    this.answering = answering;
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(answering: Answering): Promise<TimeServer> {
    const server = new TimeServer(answering);
    await new Promise<void>(resolve => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/tsr`;
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise(resolve => this.#server.close(() => resolve()));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const query = Buffer.concat(parts);
    this.asked.push({ query, headers: request.headers });
    const answer = this.answering(query, response, request);
    if (answer === undefined) return;
    response.writeHead(200, { 'Content-Type': 'application/timestamp-reply' }).end(answer);
  }
}
