import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JsonFile } from '../../../../src/agents/reading/jsonFile.ts';
import { cleanFolders, folder } from '../transcript.ts';

/** What a read gives: the value, `-` for nothing, and `!message` for each problem. */
async function next(json: JsonFile): Promise<string> {
  const seen: string[] = [];
  const state = await json.read({ problem: problem => void seen.push(`!${problem.message}`) });
  return [state ? JSON.stringify(state.value) : '-', ...seen].join(' ');
}

describe('JsonFile', () => {
  let file: string;
  let clock = 1_700_000_000;
  beforeEach(() => {
    file = join(folder(), 'a.json');
  });
  after(cleanFolders);

  /** Writes it as a tool did a while ago. */
  function write(text: string | Uint8Array): void {
    writeFileSync(file, text);
    utimesSync(file, ++clock, clock);
  }

  it('gives the value when the file has changed', async () => {
    const json = new JsonFile(file);
    assert.equal(await next(json), '-');
    write('{"a":1}');
    assert.equal(await next(json), '{"a":1}');
    assert.equal(await next(json), '-');
    write('{"a":2}');
    assert.equal(await next(json), '{"a":2}');
    writeFileSync(`${file}.new`, '{"a":3}');
    renameSync(`${file}.new`, file);
    assert.equal(await next(json), '{"a":3}');
  });

  it('tells the time of the last change', async () => {
    write('1');
    const state = await new JsonFile(file).read({ problem: ({ message }) => assert.fail(message) });
    assert.equal(state?.changed, clock * 1000);
  });

  it('waits for a file that is being written', async () => {
    const json = new JsonFile(file, 100, 60_000);
    writeFileSync(file, '{"a":');
    const read = next(json);
    setTimeout(() => writeFileSync(file, '{"a":1}'), 50);
    assert.equal(await read, '{"a":1}');
  });

  it('names what stays broken once, and reads what is written later', async () => {
    const json = new JsonFile(file);
    write('{"a":');
    assert.equal(await next(json), '- !no JSON');
    assert.equal(await next(json), '-');
    write('{"a":1');
    assert.equal(await next(json), '-');
    write('{"a":1}');
    assert.equal(await next(json), '{"a":1}');
    write('');
    assert.equal(await next(json), '- !no JSON');
  });

  it('names a file that is too large, no UTF-8 or no file', async () => {
    const json = new JsonFile(file, 10);
    write('[]');
    truncateSync(file, 11);
    assert.equal(await next(json), '- !larger than 10 bytes');
    write(new Uint8Array([0x22, 0xff, 0x22]));
    assert.equal(await next(json), '- !ERR_ENCODING_INVALID_ENCODED_DATA');
    rmSync(file);
    assert.equal(await next(json), '-');
    mkdirSync(file);
    assert.equal(await next(new JsonFile(file)), '- !EISDIR');
  });
});
