import assert from 'node:assert/strict';
import { askServer, ServerFault } from '../../../src/cli/timeStampServer.ts';
import { type Answering, TimeServer } from '../../support/timeServer.ts';

const query = Buffer.from('a query');
const limits = { time: 10_000, bytes: 1000 };

describe('asking a time stamp server', () => {
  let server: TimeServer;
  before(async () => {
    server = await TimeServer.start(() => Buffer.from('an answer'));
  });
  after(() => server.stop());

  /** The answer, or the code of what went wrong. */
  const asked = async (answering: Answering, more = limits, url = server.url): Promise<string> => {
    server.answering = answering;
    try {
      return Buffer.from(await askServer(url, query, more)).toString();
    } catch (error) {
      if (!(error instanceof ServerFault)) throw error;
      return error.code;
    }
  };

  it('posts the query, and tells nothing else', async () => {
    assert.equal(await asked(() => Buffer.from('an answer')), 'an answer');
    const { query: sent, headers } = server.asked.at(-1)!;
    assert.deepEqual(sent, query);
    assert.deepEqual(Object.keys(headers).sort(), ['accept', 'connection', 'content-length', 'content-type', 'host']);
    assert.equal(headers['content-type'], 'application/timestamp-query');
  });

  it('takes no answer that is none', async () => {
    assert.equal(await asked((_, response) => void response.writeHead(500).end('sorry')), 'refused');
    assert.equal(await asked((_, response) => void response.writeHead(204).end()), 'refused');
    assert.equal(await asked((_, response) => void response.destroy()), 'unreachable');
    const cutOff: Answering = (_, response) => {
      response.writeHead(200, { 'Content-Length': 100 }).write('half of');
      setImmediate(() => response.destroy());
      return undefined;
    };
    assert.equal(await asked(cutOff), 'unreachable');
  });

  it('stops reading an answer without end, and waiting for one that does not come', async () => {
    const endless: Answering = (_, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(4096)));
      };
      response.on('drain', more);
      more();
      return undefined;
    };
    assert.equal(await asked(endless), 'tooLarge');
    assert.equal(await asked(() => undefined, { time: 50, bytes: 1000 }), 'slow');
    const begins: Answering = (_, response) => {
      response.writeHead(200).write('so');
      return undefined;
    };
    assert.equal(await asked(begins, { time: 50, bytes: 1000 }), 'slow');
  });

  it('follows a redirection of the same kind, and no other', async () => {
    const to =
      (location: string): Answering =>
      (_, response, { url }) =>
        url === '/there' ? Buffer.from('from there') : void response.writeHead(307, { Location: location }).end();
    assert.equal(await asked(to('/there')), 'from there');
    assert.equal(await asked(to('https://127.0.0.1:1/there')), 'elsewhere');
    assert.equal(await asked(to('file:///etc/passwd')), 'elsewhere');
    assert.equal(await asked(to('http://name:secret@127.0.0.1/there')), 'elsewhere');
    assert.equal(await asked(to('/again')), 'elsewhere');
    assert.equal(await asked(to('http://:0')), 'refused');
  });

  it('goes by the proxy that the environment names, and only then', async () => {
    const proxy = await TimeServer.start((_, __, { url }) => Buffer.from(`by proxy: ${url}`));
    const env = { HTTP_PROXY: new URL(proxy.url).origin };
    const answer = async (given: Record<string, string>) =>
      Buffer.from(await askServer('http://clock.example/tsr', query, limits, given)).toString();
    assert.equal(await answer(env), 'by proxy: http://clock.example/tsr');
    assert.deepEqual(proxy.asked[0]!.query, query);
    server.answering = () => Buffer.from('direct');
    const direct = await askServer(server.url, query, limits, { ...env, NO_PROXY: '127.0.0.1' });
    assert.deepEqual([Buffer.from(direct).toString(), proxy.asked.length], ['direct', 1]);
    await proxy.stop();
  });

  it('says when nobody is there', async () => {
    const other = await TimeServer.start(() => undefined);
    const url = other.url;
    await other.stop();
    assert.equal(await asked(() => undefined, limits, url), 'unreachable');
  });
});
