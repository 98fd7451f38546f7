import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AgentRecords, noRecords } from '../../../../src/agents/agent.ts';
import { claimed, leave } from '../../../../src/agents/hooks/hookSpool.ts';
import { cleanFolders, folder } from '../transcript.ts';

describe('the spool of hooks', () => {
  let spool: string;
  beforeEach(() => {
    spool = join(folder(), 'hooks', 'a');
  });
  after(cleanFolders);

  it('gives what was left, oldest first', async () => {
    for (const time of [3, 1, 2]) leave(spool, told(`${time}`), time);
    assert.deepEqual(await texts(), ['1', '2', '3']);
    assert.deepEqual(await texts(), []);
  });

  it('gives nothing of a file that is half written, and nothing where nothing was left', async () => {
    assert.deepEqual(await texts(), []);
    leave(spool, told('A'), 1);
    writeFileSync(join(spool, '000000000000002-1-x.part'), '{"version":1');
    assert.deepEqual(await texts(), ['A']);
  });

  it('names what it cannot read once, and sets it aside', async () => {
    const edit = { id: 'a:b:c', agent: 'a', conversation: 'b', time: 1, file: '/a' };
    const wrong = [
      'no json',
      '[]',
      '{"version":2}',
      JSON.stringify({ version: 1, records: { prompts: [] } }),
      ...[{ id: 'a:b:c' }, { ...told('x').prompts[0], folder: 5 }, { ...told('x').prompts[0], id: 'a' }].map(one =>
        JSON.stringify({ version: 1, records: { ...noRecords, prompts: [one] } }),
      ),
      JSON.stringify({ version: 1, records: { ...noRecords, problems: [null] } }),
      JSON.stringify({ version: 1, records: { ...noRecords, edits: [{ ...told('x').prompts[0], file: 1 }] } }),
      ...[
        { of: 5 },
        { of: 'a:b:c' },
        { elsewhere: true },
        { brings: 1 },
        { replaced: { old: 'a', new: 'b', all: 1 } },
      ].map(more => JSON.stringify({ version: 1, records: { ...noRecords, edits: [{ ...edit, ...more }] } })),
    ];
    mkdirSync(spool, { recursive: true });
    for (const [index, text] of wrong.entries()) writeFileSync(join(spool, `${index}-1-x.json`), text);
    leave(spool, told('A'), 1);
    const problems = ['no JSON', 'unknown version', 'unknown version', ...Array(11).fill('unknown form')];
    assert.deepEqual((await texts()).sort(), ['A', ...problems.map(one => `!hook: ${one}`)].sort());
    assert.deepEqual(await texts(), []);
    assert.equal(readdirSync(spool).filter(name => name.endsWith('.bad')).length, wrong.length);
  });

  it('leaves to others what does not concern it', async () => {
    leave(spool, told('A'), 1);
    leave(spool, told('B'), 2);
    assert.deepEqual(await texts(Date.now(), ({ prompts }) => prompts[0]!.text === 'B'), ['B']);
    assert.deepEqual(await texts(), ['A']);
  });

  it('takes again what a process took that is gone, and deletes what nobody took in 30 days', async () => {
    leave(spool, told('A'), 1);
    assert.deepEqual(await texts(), ['A']);
    assert.deepEqual(await texts(Date.now() + 6 * 60_000), ['A']);
    leave(spool, told('B'), 2);
    const old = Date.now() / 1000 - 31 * 24 * 3600;
    for (const name of readdirSync(spool)) utimesSync(join(spool, name), old, old);
    assert.deepEqual(await texts(), []);
    assert.deepEqual(readdirSync(spool), []);
  });

  it('two processes that claim at once have each file once', async () => {
    const script = join(import.meta.dirname, '../../../support/claimHooks.ts');
    const claims = Array.from({ length: 2 }, () => claimer(script));
    await Promise.all(claims.map(({ ready }) => ready));
    for (let n = 0; n < 200; n++) leave(spool, told(`${n}`), n);
    for (const { go } of claims) go();
    const all = (await Promise.all(claims.map(({ told }) => told))).flat();
    assert.equal(all.length, 200);
    assert.equal(new Set(all).size, 200);
  });

  function claimer(script: string): { ready: Promise<void>; go: () => void; told: Promise<string[]> } {
    const child = spawn(process.execPath, [script, spool], { stdio: ['pipe', 'pipe', 'inherit'] });
    let said = '';
    const ready = new Promise<void>(resolve => child.stdout.once('data', () => resolve()));
    child.stdout.setEncoding('utf8').on('data', text => {
      said += text;
    });
    const told = new Promise<string[]>(resolve =>
      child.on('close', () => resolve(said.split('\n').filter(line => line !== '' && line !== 'ready'))),
    );
    return { ready, go: () => child.stdin.end('go'), told };
  }

  async function texts(now = Date.now(), taken?: (records: AgentRecords) => boolean): Promise<string[]> {
    const out: string[] = [];
    for await (const one of claimed(spool, now, taken && { taken })) {
      out.push('records' in one ? one.records.prompts[0]!.text : `!${one.message}`);
    }
    return out;
  }
});

function told(text: string): AgentRecords {
  const asked = { id: `claude-code:s:${text}`, agent: 'claude-code', conversation: 's', time: 1, text };
  return { ...noRecords, prompts: [asked] };
}
