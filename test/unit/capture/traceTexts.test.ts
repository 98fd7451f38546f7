import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainTexts, ScrambledTexts, type TraceTexts } from '../../../src/capture/traceTexts.ts';

/** What a character still tells when it is scrambled. */
const shape = (text: string) =>
  text
    .replace(/\p{Lu}/gu, 'A')
    .replace(/\p{Ll}/gu, 'a')
    .replace(/\p{Lo}/gu, 'o')
    .replace(/\p{Nd}/gu, '1');

/** One text and what stands for it, changed side by side. */
class Pair {
  readonly texts: TraceTexts;
  text: string;
  stands: string;

  constructor(texts: TraceTexts, text: string) {
    this.texts = texts;
    this.text = text;
    this.stands = texts.opened(1, text);
  }

  replace(offset: number, length: number, insert: string): string {
    const [stands = ''] = this.texts.changed(1, [{ offset, length, text: insert }]);
    const put = (text: string, by: string) => text.slice(0, offset) + by + text.slice(offset + length);
    [this.text, this.stands] = [put(this.text, insert), put(this.stands, stands)];
    return stands;
  }

  type(text: string, at = this.text.length): void {
    for (const [i, key] of [...text].entries()) this.replace(at + i, 0, key);
  }
}

describe('a scrambled text', () => {
  it('keeps length, script, case, signs and white space, and nothing else', () => {
    const text = 'Ірі сөз: Read 1984, “naïve” & 读书 👩‍👩‍👧 e\u0301\r\n\tend.';
    // Each draws its own letters: what holds, holds for all.
    for (let time = 0; time < 50; time++) {
      const stands = new ScrambledTexts().carried(text);
      assert.equal(shape(stands), shape(text));
      assert.equal(stands.length, text.length);
      for (const script of [/\p{sc=Cyrl}/gu, /\p{sc=Latn}/gu, /\p{sc=Han}/gu])
        assert.equal(stands.match(script)?.length, text.match(script)?.length, script.source);
      assert.notEqual(stands, text);
    }
  });

  it('is another in each trace', () => {
    const text = 'The lamp was lit at seven. '.repeat(20);
    assert.notEqual(new ScrambledTexts().carried(text), new ScrambledTexts().carried(text));
  });

  it('is no substitution letter by letter', () => {
    const stands = new ScrambledTexts().carried('abcdefgh bbbbbbbb cbbbbbbb dbbbbbbb ebbbbbbb');
    assert.ok(new Set([...stands].filter((_, i) => 'abcdefgh bbbbbbbb'[i] === 'b')).size > 2, stands);
  });

  it('tells equal words from different ones, typed or not', () => {
    const pair = new Pair(new ScrambledTexts(), 'one two one ');
    const [first, other, again] = pair.stands.split(' ');
    assert.equal(first, again);
    assert.notEqual(first, other);
    pair.type('one two');
    assert.deepEqual(pair.stands.split(' ').slice(3), [first, other]);
  });

  it('different words of a shape stay different', () => {
    const words = [...'abcdefghijklmnopqrstuvwxyz'].flatMap(a => [...'aeiou'].map(b => a + b));
    const stands = new ScrambledTexts().carried(words.join(' ')).split(' ');
    assert.equal(new Set(stands).size, words.length);
  });

  it('comes back as it was: cut and pasted, undone, read again from the disk', () => {
    const pair = new Pair(new ScrambledTexts(), 'The lamp was lit.\r\nNobody came.\r\n');
    pair.type('by helo', 8);
    pair.type('l', 13);
    const [text, stands] = [pair.text, pair.stands];
    const removed = stands.slice(4, 17);
    pair.replace(4, 13, '');
    assert.equal(pair.replace(2, 0, text.slice(4, 17)), removed);
    pair.replace(2, 13, '');
    pair.replace(4, 0, text.slice(4, 17));
    assert.equal(pair.stands, stands);
    assert.equal(pair.texts.carried(text), stands);
    pair.replace(0, text.length, text.replace('Nobody', 'Somebody'));
    assert.equal(pair.stands.replace(/[^ ]*(?= [^ ]*\r\n$)/, ''), stands.replace(/[^ ]*(?= [^ ]*\r\n$)/, ''));
  });

  it('a copied text is on the clipboard what stands for it in the text, with other line ends too', () => {
    const pair = new Pair(new ScrambledTexts(), 'first\r\nsecond\r\n');
    pair.type('x', 2);
    pair.texts.copied(1, [[0, 10]]);
    assert.equal(pair.texts.carried('fixrst\nse'), pair.stands.slice(0, 10).replace('\r\n', '\n'));
  });

  it('several places of one step each get what stands for them', () => {
    const texts = new ScrambledTexts();
    const stands = texts.opened(1, 'lamp light lamp');
    const changes = [11, 0].map(offset => ({ offset, length: 4, text: 'light' }));
    assert.deepEqual(texts.changed(1, changes), [stands.slice(5, 10), stands.slice(5, 10)]);
  });

  it('names keep their endings and are told apart', () => {
    const texts = new ScrambledTexts();
    assert.equal(texts.name('drafts/Chapter One.md'), texts.name('drafts/Chapter One.md'));
    assert.match(texts.name('drafts/Chapter Two.md'), /^\d+\/\d+\.md$/);
    assert.notEqual(texts.name('drafts/Chapter One.md'), texts.name('drafts/Chapter Two.md'));
  });

  it('fits its text after any changes', () => {
    const change = fc.tuple(fc.nat(60), fc.nat(8), fc.string({ unit: 'grapheme', maxLength: 6 }));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.array(change, { maxLength: 12 }), (start, all) => {
        const pair = new Pair(new ScrambledTexts(), start);
        for (const [at, length, insert] of all) {
          // Halves of pairs that meet anew are other characters, with other classes.
          const whole = (place: number) => (/[\udc00-\udfff]/.test(pair.text[place] ?? '') ? place - 1 : place);
          const offset = whole(at % (pair.text.length + 1));
          pair.replace(offset, whole(Math.min(offset + length, pair.text.length)) - offset, insert);
          assert.equal(pair.stands.length, pair.text.length);
        }
        assert.equal(pair.stands.replace(/[\p{L}\p{N}\p{Cs}]/gu, ''), pair.text.replace(/[\p{L}\p{N}\p{Cs}]/gu, ''));
      }),
    );
  });

  it('as it is, where it is not to be scrambled', () => {
    const pair = new Pair(plainTexts, 'as it is');
    pair.type(' 1');
    assert.equal(pair.stands, 'as it is 1');
  });
});
