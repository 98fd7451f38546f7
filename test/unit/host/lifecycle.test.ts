import assert from 'node:assert/strict';
import { liveStores, Store } from '../../../src/host/lifecycle.ts';

const noting = (notes: string[], name: string) => ({ dispose: () => notes.push(name) });

describe('Store', () => {
  it('disposes in reverse order, once', () => {
    const notes: string[] = [];
    const store = new Store();
    store.add(noting(notes, 'a'));
    store.add(noting(notes, 'b'));
    store.dispose();
    store.dispose();
    assert.deepEqual(notes, ['b', 'a']);
  });

  it('disposes at once what is added after its end', () => {
    const notes: string[] = [];
    const store = new Store();
    store.dispose();
    store.add(noting(notes, 'late'));
    assert.deepEqual(notes, ['late']);
  });

  it('gives all back even when one fails, and then says so', () => {
    const notes: string[] = [];
    const store = new Store();
    const fails = () => {
      throw new Error('no');
    };
    store.add(noting(notes, 'a'));
    store.add({ dispose: fails });
    store.add(noting(notes, 'b'));
    assert.throws(() => store.dispose(), AggregateError);
    assert.deepEqual(notes, ['b', 'a']);
  });

  it('clears and goes on', () => {
    const notes: string[] = [];
    const store = new Store();
    store.add(noting(notes, 'a'));
    store.clear();
    store.add(noting(notes, 'b'));
    assert.deepEqual(notes, ['a']);
    store.dispose();
    assert.deepEqual(notes, ['a', 'b']);
  });

  it('counts the stores that live', () => {
    const before = liveStores();
    const outer = new Store();
    outer.add(new Store());
    assert.equal(liveStores(), before + 2);
    outer.dispose();
    assert.equal(liveStores(), before);
  });
});
