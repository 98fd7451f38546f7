import assert from 'node:assert/strict';
import { actorOf } from '../../../src/classify/actors.ts';
import { classify } from '../../../src/classify/classify.ts';
import type { Observation } from '../../../src/classify/observation.ts';
import type { Replacement } from '../../../src/classify/step.ts';

const by = 'editor' as const;
const gone: Replacement = { removed: 'a word', inserted: '' };
const key: Observation = { by, selection: 'keyboard', carets: true };
const paste = { how: 'paste', from: 'outside', equal: true } as const;
const commit = 'editor.action.inlineSuggest.commit';

/** The actor as `kind basis rule`. */
function picture(observation: Observation, ...replacements: readonly Replacement[]): string {
  const { kind, basis, rule } = actorOf({ observation, replacements }, classify({ observation, replacements }));
  return `${kind} ${basis} ${rule}`;
}

describe('actorOf', () => {
  for (const [name, observation, replacement, expected] of [
    ['a letter typed over text', key, { removed: 'a word', inserted: 'x' }, 'typed asserted keyboard'],
    ['a paste over text', { by, transfer: paste }, { removed: 'old', inserted: 'new text' }, 'typed asserted paste'],
    ['an undo', { by, reason: 'undo' }, gone, 'typed asserted undo'],
    ['a key that removed a selection', { ...key, removes: 'selection' }, gone, 'typed asserted keyboard'],
    ['a removed selection', { by, removes: 'selection' }, gone, 'typed inferred selection'],
    ['a letter taken back', { by, removes: 'caret' }, { removed: 'x', inserted: '' }, 'typed inferred caret'],
    ['a removal that nothing tells of', { by }, gone, 'unknown none none'],
    [
      'text of no known hand over a selection',
      { by, removes: 'selection' },
      { removed: 'a', inserted: 'new words' },
      'unknown none none',
    ],
    [
      'ghost text over text',
      { by, mark: commit },
      { removed: 'the', inserted: 'these words' },
      'ai.completion asserted mark.commit',
    ],
    [
      'a removal while a command ran',
      { by, removes: 'selection', mark: 'editor.action.formatDocument' },
      { removed: 'word', inserted: '' },
      'unknown none none',
    ],
    ['a reload', { by: 'reload' }, gone, 'external.disk inferred disk.reload'],
    ['a text found otherwise', { by: 'start' }, gone, 'unknown none none'],
    [
      'a cut, where VS Code says so',
      { by, detailedReason: { source: 'cursor', metadata: { kind: 'cut' } } },
      gone,
      'typed asserted reason.cursor',
    ],
    [
      'a command, of which it is not said who ran it',
      { by, detailedReason: { source: 'cursor', metadata: { kind: 'executeCommand' } } },
      gone,
      'unknown none none',
    ],
    [
      'chat, where VS Code says so',
      { by, detailedReason: { source: 'Chat.applyEdits', metadata: {} } },
      { removed: 'a', inserted: 'b c' },
      'ai.chat asserted reason.chat',
    ],
  ] as const satisfies readonly (readonly [string, Observation, Replacement, string])[]) {
    it(`${name}: ${expected}`, () => assert.equal(picture(observation, replacement), expected));
  }
});
