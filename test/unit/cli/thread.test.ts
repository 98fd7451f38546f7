import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import type { ExportDocument } from '../../../src/cli/export.ts';
import { newKey, signerOf } from '../../../src/journal/keys.ts';
import { Recorded } from './recorded.ts';

const script = new URL('../../../src/cli/main.ts', import.meta.url);

interface Lent {
  readonly signer?: ReturnType<typeof signerOf>;
  readonly answers?: boolean;
}

/** As the editor runs the command line: in a thread, signing for it. */
async function inThread(recorded: Recorded, argv: string[], { signer, answers = true }: Lent = {}) {
  const lent = signer && { keeper: signer.keeper, publicKey: signer.publicKey };
  const worker = new Worker(script, {
    argv,
    env: { HOLOGRAPH_HOME: recorded.home, LANG: 'C' },
    stdout: true,
    stderr: true,
    workerData: { cwd: recorded.folder, signer: lent },
  });
  worker.on('message', ({ sign }: { sign: Uint8Array }) => {
    worker.postMessage(answers && signer ? { signature: signer.sign(sign) } : { refused: true });
  });
  const [out, err] = [worker.stdout, worker.stderr].map(async stream =>
    (await stream.setEncoding('utf8').toArray()).join(''),
  );
  const code = await new Promise<number>((resolve, reject) => worker.on('exit', resolve).on('error', reject));
  return { code, out: await out!, err: await err! };
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
    const { code, out, err } = await inThread(novel, ['export', '--out', 'package.zip', '--json'], { signer });
    assert.deepEqual([code, err], [0, '']);
    assert.equal((JSON.parse(out) as ExportDocument).key, signer.fingerprint);
    assert.equal((await inThread(novel, ['verify', 'package.zip', '--key', signer.fingerprint])).code, 0);
  });

  it('says so when the editor does not sign', async () => {
    const { code, err } = await inThread(novel, ['export', '--out', 'none.zip'], {
      signer: signerOf('vscode', newKey().privateKey),
      answers: false,
    });
    assert.deepEqual([code, err], [2, 'holograph: The editor did not sign.\n']);
  });
});
