import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rewriteAll } from '../../../src/cli/rewrite.ts';

describe('files of a person that a command rewrites', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holograph-rewrite-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const at = (name: string) => join(folder, name);
  const text = (name: string) => readFileSync(at(name), 'utf8');
  const one = (name: string, was: string | undefined, becomes: string | undefined) => ({
    file: at(name),
    was: was === undefined ? undefined : Buffer.from(was),
    becomes: becomes === undefined ? undefined : Buffer.from(becomes),
  });

  it('are written, made and taken away, and put back', () => {
    writeFileSync(at('a'), '1');
    writeFileSync(at('b'), '2');
    chmodSync(at('a'), 0o640);
    const back = rewriteAll([one('a', '1', 'one'), one('b', '2', undefined), one('new/c', undefined, 'three')]);
    assert.deepEqual([text('a'), text('new/c'), readdirSync(folder)], ['one', 'three', ['a', 'new']]);
    assert.equal(statSync(at('a')).mode & 0o777, 0o640);
    back();
    assert.deepEqual([text('a'), text('b'), readdirSync(at('new'))], ['1', '2', []]);
  });

  it('are all left where one is not as it was read', () => {
    writeFileSync(at('a'), '1');
    writeFileSync(at('b'), 'typed meanwhile');
    assert.throws(() => rewriteAll([one('a', '1', 'one'), one('b', '2', 'two')]), /changedMeanwhile/);
    assert.throws(() => rewriteAll([one('a', '1', 'one'), one('b', undefined, 'two')]), /changedMeanwhile/);
    assert.deepEqual([text('a'), text('b')], ['1', 'typed meanwhile']);
  });

  it('are all as they were where one cannot be written', () => {
    writeFileSync(at('a'), '1');
    writeFileSync(at('file'), '');
    assert.throws(() => rewriteAll([one('a', '1', 'one'), one('file/b', undefined, 'two')]), /unwritable/);
    assert.deepEqual([text('a'), readdirSync(folder)], ['1', ['a', 'file']]);
  });

  it('stay links, and a link that leads nowhere is not followed', () => {
    mkdirSync(at('far'));
    writeFileSync(at('far/a'), '1');
    symlinkSync(at('far/a'), at('a'));
    symlinkSync(at('far/none'), at('b'));
    rewriteAll([one('a', '1', 'one')]);
    assert.deepEqual([text('far/a'), readdirSync(at('far'))], ['one', ['a']]);
    assert.throws(() => rewriteAll([one('b', undefined, 'two')]), /changedMeanwhile/);
  });

  it('that were written since are not put back over that', () => {
    writeFileSync(at('a'), '1');
    const back = rewriteAll([one('a', '1', 'one')]);
    writeFileSync(at('a'), 'typed since');
    back();
    assert.equal(text('a'), 'typed since');
  });
});
