import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyPatch } from '../../../../src/agents/reading/patch.ts';
import { effectOf } from '../../../../src/agents/tools/claudeEdit.ts';
import { patchOf } from '../transcript.ts';

const file_path = '/work/a.md';
const edit = (old_string: string, new_string: string, more: object = {}) => ({
  file_path,
  old_string,
  new_string,
  ...more,
});
const text = fc.array(fc.constantFrom('a\n', 'b\n', '\n', 'a', '\tc\n', 'Қ ')).map(parts => parts.join(''));

describe('applyPatch', () => {
  it('leads from the text before to the text after, with or without a last line end', () => {
    fc.assert(
      fc.property(text, text, (before, after) => assert.equal(applyPatch(before, patchOf(before, after)), after)),
      { numRuns: 500 },
    );
  });

  it('refuses a patch that was made from another text', () => {
    const patch = patchOf('a\nb\nc\n', 'a\nx\nc\n');
    for (const other of ['', 'a\n', 'a\ny\nc\n', '\na\nb\nc\n']) assert.equal(applyPatch(other, patch), undefined);
  });

  it('takes anything', () => {
    fc.assert(fc.property(text, fc.jsonValue(), (before, patch) => void applyPatch(before, patch)));
    fc.assert(
      fc.property(
        text,
        fc.array(fc.record({ oldStart: fc.integer(), lines: fc.array(fc.string()) })),
        (before, patch) => void applyPatch(before, patch),
      ),
    );
  });
});

describe('effectOf', () => {
  const before = 'one\ntwo\nthree\n';
  const result = (after: string, more: object = {}) => ({
    filePath: file_path,
    originalFile: before,
    structuredPatch: patchOf(before, after),
    userModified: false,
    ...more,
  });

  it('knows both texts of an edit', () => {
    const done = result('one\n2\nthree\n', { oldString: 'two', newString: '2' });
    assert.deepEqual(effectOf('Edit', edit('two', '2'), done), { file: file_path, before, after: 'one\n2\nthree\n' });
  });

  it('takes `$` in a new text for what it is', () => {
    assert.equal(effectOf('Edit', edit('two', '$&$1$$'), { originalFile: before })?.after, 'one\n$&$1$$\nthree\n');
  });

  it('follows the text that the tool says it found, where that differs from what was asked', () => {
    const mended = result('one\n2\nthree\n', { oldString: 'two', newString: '2' });
    assert.equal(effectOf('Edit', edit('"two"', '"2"'), mended)?.after, 'one\n2\nthree\n');
  });

  it('takes the line end that went with a deleted line from the patch', () => {
    const done = result('one\nthree\n', { oldString: 'two', newString: '' });
    assert.equal(effectOf('Edit', edit('two', ''), done)?.after, 'one\nthree\n');
  });

  it('takes tabs from the replacement, since patches show them as spaces', () => {
    const spaces = [{ oldStart: 2, lines: ['-two', '+    two'] }];
    const done = { originalFile: before, structuredPatch: spaces, oldString: 'two', newString: '\ttwo' };
    assert.equal(effectOf('Edit', edit('two', '\ttwo'), done)?.after, 'one\n\ttwo\nthree\n');
  });

  it('says no text after when the record contradicts itself or the person changed the proposal', () => {
    const replaced = { old: 'two', new: '2', all: false };
    const contrary = result('one\n4\nthree\n', { oldString: 'two', newString: '2' });
    assert.deepEqual(effectOf('Edit', edit('two', '2'), contrary), { file: file_path, before, replaced });
    const changed = result('one\n5\nthree\n', { oldString: 'two', newString: '5', userModified: true });
    assert.deepEqual(effectOf('Edit', edit('two', '2'), changed), { file: file_path, before, replaced });
    assert.deepEqual(effectOf('Write', { file_path, content: 'x' }, { type: 'create', userModified: true }), {
      file: file_path,
      before: null,
    });
  });

  it('says no text after when the old text stands at several places', () => {
    assert.equal(effectOf('Edit', edit('e', 'E'), { originalFile: before })?.after, undefined);
    assert.equal(
      effectOf('Edit', edit('e', 'E', { replace_all: true }), { originalFile: before })?.after,
      'onE\ntwo\nthrEE\n',
    );
  });

  it('knows a written file, and that there was none', () => {
    const write = { file_path, content: 'new\n' };
    assert.deepEqual(effectOf('Write', write, { type: 'create', originalFile: null }), {
      file: file_path,
      before: null,
      after: 'new\n',
    });
    assert.deepEqual(effectOf('Write', write, { type: 'update', originalFile: before }), {
      file: file_path,
      before,
      after: 'new\n',
    });
    const alone = { file: file_path, after: 'new\n', replaced: { old: '', new: 'new\n', all: false } };
    assert.deepEqual(effectOf('Write', write, undefined), alone);
    assert.deepEqual(effectOf('Edit', edit('', 'new\n'), undefined), alone);
  });

  it('makes several replacements one after the other', () => {
    const edits = [edit('one', '1'), edit('1', 'I'), edit('three', '3')];
    const done = { ...result('I\ntwo\n3\n'), originalFile: undefined, originalFileContents: before };
    assert.deepEqual(effectOf('MultiEdit', { file_path, edits }, done), {
      file: file_path,
      before,
      after: 'I\ntwo\n3\n',
    });
  });

  it('gives what was asked when no more is known', () => {
    assert.deepEqual(effectOf('Edit', edit('two', '2'), undefined), {
      file: file_path,
      replaced: { old: 'two', new: '2', all: false },
    });
    assert.deepEqual(effectOf('NotebookEdit', { notebook_path: 'a.ipynb', new_source: 'x' }, undefined), {
      file: 'a.ipynb',
    });
    assert.equal(effectOf('Edit', {}, undefined), undefined);
  });
});
