import { rounds, rows, substitution } from './streebogTables.ts';

/**
 * GOST R 34.11-2012, of 256 or 512 bits: RFC 6986, whose examples the test has. Of 2015 in Kazakhstan's numbering. Only
 * to compare what a signature says it is over: nothing of ours is digested by it.
 *
 * A block is 64 bytes as they come in the text, the lowest first, held as sixteen words of 32 bits.
 */
export function streebog(bytes: Uint8Array, bits: 256 | 512): Uint8Array {
  const state = new Uint32Array(WORDS).fill(bits === 512 ? 0 : 0x01010101);
  const counted = new Uint32Array(WORDS);
  const sum = new Uint32Array(WORDS);
  for (let at = 0; at <= bytes.length; at += BLOCK) {
    const part = bytes.subarray(at, at + BLOCK);
    const block = blockOf(part);
    compress(state, block, counted);
    add(counted, part.length * 8);
    addAll(sum, block);
  }
  const nothing = new Uint32Array(WORDS);
  compress(state, counted, nothing);
  compress(state, sum, nothing);
  return bytesOf(state).subarray(BLOCK - bits / 8);
}

const BLOCK = 64;
const WORDS = 16;

/** Substitution, permutation and matrix in one: by place of the word and byte in it, low and high 32 bits. */
const [low, high] = tables();
const constants = rounds.map(hex => wordsOf(Buffer.from(hex, 'hex').reverse()));

/** Section 8: g. Changes `state`. */
function compress(state: Uint32Array, block: Uint32Array, counted: Uint32Array): void {
  let key = mixed(state, counted);
  let inner = mixed(block, key);
  for (const [round, constant] of constants.entries()) {
    key = mixed(key, constant);
    if (round < constants.length - 1) inner = mixed(inner, key);
  }
  for (let i = 0; i < WORDS; i++) state[i] = state[i]! ^ inner[i]! ^ key[i]! ^ block[i]!;
}

/** Section 7: L, P and S of the sum by bits. */
function mixed(a: Uint32Array, b: Uint32Array): Uint32Array {
  const from = new Uint8Array(BLOCK);
  for (let i = 0; i < WORDS; i++) put(from, i, a[i]! ^ b[i]!);
  const mixed = new Uint32Array(WORDS);
  for (let place = 0; place < 8; place++) {
    let [lower, upper] = [0, 0];
    for (let word = 0; word < 8; word++) {
      const entry = (word << 8) | from[8 * word + place]!;
      lower ^= low[entry]!;
      upper ^= high[entry]!;
    }
    mixed[2 * place] = lower;
    mixed[2 * place + 1] = upper;
  }
  return mixed;
}

function tables(): readonly [low: Uint32Array, high: Uint32Array] {
  const [low, high] = [new Uint32Array(2048), new Uint32Array(2048)];
  const [bytes, matrix] = [Buffer.from(substitution, 'hex'), Buffer.from(rows, 'hex')];
  for (let entry = 0; entry < 2048; entry++) {
    const [word, byte] = [entry >> 8, bytes[entry & 255]!];
    for (let bit = 0; bit < 8; bit++) {
      if (((byte >> bit) & 1) === 0) continue;
      // The first row is that of the highest bit.
      const row = 63 - 8 * word - bit;
      high[entry]! ^= matrix.readUInt32BE(8 * row);
      low[entry]! ^= matrix.readUInt32BE(8 * row + 4);
    }
  }
  return [low, high];
}

/** A last block is filled up with a one and noughts: one that is empty too. */
function blockOf(part: Uint8Array): Uint32Array {
  if (part.length === BLOCK) return wordsOf(part);
  const filled = new Uint8Array(BLOCK);
  filled.set(part);
  filled[part.length] = 1;
  return wordsOf(filled);
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Uint32Array.from({ length: WORDS }, (_, i) => view.getUint32(4 * i, true));
}

function bytesOf(words: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(BLOCK);
  words.forEach((word, i) => {
    put(bytes, i, word);
  });
  return bytes;
}

function put(bytes: Uint8Array, word: number, value: number): void {
  for (let i = 0; i < 4; i++) bytes[4 * word + i] = value >>> (8 * i);
}

/** Adds to a number of 512 bits. */
function add(sum: Uint32Array, value: number): void {
  const one = new Uint32Array(WORDS);
  one[0] = value;
  addAll(sum, one);
}

function addAll(sum: Uint32Array, other: Uint32Array): void {
  let carry = 0;
  for (let i = 0; i < WORDS; i++) {
    const total = sum[i]! + other[i]! + carry;
    sum[i] = total;
    carry = total > 0xffffffff ? 1 : 0;
  }
}
