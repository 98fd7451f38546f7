import assert from 'node:assert/strict';
import { exportPackage } from '../../../src/evidence/package.ts';
import { journalMembers } from '../../../src/evidence/packageSource.ts';
import { verifyPackage } from '../../../src/evidence/verify.ts';
import { emptyWork } from '../../../src/evidence/work.ts';
import { eventDigest } from '../../../src/journal/canonical.ts';
import { Frontier } from '../../../src/journal/chain.ts';
import { formatCheckpoint, originOf, signCheckpoint } from '../../../src/journal/checkpoint.ts';
import { toHex } from '../../../src/journal/digest.ts';
import type { JournalEvent } from '../../../src/journal/event.ts';
import { signerFrom, smallJournal } from '../../support/journalByHand.ts';
import { resealed } from '../../support/resealed.ts';
import { Seeded } from '../../support/seeded.ts';

/** A forger makes up events of any form, with tree, checkpoints, lists and seal all as they should be. */
const signer = signerFrom('author');
const journal = smallJournal(signer);
const { archive, manifest } = exportPackage(journal.source(), {
  work: emptyWork,
  profile: 'generic',
  language: 'en',
  signer,
});

function packageOf(events: readonly JournalEvent[]): Uint8Array {
  const tree = new Frontier();
  const notes = new Map<number, string>();
  for (const event of events) {
    tree.append(eventDigest(event, journal.secret(0)));
    const text = formatCheckpoint({ origin: originOf(journal.id), size: tree.size, root: tree.root() });
    notes.set(tree.size, signCheckpoint(text, signer));
  }
  const source = { ...journal.source(), events: () => events, root: toHex(tree.root()) };
  return resealed(
    archive,
    { ...manifest, journals: [{ journal: journal.id, size: events.length, root: source.root }] },
    signer,
    tampered => {
      for (const { name, bytes } of journalMembers(source)) tampered.write(name, bytes);
      tampered.write('seal/checkpoints/0001.txt', notes.get(8)!);
      for (const name of ['seal/checkpoints/0002.txt', 'data/journal/checkpoint.txt'])
        tampered.write(name, notes.get(events.length)!);
    },
  );
}

const odd: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  2 ** 52,
  '',
  '\ud800',
  'x'.repeat(300),
  [],
  {},
  [[]],
  [null],
  { length: -5 },
];

/** The event with one of its values, at any depth, made another. */
function changed(event: JournalEvent, random: Seeded): JournalEvent {
  const copy = structuredClone(event) as unknown as Record<string, unknown>;
  let at = copy;
  for (;;) {
    const names = Object.keys(at).filter(name => at !== copy || !['sequence', 'texts'].includes(name));
    const name = names[random.below(names.length)];
    if (name === undefined) return copy as unknown as JournalEvent;
    const value = at[name];
    if (typeof value === 'object' && value !== null && random.below(3) > 0) {
      at = value as Record<string, unknown>;
      continue;
    }
    if (random.below(4) === 0) delete at[name];
    else at[name] = odd[random.below(odd.length)];
    return copy as unknown as JournalEvent;
  }
}

describe('verify made-up events', function () {
  // Each is sealed, set for print and made again.
  this.timeout(120_000);

  it('accepts the real ones, packed the same way', () => {
    assert.deepEqual(verifyPackage(packageOf(journal.events)).wrong, []);
  });

  it('refuses a kind of origin that is none', () => {
    const at = journal.events.findLastIndex(({ kind }) => kind === 'changed');
    const events = structuredClone(journal.events) as unknown as { findings: { kind: string }[] }[];
    events[at]!.findings[0]!.kind = 'typd';
    const { wrong: all } = verifyPackage(packageOf(events as unknown as JournalEvent[]));
    const wrong = all.find(({ what }) => what === 'eventMisfit');
    assert.match(wrong?.detail ?? '', new RegExp(`^event ${at}: no kind that there is: "typd"`, 'u'));
  });

  it('refuses or makes again 120 of any form, and never fails', () => {
    const random = new Seeded(77);
    for (let i = 0; i < 120; i++) {
      const rank = random.below(journal.events.length);
      const events = journal.events.with(rank, changed(journal.events[rank]!, random));
      const { consistent, wrong } = verifyPackage(packageOf(events));
      assert.equal(consistent, wrong.length === 0, JSON.stringify(events[rank]));
    }
  });

  it('refuses lines nested deeper than any event', () => {
    const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n`;
    const tampered = resealed(archive, manifest, signer, t => t.change('data/journal/events.ndjson', s => s + deep));
    assert.deepEqual(
      verifyPackage(tampered).wrong.map(({ what }) => what),
      ['eventMalformed'],
    );
  });
});
