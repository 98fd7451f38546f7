import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { JsonLines } from '../../../../src/agents/reading/jsonl.ts';
import { cleanFolders, folder } from '../transcript.ts';

/** Reads on and prints what came: values, `!line` for a problem, `^` for a restart. */
async function next(lines: JsonLines, stopAt = Infinity): Promise<string> {
  const seen: string[] = [];
  const state = await lines.read({
    line(value) {
      seen.push(JSON.stringify(value));
      return seen.length >= stopAt ? 'stop' : undefined;
    },
    problem: problem => void seen.push(`!${problem.line}`),
    restart: () => void seen.push('^'),
  });
  return seen.join(' ') + (state === 'more' ? ' …' : '');
}

describe('JsonLines', () => {
  let file: string;
  beforeEach(() => {
    file = join(folder(), 'a.jsonl');
  });
  after(cleanFolders);

  it('gives what came since the last read', async () => {
    const lines = new JsonLines(file);
    writeFileSync(file, '1\n2\n');
    assert.equal(await next(lines), '1 2');
    assert.equal(await next(lines), '');
    appendFileSync(file, '3\n');
    assert.equal(await next(lines), '3');
  });

  it('holds back a line until it is whole, wherever its writing stopped', async () => {
    const whole = `${JSON.stringify({ text: 'Қазақ 👩‍👩‍👧' })}\n`;
    const bytes = Buffer.from(whole);
    for (let cut = 0; cut < bytes.length; cut++) {
      const lines = new JsonLines(file);
      writeFileSync(file, bytes.subarray(0, cut));
      assert.equal(await next(lines), cut < bytes.length - 1 ? '' : whole.trim());
      appendFileSync(file, Buffer.concat([bytes.subarray(cut), Buffer.from('2\n{')]));
      assert.equal(await next(lines), cut < bytes.length - 1 ? `${whole.trim()} 2` : '2');
      appendFileSync(file, ':\n');
      assert.equal(await next(lines), '!3');
    }
  });

  it('names a line whose values would not fit into memory, before it makes them', async () => {
    const many = 4_000_001;
    writeFileSync(file, `${'['.repeat(many)}${']'.repeat(many)}\n"${'.'.repeat(many)}"\n1\n`);
    assert.equal(await next(new JsonLines(file)), `!1 "${'.'.repeat(many)}" 1`);
  });

  it('names lines that are no JSON or no UTF-8, and goes on', async () => {
    writeFileSync(
      file,
      Buffer.concat([Buffer.from('1\n{"a":\n\n\r\n"\u0000'), Buffer.from([0xff, 10]), Buffer.from('2\n')]),
    );
    assert.equal(await next(new JsonLines(file)), '1 !2 !5 2');
  });

  it('begins again when the file was truncated or replaced', async () => {
    const lines = new JsonLines(file);
    writeFileSync(file, '1\n2\n');
    await next(lines);
    writeFileSync(file, '3\n');
    assert.equal(await next(lines), '^ 3');
    writeFileSync(file, '4\n5\n6\n');
    assert.equal(await next(lines), '^ 4 5 6');
    writeFileSync(file, '4\n5\n7\n8\n');
    assert.equal(await next(lines), '^ 4 5 7 8');
  });

  it('goes on after a pause that the visitor asked for', async () => {
    const lines = new JsonLines(file);
    writeFileSync(file, '1\n2\n3\n');
    assert.equal(await next(lines, 2), '1 2 …');
    assert.equal(await next(lines), '3');
  });

  it('passes over a line that is too long, even one that grows while it is read', async () => {
    const lines = new JsonLines(file, 1000);
    const long = `"${'x'.repeat(600_000)}`;
    writeFileSync(file, `1\n${long}`);
    assert.equal(await next(lines), '1 !2');
    appendFileSync(file, long);
    assert.equal(await next(lines), '');
    appendFileSync(file, '"\n2\n');
    assert.equal(await next(lines), '2');
    assert.equal(await next(lines), '');
  });

  it('reads a line longer than a slice', async () => {
    const long = 'y'.repeat(700_000);
    writeFileSync(file, `1\n"${long}"\n2\n`);
    assert.equal(await next(new JsonLines(file)), `1 "${long}" 2`);
  });

  it('takes a missing file for an empty one, and names one that cannot be read once', async () => {
    const lines = new JsonLines(file);
    assert.equal(await next(lines), '');
    mkdirSync(file);
    assert.equal(await next(lines), '!0');
    assert.equal(await next(lines), '');
    rmSync(file, { recursive: true });
    writeFileSync(file, '1\n');
    assert.equal(await next(lines), '1');
  });

  it('gives the same values however the writing was cut, for any bytes', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string().map(text => Buffer.from(JSON.stringify(text))),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(bytes, { maxLength: 6 }), fc.nat(), async (parts, at) => {
        const all = Buffer.concat(parts.flatMap(part => [part, Buffer.from('\n')]));
        const cut = at % (all.length + 1);
        writeFileSync(file, all);
        const once = await next(new JsonLines(file));
        const lines = new JsonLines(file);
        writeFileSync(file, all.subarray(0, cut));
        const first = await next(lines);
        appendFileSync(file, all.subarray(cut));
        assert.equal(`${first} ${await next(lines)}`.trim(), once);
      }),
      { numRuns: 60 },
    );
  });
});
