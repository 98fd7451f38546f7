import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Parts of the page's address, as a URI has them. */
export interface PageAddress {
  readonly scheme: 'http';
  readonly authority: string;
  readonly path: string;
}

/** How long an address that nobody opened stays good, in milliseconds. */
const patience = 60_000;

/**
 * Serves one HTML file once, on the loopback interface alone, under a path that cannot be guessed.
 * The port closes after that one answer, or when nobody came for it.
 */
export async function servePageOnce(file: string): Promise<PageAddress> {
  const path = `/${randomBytes(16).toString('hex')}/report.html`;
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== path) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      connection: 'close',
    });
    const page = createReadStream(file);
    page.on('error', () => response.destroy());
    page.pipe(response);
    response.on('close', () => server.close());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const closing = setTimeout(() => server.close(), patience);
  closing.unref();
  server.on('close', () => clearTimeout(closing));
  return { scheme: 'http', authority: `127.0.0.1:${(server.address() as AddressInfo).port}`, path };
}
