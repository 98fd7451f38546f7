import assert from 'node:assert/strict';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { unzip, ZipFault, type ZipFaultCode } from '../../../src/evidence/unzip.ts';
import { dosStamp, isMemberName, ZipWriter } from '../../../src/evidence/zip.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

function zip(files: Files, stamp = dosStamp(Date.UTC(2026, 10, 14, 10, 4, 6), 300)): Uint8Array {
  const writer = new ZipWriter(stamp);
  for (const [name, content] of Object.entries(files)) writer.add(name, Buffer.from(content as string));
  return writer.finish();
}

function faultOf(bytes: Uint8Array, limits?: { bytes: number; members: number }): ZipFaultCode | 'none' {
  try {
    unzip(bytes, limits);
    return 'none';
  } catch (error) {
    if (error instanceof ZipFault) return error.code;
    throw error;
  }
}

function changed(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = value;
  return copy;
}

const some: Files = { 'a.txt': 'a'.repeat(1000), 'b/c.txt': 'short', 'd.bin': new Uint8Array(0) };

describe('zip', () => {
  it('gives back any members, in order', () => {
    const name = fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8})?$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(name, fc.uint8Array({ maxLength: 3000 })), { selector: f => f[0], minLength: 1 }),
        files => {
          const { members } = unzip(zip(Object.fromEntries(files)));
          assert.deepEqual(
            [...members].map(([n, b]) => [n, Buffer.from(b)]),
            Object.entries(Object.fromEntries(files)).map(([n, b]) => [n, Buffer.from(b)]),
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  it('gives the same bytes twice, in any zone of the machine', () => {
    assert.deepEqual(zip(some), zip(some));
    assert.equal(dosStamp(Date.UTC(2026, 0, 2, 3, 4, 6), 300).toString(16), '5c224083');
    assert.equal(dosStamp(0, 0), dosStamp(Date.UTC(1980, 0, 1), 0));
  });

  it('is read by another program', () => {
    const read = Object.entries(unzipSync(zip(some))).map(([name, bytes]) => [name, Buffer.from(bytes)]);
    assert.deepEqual(
      Object.fromEntries(read),
      Object.fromEntries(Object.entries(some).map(([n, c]) => [n, Buffer.from(c as string)])),
    );
  });

  it('has names that open anywhere', () => {
    for (const name of ['data/a.txt', 'x=D2=9B.md', '.gitignore', 'a..b']) assert.ok(isMemberName(name), name);
    for (const name of ['', '/a', 'a/', '../a', 'a/../b', 'a\\b', 'C:a', 'ә', 'a b', 'a//b', './a', 'a\n', 'a\0']) {
      assert.ok(!isMemberName(name), JSON.stringify(name));
      assert.throws(() => zip({ [name]: 'x' }), RangeError);
    }
  });

  it('refuses what is no archive, or more than the archive', () => {
    const bytes = zip(some);
    assert.equal(faultOf(Buffer.from('hello')), 'notArchive');
    assert.equal(faultOf(new Uint8Array(0)), 'notArchive');
    assert.equal(faultOf(Buffer.concat([bytes, Buffer.from([0])])), 'directory');
    assert.equal(faultOf(Buffer.concat([Buffer.from([0]), bytes])), 'notArchive');
    assert.equal(faultOf(bytes.subarray(0, -1)), 'directory');
  });

  it('refuses a path that leads out of the package', () => {
    const bytes = Buffer.from(zip({ 'data/aaa': 'x' }));
    for (const evil of ['../../aa', '/etc/aaa', 'data\\aaa']) {
      const copy = Buffer.from(bytes);
      for (let at = copy.indexOf('data/aaa'); at >= 0; at = copy.indexOf('data/aaa')) copy.write(evil, at, 'latin1');
      assert.equal(faultOf(copy), 'name', evil);
    }
  });

  it('refuses a member twice', () => {
    assert.equal(
      faultOf(zip({ 'aa.txt': 'x', 'ab.txt': 'x' }).map((b, i, all) => (b === 0x62 && all[i - 1] === 0x61 ? 0x61 : b))),
      'repeated',
    );
  });

  it('refuses what would fill the memory, before inflating it', () => {
    const bomb = zip({ 'zeros.bin': new Uint8Array(5_000_000) });
    assert.ok(bomb.length < 20_000);
    assert.equal(faultOf(bomb, { bytes: 1_000_000, members: 10 }), 'tooLarge');
    assert.equal(faultOf(zip(some), { bytes: 1e6, members: 2 }), 'tooLarge');
    const lying = Buffer.from(bomb);
    lying.writeUInt32LE(100_000, 22);
    assert.equal(faultOf(lying), 'content');
  });

  it('refuses any changed byte that is no deflated one, and any that changes a member', () => {
    const bytes = zip(some);
    const { entries, members } = unzip(bytes);
    const [first] = entries;
    const deflated = { from: 30 + first!.name.length, to: 30 + first!.name.length + first!.packed };
    for (let at = 0; at < bytes.length; at++) {
      for (const flip of [1, 0x80]) {
        const copy = changed(bytes, at, bytes[at]! ^ flip);
        const isDeflated = at >= deflated.from && at < deflated.to;
        if (!isDeflated) assert.notEqual(faultOf(copy), 'none', `byte ${at}`);
        else if (faultOf(copy) === 'none') assert.deepEqual(unzip(copy).members, members);
      }
    }
  });
});
