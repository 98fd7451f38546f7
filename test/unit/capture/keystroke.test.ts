import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { importsOf, type SourceFile, sourceFiles, withoutComments } from '../../support/sourceFile.ts';

/** What hears of a change, and what takes it in. */
const begin = ['src/capture/trackers.ts', 'src/capture/tracker.ts'];
const sources = new Map(sourceFiles('src/**/*.ts').map(file => [file.path, file]));

/** Every file whose code can run when a key is pressed: those two, what they import, and so on. */
function path(): readonly SourceFile[] {
  const found = new Set(begin);
  for (const at of found) {
    for (const { from, type } of importsOf(sources.get(at)!.text)) {
      if (!type && from.startsWith('.')) found.add(posix.join(posix.dirname(at), from));
    }
  }
  return [...found].map(at => sources.get(at)!);
}

const naming = (pattern: RegExp, files = path()) =>
  files.filter(file => pattern.test(withoutComments(file.text))).map(file => file.path);

describe('the path of a keystroke', () => {
  it('leads through text, spans and rules, and ends before the journal', () => {
    const folders = new Set(path().map(file => file.path.split('/')[1]));
    assert.deepEqual([...folders].sort(), ['capture', 'classify', 'provenance', 'text']);
  });

  it('reaches no module of Node’s and no file', () => {
    const modules = path().flatMap(file => importsOf(file.text).filter(({ from, type }) => !type && !/^\./.test(from)));
    assert.deepEqual([...new Set(modules.map(({ from }) => from))], ['vscode']);
    assert.deepEqual(naming(/\bworkspace\s*\.\s*fs\b/), []);
  });

  it('logs nothing', () => assert.deepEqual(naming(/\blog\s*\.|\bconsole\s*\.|createOutputChannel/), []));

  it('waits for nothing where it hears of a change and observes it', () => {
    const first = begin.map(at => sources.get(at)!);
    assert.deepEqual(naming(/\bawait\b|\basync\b/, first), []);
  });
});
