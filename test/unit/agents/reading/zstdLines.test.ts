import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { ZstdLines } from '../../../../src/agents/reading/zstdLines.ts';
import { cleanFolders, folder } from '../transcript.ts';

/** Reads on and prints what came: values, `!line message` for a problem. */
async function next(lines: ZstdLines, stopAt = Infinity): Promise<string> {
  const seen: string[] = [];
  const state = await lines.read({
    line(value) {
      seen.push(JSON.stringify(value));
      return seen.length >= stopAt ? 'stop' : undefined;
    },
    problem: ({ line, message }) => void seen.push(`!${line} ${message}`),
    restart: () => assert.fail('a packed record does not grow'),
  });
  return seen.join(' ') + (state === 'more' ? ' …' : '');
}

describe('ZstdLines', () => {
  let file: string;
  beforeEach(() => {
    file = join(folder(), 'a.jsonl.zst');
  });
  after(cleanFolders);

  const write = (text: string) => writeFileSync(file, zstdCompressSync(text));

  it('gives all lines once', async () => {
    const lines = new ZstdLines(file);
    write('1\n\r\n"Қазақ"\n3');
    assert.equal(await next(lines), '1 "Қазақ" 3');
    assert.equal(await next(lines), '');
  });

  it('goes on after a pause that the visitor asked for', async () => {
    const lines = new ZstdLines(file);
    write('1\n2\n3');
    assert.equal(await next(lines, 1), '1 …');
    assert.equal(await next(lines, 1), '2 …');
    assert.equal(await next(lines, 2), '3');
  });

  it('names lines that are no JSON, and goes on', async () => {
    write('1\n{\n2\n');
    assert.equal(await next(new ZstdLines(file)), '1 !2 no JSON 2');
  });

  it('names a file that is cut or not packed once, and gives what stands before', async () => {
    const lines = new ZstdLines(file);
    writeFileSync(file, '1\n2\n');
    assert.match(await next(lines), /^!0 Z\w+$/);
    assert.equal(await next(lines), '');
    write('1\n2\n');
    assert.equal(await next(lines), '1 2');
    writeFileSync(file, zstdCompressSync('1\n'.repeat(1000)).subarray(0, 15));
    assert.match(await next(new ZstdLines(file)), /^!0 Z\w+$/);
  });

  it('stops where the text unpacked is too large', async () => {
    write(`1\n${' '.repeat(1_000_000)}`);
    assert.equal(await next(new ZstdLines(file, 1000)), '!0 larger than 1000 bytes');
  });

  it('passes over a line that is too long', async () => {
    const lines = new ZstdLines(file, 10_000_000, 1000);
    write(`1\n"${'x'.repeat(600_000)}"\n2\n3`);
    assert.equal(await next(lines, 3), '1 !2 longer than 1000 bytes 2 …');
    assert.equal(await next(lines), '3');
  });

  it('takes a missing file for an empty one', async () => {
    rmSync(file, { force: true });
    assert.equal(await next(new ZstdLines(file)), '');
  });

  it('gives what plain lines hold, whatever they are and wherever it paused', async () => {
    const values = fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(values, fc.integer({ min: 1, max: 4 }), async (all, stopAt) => {
        write(all.map(value => `${JSON.stringify(value)}\n`).join(''));
        const lines = new ZstdLines(file);
        let seen = '';
        for (let read = ' …'; read.endsWith(' …'); seen += `${read.replace(/ …$/, '')} `)
          read = await next(lines, stopAt);
        assert.equal(seen.trim(), all.map(value => JSON.stringify(value)).join(' '));
      }),
      { numRuns: 40 },
    );
  });
});
