import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Chronicle } from '../../../src/evidence/chronicle.ts';
import { MarkList } from '../../../src/evidence/marks.ts';
import { PassageReader, type PassageUnit } from '../../../src/evidence/passages.ts';
import { type Piece, piecesOf } from '../../../src/evidence/pieces.ts';
import { Replay } from '../../../src/journal/replay.ts';
import { originOf } from '../../support/picture.ts';
import { randomStory } from '../../support/randomStory.ts';
import { typedStory } from '../../support/typedStory.ts';

describe('the pieces of a text', () => {
  for (const [name, stories] of [
    ['typing', typedStory],
    ['any acts of several hands', randomStory],
  ] as const) {
    it(`tell of each character what is known of it: ${name}`, () =>
      fc.assert(
        fc.property(stories, story => {
          const chronicle = Chronicle.read(story.source(), new Replay());
          const { origins, documents } = chronicle.folding;
          for (const document of documents.values()) {
            const told = units(piecesOf(chronicle, document));
            const known = document.provenance.spans().flatMap(({ serial, length }) =>
              Array.from({ length }, (_, i) => {
                const { origin, act } = origins.at(serial + i);
                return { serial: serial + i, origin, act };
              }),
            );
            assert.deepEqual(
              told.map(({ serial, origin, act }) => ({ serial, origin, act })),
              known,
            );
          }
        }),
        { numRuns: 60 },
      ));
  }

  const signs = fc.constantFrom('a', 'b', ' ', '\n', '.', '\u00a0', '\ud83d', '\ude00');
  const runs = fc.array(
    fc.record({
      length: fc.integer({ min: 1, max: 9 }),
      act: fc.nat(60),
      each: fc.boolean(),
      letter: fc.constantFrom('t', 'a', 'p', 'f'),
    }),
    { minLength: 1, maxLength: 12 },
  );
  it('of many acts give the marks and passages of pieces of one', () =>
    fc.assert(
      fc.property(
        runs,
        fc.infiniteStream(signs),
        fc.constantFrom<PassageUnit>('sentence', 'line'),
        (all, text, unit) => {
          let to = 0;
          const pieces = all.map(({ length, act, each, letter }): Piece => {
            const from = to;
            to += length;
            return { from, to, serial: from, origin: originOf(letter), act, each, placing: undefined };
          });
          const written = Array.from({ length: to }, () => text.next().value as string).join('');
          assert.deepEqual(readBy(pieces, written, unit), readBy(units(pieces), written, unit));
        },
      ),
      { numRuns: 300 },
    ));
});

/** A piece for each code unit. */
function units(pieces: Iterable<Piece>): Piece[] {
  // The object is reused.
  return Array.from(pieces, piece => ({ ...piece })).flatMap(piece =>
    Array.from({ length: piece.to - piece.from }, (_, i) => {
      const [from, act] = [piece.from + i, piece.act + (piece.each ? i : 0)];
      return { ...piece, from, to: from + 1, serial: piece.serial + i, act, each: false };
    }),
  );
}

function readBy(pieces: readonly Piece[], text: string, unit: PassageUnit) {
  const [marks, passages] = [new MarkList('j'), new PassageReader(text, unit)];
  for (const piece of pieces) {
    marks.add(piece);
    passages.add(piece);
  }
  return { marks: marks.end(), passages: passages.end() };
}
