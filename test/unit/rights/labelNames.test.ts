import assert from 'node:assert/strict';
import { type Label, labelOf } from '../../../src/rights/label.ts';
import { labelFormOf, writerOf } from '../../../src/rights/labelForm.ts';
import { ChangeSet } from '../../../src/text/change.ts';

const facts = { machine: 10, human: 30, open: 0, passages: 4, machinePassages: 1, unnamed: 0 };
const named = (name: string) =>
  labelOf({
    file: 'a',
    level: 'parts',
    facts: { ...facts, tools: [{ name, model: 'm' }] },
    authors: [],
    reviewed: false,
    wording: 'generic',
    language: 'en',
    date: '2026-11-23T09:05:00+05:00',
    record: 'j:7',
    china: false,
  });
const put = (path: string, text: string, label: Label) =>
  ChangeSet.of(text.length, writerOf(labelFormOf(path, text)).put(text, label, path)).apply(text);
const take = (path: string, text: string) =>
  ChangeSet.of(text.length, writerOf(labelFormOf(path, text)).take(text, path)).apply(text);

describe('a label, whatever stands in names and texts', () => {
  it('whatever a tool is called: it ends no comment, and begins no other', () => {
    assert.equal(put('a.svg', '<svg/>\n', named('---><script>x</script>')).match(/-->/g)?.length, 1);
    assert.doesNotMatch(put('A.java', 'x\n', named('\\u000ax')), /\\u/);
    assert.doesNotMatch(put('a.py', 'x\n', named('vibe-coding')), /coding[:=]/);
    for (const path of ['a.txt', 'a.py', 'a.tex', 'a.md', 'a.html'])
      for (const name of ['x [/AI-label]', 'x # /holograph:label', 'x % /holograph:notice']) {
        const once = put(path, 'one\ntwo\n', named(name));
        assert.deepEqual([take(path, once), put(path, once, named(name))], ['one\ntwo\n', once]);
      }
  });

  it('in time, however many marks and comments are never closed', () => {
    for (const part of [
      '<!-- ',
      '<head ',
      '<script ',
      '<!-- holograph:notice 0.0 -->\n',
      '<!-- holograph:label 0.0 -->\n',
    ]) {
      const began = performance.now();
      take('a.html', put('a.html', part.repeat(60_000), named('x')));
      assert.ok(performance.now() - began < 5_000, part);
    }
  });
});
