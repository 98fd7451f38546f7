import assert from 'node:assert/strict';
import { classify, placementOf } from '../../../src/classify/classify.ts';
import type { Observation } from '../../../src/classify/observation.ts';
import type { Step } from '../../../src/classify/step.ts';

const by = 'editor';
const key: Observation = { by, selection: 'keyboard', carets: true };
const paste = { how: 'paste', from: 'outside', equal: true } as const;
const typeReason = { source: 'cursor', metadata: { kind: 'type' } };

function step(observation: Observation, ...replacements: (readonly [removed: string, inserted: string])[]): Step {
  return { observation, replacements: replacements.map(([removed, inserted]) => ({ removed, inserted })) };
}

/** `kind*length` for each part, `|` between replacements. */
function picture(given: Step): string {
  return classify(given)
    .map(parts => parts.map(({ length, origin }) => `${origin.kind}*${length}`).join(' '))
    .join(' | ');
}

const cases: (readonly [name: string, step: Step, expected: string])[] = [
  ['a letter with the keyboard kind', step(key, ['', 'a']), 'typed*1'],
  ['a letter over a selection', step(key, ['old words', 'a']), 'typed*1'],
  ['a letter over a selected one, which stays selected if no key made it', step(key, ['b', 'a']), 'unknown*1'],
  ['a letter over selections of which one is longer', step(key, ['b', 'a'], ['bc', 'a']), 'typed*1 | typed*1'],
  ['a letter without a kind', step({ by }, ['', 'a']), 'unknown*1'],
  ['a letter with the kind, carets elsewhere', step({ ...key, carets: false }, ['', 'a']), 'unknown*1'],
  ['a letter after a mouse click', step({ ...key, selection: 'mouse' }, ['', 'a']), 'unknown*1'],
  ['a closed pair', step(key, ['', '()']), 'typed*1 tool.editor*1'],
  ['a letter at three carets', step(key, ['', 'a'], ['', 'a'], ['', 'a']), 'typed*1 | typed*1 | typed*1'],
  ['a letter and a word', step(key, ['', 'a'], ['', 'word']), 'unknown*1 | unknown*4'],
  ['a grapheme of several units', step(key, ['', '👩‍👩‍👧']), 'typed*8'],
  ['a combining mark', step(key, ['', 'и\u0306']), 'typed*2'],
  [
    'a letter where a paste of one could not have been seen',
    step({ ...key, pastesUnseen: true }, ['', 'a']),
    'unknown*1',
  ],
  ['characters that an input method puts for kana', step({ ...key, behind: true }, ['にほん', '日本']), 'typed*2'],
  ['as many or more in the place of others', step({ ...key, behind: true }, ['にh', '日本語']), 'unknown*3'],
  [
    'as many at one of two carets',
    step({ ...key, behind: true }, ['にほん', '日本'], ['日本', '日本']),
    'unknown*2 | unknown*2',
  ],
  ['a dash that the system puts for two', step({ ...key, behind: true }, ['--', '—']), 'unknown*1'],
  ['a letter in the place of another', step({ ...key, behind: true }, ['e', 'é']), 'unknown*1'],
  ['one letter at a caret and another one at the next', step(key, ['', 'a'], ['', 'b']), 'unknown*1 | unknown*1'],
  [
    'a bracket that is closed at one of two carets',
    step(key, ['', '('], ['', '()']),
    'typed*1 | typed*1 tool.editor*1',
  ],
  ['the same over a selection', step(key, ['にほん', '日本']), 'unknown*2'],
  ['a word of letters in the place of others', step({ ...key, behind: true }, ['teh', 'the']), 'unknown*3'],
  [
    'kana where a paste was called',
    step({ ...key, behind: true, transfer: { ...paste, equal: false } }, ['にほん', '日本']),
    'unknown*2',
  ],
  ['a closing bracket that takes blanks with it', step({ ...key, behind: true }, ['    ', '}']), 'typed*1'],
  ['a comment of another language that is opened and closed', step(key, ['', '--->']), 'typed*1 tool.editor*3'],
  ['a comment that is opened and closed', step(key, ['', '* */']), 'typed*1 tool.editor*3'],
  [
    'a bracket typed over a selection',
    step({ by, selection: 'keyboard', carets: false, surrounds: true }, ['', '('], ['', ')']),
    'typed*1 | tool.editor*1',
  ],
  [
    'quotes typed over two selections',
    step({ by, selection: 'keyboard', surrounds: true }, ['', '"'], ['', '"'], ['', '"'], ['', '"']),
    'typed*1 | tool.editor*1 | typed*1 | tool.editor*1',
  ],
  [
    'two letters around a selection',
    step({ by, selection: 'keyboard', surrounds: true }, ['', 'a'], ['', 'b']),
    'unknown*1 | unknown*1',
  ],
  [
    'VS Code says typed around a selection',
    step({ by, detailedReason: typeReason }, ['', '('], ['', ')']),
    'typed*1 | tool.editor*1',
  ],
  ['two letters at once', step(key, ['', 'ab']), 'unknown*2'],
  ['a word with the keyboard kind', step(key, ['', 'word']), 'unknown*4'],
  ['a line break with its indent', step(key, ['', '\n    ']), 'typed*1 tool.editor*4'],
  ['a deletion', step(key, ['abc', '']), ''],
  [
    'one pasted letter, followed by the keyboard kind',
    step({ ...key, transfer: paste }, ['', 'a']),
    'pasted.external*1',
  ],
  [
    'a letter while a paste cannot be read',
    step({ ...key, transfer: { how: 'paste', from: 'outside' } }, ['', 'a']),
    'unknown*1',
  ],
  ['a letter while another paste waits', step({ ...key, transfer: { ...paste, equal: false } }, ['', 'a']), 'typed*1'],
  [
    'a paste from an untracked editor',
    step({ by, transfer: { ...paste, from: 'editor' } }, ['', 'text']),
    'pasted.editor*4',
  ],
  ['a paste that came out differently', step({ by, transfer: { ...paste, equal: false } }, ['', 'text']), 'unknown*4'],
  [
    'a paste from several ranges of a tracked text',
    step({ by, transfer: { ...paste, from: 'tracked' } }, ['', 'text']),
    'unknown*4',
  ],
  ['ghost text', step({ by, mark: 'editor.action.inlineSuggest.commit' }, ['', 'a']), 'ai.completion*1'],
  [
    'one letter of ghost text, with the keyboard kind',
    step({ ...key, mark: 'editor.action.inlineSuggest.acceptNextWord' }, ['', 'a']),
    'ai.completion*1',
  ],
  ['a suggestion', step({ by, mark: 'acceptSelectedSuggestion' }, ['alp', 'alphabetical']), 'tool.suggest*12'],
  [
    'a suggestion at two carets',
    step({ by, mark: 'acceptAlternativeSelectedSuggestion' }, ['a', 'call()'], ['a', 'call()']),
    'tool.suggest*6 | tool.suggest*6',
  ],
  ['a line from the suggestions', step({ by, mark: 'acceptSelectedSuggestion' }, ['f', 'for (a of b)']), 'unknown*12'],
  ['a snippet by its prefix', step({ by, mark: 'insertSnippet' }, ['for', 'for (a of b)']), 'tool.snippet*12'],
  [
    'a name for another',
    step({ by, mark: 'editor.action.rename' }, ['a', 'bc'], ['a', 'a: bc']),
    'tool.refactor*2 | tool.refactor*5',
  ],
  ['a sentence while a name is asked for', step({ by, mark: 'editor.action.rename' }, ['', 'a b']), 'unknown*3'],
  [
    'two words while a name is asked for',
    step({ by, mark: 'editor.action.rename' }, ['a', 'c'], ['b', 'c']),
    'unknown*1 | unknown*1',
  ],
  [
    'a letter typed over a word after a rename',
    step({ ...key, mark: 'editor.action.rename' }, ['name', 'x']),
    'typed*1',
  ],
  [
    'a name for another, when the caret has gone elsewhere by key just after',
    step({ ...key, carets: false, mark: 'editor.action.rename' }, ['', 'd'], ['', 'd']),
    'tool.refactor*1 | tool.refactor*1',
  ],
  ['the formatter by command', step({ by, mark: 'editor.action.formatDocument' }, ['  ', ' ']), 'tool.format*1'],
  [
    'the formatter moves a line',
    step({ by, mark: 'editor.action.formatDocument' }, ['b, a', ''], ['', 'b,\na;']),
    ' | tool.format*5',
  ],
  [
    'an edit by another program while a formatter runs',
    step({ by, mark: 'editor.action.formatDocument' }, ['', 'a sentence from a machine']),
    'unknown*25',
  ],
  [
    'a paste while a formatter runs',
    step({ by, mark: 'editor.action.formatDocument', transfer: { ...paste, equal: false } }, ['', '...']),
    'unknown*3',
  ],
  [
    'white space around a save',
    step({ by, saving: 'manual' }, ['', ' '], ['\t', '  ']),
    'tool.format*1 | tool.format*2',
  ],
  ['a blank around a save after a pause', step({ by, saving: 'delay' }, ['', ' ']), 'unknown*1'],
  ['a last line break at a save after a pause', step({ by, saving: 'delay' }, ['', '\n']), 'tool.format*1'],
  ['words around a save', step({ by, saving: 'manual' }, ['', 'word']), 'unknown*4'],
  ['a letter while saving', step({ ...key, saving: 'delay' }, ['', 'a']), 'typed*1'],
  ['an undo that is not found', step({ ...key, reason: 'undo' }, ['', 'a']), 'unknown*1'],
  ['a reload', step({ ...key, by: 'reload' }, ['a', 'b']), 'external.disk*1'],
  ['a text that differs when opened', step({ by: 'open' }, ['', 'text']), 'unknown*4'],
  ['a text at consent', step({ by: 'baseline' }, ['', 'text']), 'initial*4'],
  ['VS Code says typed, no kind', step({ by, detailedReason: typeReason }, ['', '\n']), 'typed*1'],
  ['VS Code says typed, a word', step({ by, detailedReason: typeReason }, ['', 'word']), 'unknown*4'],
  [
    'VS Code says an extension, with the keyboard kind',
    step({ ...key, detailedReason: { source: 'unknown', metadata: {} } }, ['', 'a']),
    'unknown*1',
  ],
  [
    'VS Code says pasted: its cursor is not typing',
    step({ ...key, detailedReason: { source: 'cursor', metadata: { kind: 'paste' } } }, ['', 'a']),
    'unknown*1',
  ],
  [
    'VS Code says that a command commented a line',
    step(
      {
        by,
        detailedReason: {
          source: 'cursor',
          metadata: { kind: 'executeCommands', detailedSource: 'editor.action.commentLine' },
        },
      },
      ['', '// '],
    ),
    'tool.editor*3',
  ],
  [
    'VS Code says that a command copied a line',
    step(
      {
        by,
        detailedReason: {
          source: 'cursor',
          metadata: { kind: 'executeCommands', detailedSource: 'editor.action.duplicateSelection' },
        },
      },
      ['', 'one'],
    ),
    'unknown*3',
  ],
  [
    'VS Code says that an extension’s code action did it',
    step({ by, detailedReason: { source: 'codeAction', metadata: { $extensionId: 'some.ai' } } }, ['', 'a']),
    'unknown*1',
  ],
  [
    'VS Code says that its own code action did it',
    step({ by, detailedReason: { source: 'codeAction', metadata: { $extensionId: 'vscode.typescript' } } }, ['', 'a']),
    'tool.refactor*1',
  ],
  [
    'VS Code says completion',
    step({ by, detailedReason: { source: 'inlineCompletionAccept', metadata: {} } }, ['', 'a']),
    'ai.completion*1',
  ],
];

describe('classify', () => {
  for (const [name, given, expected] of cases) {
    it(`${name}: ${expected || 'nothing new'}`, () => assert.equal(picture(given), expected));
  }

  it('parts add up to what was inserted, whatever was seen', () => {
    for (const [, { replacements, observation }] of cases) {
      const sums = classify({ observation, replacements }).map(parts => parts.reduce((n, p) => n + p.length, 0));
      assert.deepEqual(
        sums,
        replacements.map(r => r.inserted.length),
      );
    }
  });
});

describe('placementOf', () => {
  const placements: (readonly [Observation, string])[] = [
    [{ by }, 'move'],
    [{ by, reason: 'undo' }, 'undo'],
    [{ by, reason: 'redo' }, 'redo'],
    [{ by, transfer: paste }, 'paste'],
    [{ by, transfer: { ...paste, how: 'drop' } }, 'drop'],
    [{ by: 'reload' }, 'reload'],
    [{ by: 'open' }, 'resync'],
    [{ by, saving: 'manual' }, 'format'],
  ];
  for (const [observation, expected] of placements) {
    it(`${JSON.stringify(observation)}: ${expected}`, () => {
      assert.equal(placementOf(step(observation)), expected);
    });
  }
});
