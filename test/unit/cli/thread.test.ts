import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import type { ExportDocument } from '../../../src/cli/export.ts';
import type { KeyDocument } from '../../../src/cli/key.ts';
import type { Stage } from '../../../src/evidence/stage.ts';
import { newKey, type Signer, signerOf } from '../../../src/journal/keys.ts';
import { Recorded } from './recorded.ts';

const script = new URL('../../../src/cli/main.ts', import.meta.url);

interface Lent {
  readonly signer?: Signer;
  readonly answers?: boolean;
}

/** As the editor runs the command line: in a thread, signing for it. */
async function inThread(recorded: Recorded, argv: string[], { signer, answers = true }: Lent = {}) {
  const former = signer?.former ?? [];
  const lent = signer && {
    keeper: signer.keeper,
    publicKey: signer.publicKey,
    former: former.map(key => key.publicKey),
  };
  const worker = new Worker(script, {
    argv,
    env: { HOLOGRAPH_HOME: recorded.home, LANG: 'C' },
    stdout: true,
    stderr: true,
    workerData: { cwd: recorded.folder, signer: lent },
  });
  const stages: Stage[] = [];
  worker.on('message', ({ sign, by, stage }: { sign?: Uint8Array; by?: string; stage?: Stage }) => {
    if (stage) stages.push(stage);
    if (!sign) return;
    const key = [signer, ...former].find(one => one?.publicKey === by);
    worker.postMessage(answers && key ? { signature: key.sign(sign) } : { refused: true });
  });
  const [out, err] = [worker.stdout, worker.stderr].map(async stream =>
    (await stream.setEncoding('utf8').toArray()).join(''),
  );
  const code = await new Promise<number>((resolve, reject) => worker.on('exit', resolve).on('error', reject));
  return { code, out: await out!, err: await err!, stages };
}

describe('holograph in a thread of the editor', () => {
  const signer = signerOf('vscode', newKey().privateKey);
  let novel: Recorded;
  before(async () => {
    novel = await Recorded.novel();
  });
  after(() => novel.remove());

  it('answers on standard output and by its exit code', async () => {
    const done = await inThread(novel, ['spans', 'ch1.md', '--json']);
    assert.deepEqual([done.code, done.err, JSON.parse(done.out).length], [0, '', 35]);
    const refused = await inThread(novel, ['spans', 'no.md']);
    assert.deepEqual([refused.code, refused.out, refused.err], [2, '', 'holograph: no.md is not on record.\n']);
  });

  it("seals with the editor's key, which never leaves it", async () => {
    const done = await inThread(novel, ['export', '--out', 'package.zip', '--json'], { signer });
    const { code, out, err, stages } = done;
    assert.deepEqual([code, err], [0, '']);
    assert.deepEqual(stages, ['reading', 'measuring', 'printing', 'packing', 'sealing']);
    assert.equal((JSON.parse(out) as ExportDocument).key, signer.fingerprint);
    assert.equal((await inThread(novel, ['verify', 'package.zip', '--key', signer.fingerprint])).code, 0);
  });

  it('enters the editor’s new key by the hand of the one that it replaced', async () => {
    const next = { ...signerOf('vscode', newKey().privateKey), former: [signer] };
    const { code, out } = await inThread(novel, ['export', '--out', 'next.zip', '--json'], { signer: next });
    assert.deepEqual([code, (JSON.parse(out) as ExportDocument).key], [0, next.fingerprint]);
    assert.equal((await inThread(novel, ['verify', 'next.zip', '--key', signer.fingerprint])).code, 0);
    const keys = JSON.parse((await inThread(novel, ['key', '--json'])).out) as KeyDocument;
    assert.deepEqual(
      keys.keys.map(({ keeper, standing }) => `${keeper} ${standing}`),
      ['vscode replaced', 'vscode active'],
    );
  });

  it('says so when the editor does not sign', async () => {
    const { code, err } = await inThread(novel, ['export', '--out', 'none.zip'], {
      signer: signerOf('vscode', newKey().privateKey),
      answers: false,
    });
    assert.deepEqual([code, err], [2, 'holograph: The editor did not sign.\n']);
  });
});
