import assert from 'node:assert/strict';
import { formatCheckpoint, originOf, signCheckpoint } from '../../../src/journal/checkpoint.ts';
import { keyEntries } from '../../../src/journal/keyEntry.ts';
import { type KeyPlace, keyBody } from '../../../src/journal/keyEvent.ts';
import { type KeyEvent, Keyring } from '../../../src/journal/keyring.ts';
import type { Signer } from '../../../src/journal/keys.ts';
import { signerFrom } from '../../support/journalByHand.ts';

const journal = 'j-1';
const [old, next, third] = ['old', 'next', 'third'].map(seed => signerFrom(seed, 'editor')) as [Signer, Signer, Signer];
const cli = signerFrom('cli');
const at = (sequence: number, signer: Signer, earlier?: Signer, place?: KeyPlace): KeyEvent => ({
  sequence,
  ...keyBody(journal, signer, earlier, place),
});
const ring = (...events: readonly KeyEvent[]) => new Keyring(journal, events);
const note = (size: number, signer: Signer) =>
  signCheckpoint(formatCheckpoint({ origin: originOf(journal), size, root: new Uint8Array(32) }), signer);
const signs = (keys: Keyring, signer: Signer, size: number) => {
  const found = keys.signerOf(note(size, signer), size);
  return typeof found === 'object' ? found.keeper : found;
};
const replacing = { replaces: old.fingerprint } as const;
const lost = { replaces: old.fingerprint, lost: true } as const;

describe('the keys of a journal', () => {
  it('sign from their event on', () => {
    const keys = ring(at(3, old));
    assert.deepEqual(
      [3, 4, 99].map(size => signs(keys, old, size)),
      [undefined, 'editor', 'editor'],
    );
    assert.equal(signs(keys, next, 99), undefined);
  });

  it('sign nothing that holds the event by which another replaced them', () => {
    const keys = ring(at(3, old), at(8, next, old, replacing));
    assert.deepEqual(keys.wrong, []);
    assert.deepEqual(
      [8, 9].map(size => signs(keys, old, size)),
      ['editor', 'replaced'],
    );
    assert.deepEqual(
      [8, 9].map(size => signs(keys, next, size)),
      [undefined, 'editor'],
    );
    assert.ok(keys.isRetired(old.publicKey));
  });

  it('vouch for those that they countersigned, by way of any number of others', () => {
    const keys = ring(
      at(1, old),
      at(2, next, old, replacing),
      at(3, third, next, { replaces: next.fingerprint }),
      at(4, cli, third),
    );
    assert.deepEqual(keys.wrong, []);
    for (const key of [old, next, third, cli]) assert.ok(keys.standsFor(old.fingerprint, key.publicKey), key.keeper);
    assert.ok(!keys.standsFor(cli.fingerprint, third.publicKey));
    assert.ok(!ring(at(1, old), at(2, next)).standsFor(old.fingerprint, next.publicKey));
  });

  it('that were lost may come back, those that gave their place away may not', () => {
    const keys = ring(at(1, old), at(2, next, undefined, lost), at(3, old, next, { replaces: next.fingerprint }));
    assert.deepEqual(keys.wrong, []);
    assert.deepEqual(
      [2, 3, 4].map(size => signs(keys, old, size)),
      ['editor', 'replaced', 'editor'],
    );
    assert.ok(!keys.standsFor(old.fingerprint, next.publicKey));
    assert.equal(ring(at(1, old), at(2, next, old, replacing), at(3, old)).wrong[0]?.sequence, 3);
  });

  it('are many in a hostile journal, which is told no later for it', () => {
    const keys = Array.from({ length: 40 }, (_, i) => signerFrom(`${i}`, 'editor'));
    const events = keys.flatMap((key, i) => [at(2 * i, key, keys[i - 1]), at(2 * i + 1, key, keys[i - 1])]);
    const hostile = ring(...events);
    assert.ok(hostile.standsFor(keys[0]!.fingerprint, keys[39]!.publicKey));
    assert.ok(!hostile.standsFor(cli.fingerprint, keys[39]!.publicKey));
  });

  it('that entered twice are replaced at once', () => {
    const keys = ring(at(1, cli), at(2, old), at(3, old, cli), at(4, next, old, replacing));
    assert.deepEqual(keys.wrong, []);
    assert.deepEqual([signs(keys, old, 4), signs(keys, old, 5)], ['editor', 'replaced']);
  });

  const entry = at(1, old);
  const wrong: Readonly<Record<string, KeyEvent>> = {
    'replaces another without its countersignature': at(2, next, undefined, replacing),
    'calls a key lost that countersigns': at(2, next, old, lost),
    'calls a key lost and names none': at(2, next, undefined, { lost: true }),
    'replaces a key that is not there': at(2, next, undefined, { replaces: third.fingerprint, lost: true }),
    'is countersigned by a key that is not there': at(2, next, third),
    'is countersigned for another journal': { sequence: 2, ...keyBody('j-2', next, old) },
    'has another countersignature': { ...at(2, next, old), counter: at(2, third, old).counter! },
    'says another keeper than was signed': { ...at(2, next), keeper: 'cli' },
    'says of a replacement what was not signed': { ...at(2, next), ...lost },
    'is of another shape': { ...at(2, next), counter: null } as never,
  };
  for (const [name, event] of Object.entries(wrong)) {
    it(`are not those of an event that ${name}`, () => {
      const keys = ring(entry, event);
      assert.deepEqual(
        keys.wrong.map(({ sequence }) => sequence),
        [2],
      );
      assert.deepEqual(
        keys.active.map(({ sequence }) => sequence),
        [1],
      );
    });
  }
});

describe('a key enters a journal', () => {
  const enter = (events: readonly KeyEvent[], signer: Signer) => {
    const bodies = keyEntries(journal, events, signer);
    const all = [...events, ...bodies.map((body, i) => ({ ...body, sequence: 50 + i }))];
    const keys = ring(...all);
    assert.deepEqual(keys.wrong, []);
    assert.ok(keys.isActive(signer.publicKey));
    assert.deepEqual(keyEntries(journal, all, signer), [], 'once is enough');
    return bodies.map(({ keeper, counter, replaces, lost: gone }) =>
      [keeper, counter && nameOf(counter.fingerprint), replaces && nameOf(replaces), gone].filter(Boolean).join(' '),
    );
  };
  const nameOf = (fingerprint: string) =>
    Object.entries({ old, next, cli }).find(([, key]) => key.fingerprint === fingerprint)?.[0];

  it('alone where there is none', () => assert.deepEqual(enter([], old), ['editor']));
  it('in place of its keeper’s former key, by that one’s hand', () =>
    assert.deepEqual(enter([at(1, old)], { ...next, former: [old] }), ['editor old old']));
  it('in place of its keeper’s key that is lost', () =>
    assert.deepEqual(enter([at(1, old)], next), ['editor old true']));
  it('in place of a lost one, by the hand of another keeper’s key', () =>
    assert.deepEqual(enter([at(1, old), at(2, cli)], { ...next, beside: [cli] }), ['editor cli old true', 'cli next']));
  it('beside another keeper’s, with nothing between them', () =>
    assert.deepEqual(enter([at(1, cli)], old), ['editor']));
  it('and vouches for another keeper’s that is at hand', () =>
    assert.deepEqual(enter([at(1, old), at(2, cli)], { ...old, beside: [cli] }), ['cli old', 'editor cli']));
  it('again after it was lost', () =>
    assert.deepEqual(enter([at(1, old), at(2, next, undefined, lost)], { ...old, former: [next] }), [
      'editor next next',
    ]));
  it('never again after it was replaced by its own hand', () =>
    assert.throws(() => keyEntries(journal, [at(1, old), at(2, next, old, replacing)], old), { code: 'keyReplaced' }));
  it('of two editors are joined by the command line’s, which both have at hand', () => {
    const other = signerFrom('other editor', 'other');
    const events: KeyEvent[] = [];
    for (const signer of [cli, { ...old, beside: [cli] }, { ...other, beside: [cli] }, { ...old, beside: [cli] }]) {
      for (const body of keyEntries(journal, events, signer)) events.push({ ...body, sequence: events.length + 1 });
    }
    const keys = ring(...events);
    assert.deepEqual(keys.wrong, []);
    for (const vouched of [cli, old, other])
      for (const { publicKey } of [cli, old, other]) assert.ok(keys.standsFor(vouched.fingerprint, publicKey));
  });
});
