import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DriverCall, DriverCalls } from './driverCalls.ts';

export interface Bridge {
  /** Where the extension host reaches the driver; it carries a secret, and is given by environment. */
  readonly url: string;
  close(): Promise<void>;
}

/** Name of the environment variable that carries a bridge's address into the extension host. */
export const bridgeVariable = 'HOLOGRAPH_DRIVER';

/** Serves the driver's calls on the loopback address: one POST a call, JSON in and out. */
export async function openBridge(calls: DriverCalls): Promise<Bridge> {
  const secret = randomBytes(16).toString('hex');
  const server = createServer((request, response) => {
    answer(request, response, secret, calls).catch(error => {
      response.writeHead(500).end(JSON.stringify({ error: String(error) }));
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/${secret}`,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  secret: string,
  calls: DriverCalls,
): Promise<void> {
  if (request.method !== 'POST' || request.url !== `/${secret}`) {
    response.writeHead(404).end();
    return;
  }
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const { name, args } = JSON.parse(Buffer.concat(parts).toString()) as DriverCall;
  const call = calls[name] as (...given: unknown[]) => Promise<unknown>;
  const value = await call(...args);
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ value }));
}
