import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { type StampingOptions, TimeStamping } from '../../../src/ui/timeStamping.ts';

const server = 'http://clock.example/';
const novel = { name: 'Novel' };
const answer = (outcome: string) =>
  JSON.stringify({ schema: 'holograph.timestamp', version: 1, journal: 'j', size: 3, servers: [{ server, outcome }] });

/** A person's settings, folders and command line, and what was asked of them. */
class Desk {
  servers: string[] = [];
  readonly asked: string[] = [];
  readonly told: string[] = [];
  readonly events = new EventEmitter();
  answering: () => Promise<{ code: number; stdout: string; stderr: string }> = async () => ({
    code: 0,
    stdout: answer('stamped'),
    stderr: '',
  });
  readonly folders = [novel];
  #listening = new Set<() => void>();

  get listeners(): number {
    return this.#listening.size;
  }

  options(waits = { first: 1, between: 1 }): StampingOptions<typeof novel> {
    return {
      servers: () => this.servers,
      onDidChange: listener => {
        const listening = () => listener();
        this.#listening.add(listening);
        return { dispose: () => this.#listening.delete(listening) };
      },
      folders: () => this.folders,
      ask: async (folder, servers) => {
        this.asked.push(`${folder.name} ${servers.join(' ')}`);
        this.events.emit('asked');
        return this.answering();
      },
      log: {
        info: text => this.#tell(text),
        warn: text => this.#tell(text),
        error: (text, failure) => this.#tell(`${text}: ${failure}`),
      },
      waits,
    };
  }

  #tell(text: string): void {
    this.told.push(text);
    this.events.emit('told');
  }

  name(...servers: string[]): void {
    this.servers = servers;
    for (const listening of this.#listening) listening();
  }
}

describe('time stamping while a window is open', () => {
  let desk: Desk;
  let stamping: TimeStamping<typeof novel> | undefined;
  beforeEach(() => {
    desk = new Desk();
  });
  afterEach(() => stamping?.dispose());
  const told = () => once(desk.events, 'told');
  const begin = (waits?: { first: number; between: number }) => {
    stamping = new TimeStamping(desk.options(waits));
  };

  it('asks nobody until a server is named, then at once and again and again', async () => {
    begin();
    await new Promise(resolve => setTimeout(resolve, 20));
    assert.deepEqual(desk.asked, []);
    const first = told();
    desk.name(server);
    await first;
    await told();
    assert.deepEqual([...new Set(desk.asked)], [`Novel ${server}`]);
    assert.match(desk.told[0]!, /^Novel: http:\/\/clock\.example\/: stamped/);
  });

  it('goes on after an answer that is none, a refusal, an error', async () => {
    desk.servers = [server];
    const answers = [
      async () => ({ code: 1, stdout: answer('failed'), stderr: '' }),
      async () => ({ code: 2, stdout: '', stderr: 'holograph: no' }),
      () => Promise.reject(new Error('no thread')),
    ];
    desk.answering = () => (answers.shift() ?? (async () => ({ code: 0, stdout: answer('stamped'), stderr: '' })))();
    begin();
    while (desk.told.length < 4) await told();
    assert.match(desk.told.slice(0, 4).join('\n'), /failed\n.*holograph: no\n.*no thread\n.*stamped/);
  });

  it('asks no earlier server once the person took all out', async () => {
    desk.servers = [server];
    begin();
    await told();
    desk.name();
    const count = desk.asked.length;
    await new Promise(resolve => setTimeout(resolve, 20));
    assert.equal(desk.asked.length, count);
  });

  it('asks one at a time, however often the settings change', async () => {
    desk.servers = [server];
    let [under, most] = [0, 0];
    desk.answering = async () => {
      most = Math.max(most, ++under);
      await new Promise(resolve => setTimeout(resolve, 5));
      under--;
      return { code: 0, stdout: answer('stamped'), stderr: '' };
    };
    begin();
    for (let i = 0; i < 10; i++) {
      await once(desk.events, 'asked');
      desk.name(server);
    }
    assert.equal(most, 1);
  });

  it('leaves nothing behind', async () => {
    desk.servers = [server];
    begin({ first: 5, between: 5 });
    assert.equal(desk.listeners, 1);
    stamping?.dispose();
    await new Promise(resolve => setTimeout(resolve, 20));
    assert.deepEqual([desk.listeners, desk.asked], [0, []]);
  });
});
