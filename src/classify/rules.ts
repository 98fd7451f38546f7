import type { Kind, Origin } from '../provenance/origin.ts';
import {
  formatting,
  ghostText,
  insertAnswer,
  mechanical,
  ownText,
  renaming,
  snippets,
  suggestions,
} from './commands.ts';
import { firstGrapheme, isClosedPair, isComposed, isGrapheme, isLineBreak, isPartner, isWord } from './graphemes.ts';
import type { Replacement, Step } from './step.ts';

/** Grows whenever a rule's answer changes; it stands in the journal's `session` event. */
export const rulesVersion = 6;

/** Finding for the next `length` characters of an insertion. */
export interface Part {
  readonly length: number;
  readonly origin: Origin;
}

/** A rule: what each replacement's inserted text is, part by part, or nothing if the rule does not know. */
export type Rule = (step: Step) => ((replacement: Replacement) => readonly Part[]) | undefined;

const all = (kind: Kind, basis: Origin['basis'], rule: string) => {
  const origin: Origin = { kind, basis, rule };
  return ({ inserted }: Replacement): readonly Part[] => [{ length: inserted.length, origin }];
};

const byKey: Origin = { kind: 'typed', basis: 'asserted', rule: 'keyboard' };
const byEditor: Origin = { kind: 'tool.editor', basis: 'asserted', rule: 'keyboard' };

/** A keystroke's insertion: its first grapheme is the person's, the closed pair or the indent the editor's. */
const keystroke = ({ inserted }: Replacement): readonly Part[] => {
  const own = firstGrapheme(inserted);
  if (own === inserted.length) return [{ length: own, origin: byKey }];
  return [
    { length: own, origin: byKey },
    { length: inserted.length - own, origin: byEditor },
  ];
};

/** Whether one keystroke can have made this replacement. */
export function isKeystroke({ inserted }: Replacement): boolean {
  return inserted === '' || isGrapheme(inserted) || isClosedPair(inserted) || isLineBreak(inserted);
}

/** Whether a bracket or quote was typed over selected text and the editor put its partner behind that text, each time. */
export function isSurround(replacements: readonly Replacement[]): boolean {
  return (
    replacements.length > 0 &&
    replacements.length % 2 === 0 &&
    replacements.every(
      ({ removed, inserted }, i) =>
        removed === '' && (i % 2 === 0 ? isPartner(inserted, replacements[i + 1]!.inserted) : true),
    )
  );
}

/** Of each two replacements the first is the person's key, the second the editor's. */
const surrounding = (replacements: readonly Replacement[]) => (replacement: Replacement) => [
  {
    length: replacement.inserted.length,
    origin: replacements.indexOf(replacement) % 2 === 0 ? byKey : byEditor,
  },
];

/** VS Code's own reason, where the build grants it. Paste and commands are not typing, though its label is `cursor`. */
export const grantedReason: Rule = ({ observation, replacements }) => {
  const reason = observation.detailedReason;
  if (!reason) return undefined;
  switch (reason.source) {
    case 'cursor': {
      // `cursor` is also the label of pastes and editor commands: only typing and composition are a person's.
      const kind = reason.metadata.kind;
      if (kind === 'compositionType' || kind === 'compositionEnd')
        return all('typed', 'asserted', 'reason.composition');
      if (kind === 'type') {
        if (isSurround(replacements)) return surrounding(replacements);
        return replacements.every(isKeystroke) ? keystroke : undefined;
      }
      const command = reason.metadata.detailedSource;
      return typeof command === 'string' && mechanical.includes(command)
        ? all('tool.editor', 'asserted', 'reason.command')
        : undefined;
    }
    case 'inlineCompletionAccept':
    case 'inlineCompletionPartialAccept':
      return all('ai.completion', 'asserted', 'reason.inlineCompletion');
    case 'Chat.applyEdits':
    case 'inlineChat.applyEdits':
      return all('ai.chat', 'asserted', 'reason.chat');
    case 'suggest':
      if (words(replacements)) return all('tool.suggest', 'asserted', 'reason.suggest');
      return isOfEditor(reason.metadata) ? all('tool.snippet', 'asserted', 'reason.suggest') : undefined;
    case 'codeAction':
      return isOfEditor(reason.metadata) ? all('tool.refactor', 'asserted', 'reason.codeAction') : undefined;
    case 'snippet':
      return all('tool.snippet', 'asserted', 'reason.snippet');
    case 'rename':
      return all('tool.refactor', 'asserted', 'reason.rename');
    default:
      return undefined;
  }
};

/** The extension that gave the text comes with the editor and is no AI tool. */
function isOfEditor({ $extensionId: id }: Readonly<Record<string, unknown>>): boolean {
  return typeof id === 'string' && id.startsWith('vscode.');
}

/** Undo and redo bring back what was there; what cannot be found again is not known. */
export const undone: Rule = ({ observation }) =>
  observation.reason ? all('unknown', 'none', `${observation.reason}.unmatched`) : undefined;

/** The file's text came from disk. Which program wrote it, an agent's or git's record may say later. */
export const disk: Rule = ({ observation: { by } }) => {
  switch (by) {
    case 'reload':
    case 'watcher':
      return all('external.disk', 'inferred', `disk.${by}`);
    case 'open':
    case 'start':
      return all('unknown', 'none', `disk.${by}`);
    case 'baseline':
      return all('initial', 'asserted', 'baseline');
    case 'editor':
      return undefined;
  }
};

/** A paste or drop of exactly the text that the editor's provider saw. */
export const transferred: Rule = ({ observation: { transfer } }) => {
  if (!transfer?.equal) return undefined;
  switch (transfer.from) {
    case 'outside':
      return all('pasted.external', 'asserted', `${transfer.how}.outside`);
    case 'editor':
      return all('pasted.editor', 'asserted', `${transfer.how}.editor`);
    // Copied from a tracked text, but by ranges whose serials could not be told apart.
    case 'tracked':
      return all('unknown', 'none', `${transfer.how}.ranges`);
  }
};

const named = (mark: string) => `mark.${mark.slice(mark.lastIndexOf('.') + 1)}`;

/** Our own command put in what an AI has answered, and nothing else. */
export const answered: Rule = ({ observation: { mark, prompt } }) => {
  if (mark !== insertAnswer) return undefined;
  const origin: Origin = { kind: 'ai.chat', basis: 'asserted', rule: 'mark.insertAnswer', ...(prompt && { prompt }) };
  return ({ inserted }) => [{ length: inserted.length, origin }];
};

/** A command of ours put in a text that is ready made, such as a label: nobody typed it, and no AI gave it. */
export const readyMade: Rule = ({ observation: { mark } }) =>
  mark === ownText ? all('tool.snippet', 'asserted', 'mark.ownText') : undefined;

/** The change is what a command that accepts, expands or renames has just made. */
export const accepted: Rule = ({ observation: { mark, selection, carets }, replacements }) => {
  if (mark === undefined) return undefined;
  if (ghostText.includes(mark)) return all('ai.completion', 'asserted', named(mark));
  if (snippets.includes(mark)) return all('tool.snippet', 'asserted', 'mark.snippet');
  if (suggestions.includes(mark) && words(replacements)) return all('tool.suggest', 'asserted', 'mark.suggestion');
  // A letter typed over a word looks like a short name for it, but for what a key leaves.
  const isKey = selection === 'keyboard' && carets !== false;
  if (mark === renaming && !isKey && isRename(replacements)) return all('tool.refactor', 'asserted', 'mark.rename');
  return undefined;
};

/**
 * The list of suggestions also holds whole lines, which an AI tool may have put there: only words are the editor's.
 * What else was chosen from it is not known.
 */
function words(replacements: readonly Replacement[]): boolean {
  return replacements.every(({ inserted }) => isWord(inserted));
}

/**
 * One name gave way to another at every place; a language may add to it what the place needs. The editor leaves out
 * what both names begin and end with: then only several places tell it from any other insertion.
 */
function isRename(replacements: readonly Replacement[]): boolean {
  const old = replacements[0]?.removed ?? '';
  const name = replacements.map(r => r.inserted).reduce((a, b) => (b.length < a.length ? b : a));
  if (name === '' || /\s/.test(name)) return false;
  if (old === '') return replacements.length > 1 && replacements.every(r => r.removed === '' && r.inserted === name);
  return replacements.every(
    r => r.removed === old && r.inserted.includes(name) && r.inserted.length <= 3 * name.length + 8,
  );
}

/**
 * A formatting command was running, no key explains the change, and it moved no letter: a formatter may take long,
 * and text that another program puts in meanwhile is not its work. A formatter that rewrites words is not known.
 */
export const formatted: Rule = ({ observation: { mark, transfer }, replacements }) =>
  mark !== undefined && formatting.includes(mark) && !transfer && sameLetters(replacements)
    ? all('tool.format', 'asserted', named(mark))
    : undefined;

/** The step took out and put in the same letters and digits in the same order; only signs and white space differ. */
function sameLetters(replacements: readonly Replacement[]): boolean {
  const letters = (side: keyof Replacement) =>
    replacements.map(r => r[side].replace(/[^\p{L}\p{N}\p{M}]+/gu, '')).join('');
  return letters('removed') === letters('inserted');
}

/**
 * One keystroke at each caret, told by the keyboard kind of the selection that directly follows. A paste may be
 * followed by that kind too: it must have been ruled out, and where pastes cannot be seen no letter is known to be
 * typed. Where VS Code grants its own reason, that one alone may say so.
 */
export const keyboard: Rule = ({ observation, replacements }) => {
  const { selection, carets, behind, surrounds, detailedReason, transfer, pastesUnseen } = observation;
  if (selection !== 'keyboard' || detailedReason || (transfer && transfer.equal === undefined)) return undefined;
  const around = surrounds && isSurround(replacements);
  // The kind follows no change of the text before a caret but a key's: a paste replaces what is selected.
  if (behind && carets && !transfer && !pastesUnseen && replacements.every(isComposition))
    return all('typed', 'asserted', 'keyboard.composition');
  if (behind ? !replacements.every(isClosing) : replacements.every(isAsLong)) return undefined;
  if (!around && !(carets && replacements.every(isKeystroke) && isOneKey(replacements))) return undefined;
  if (pastesUnseen) return all('unknown', 'none', 'keyboard.pastesUnseen');
  return around ? surrounding(replacements) : keystroke;
};

/**
 * An input method put fewer characters for more. Where as many or more come in the place of others, the editor leaves
 * the caret of somebody else's edit where it is, and the next arrow key would look like the letter's.
 */
function isComposition({ removed, inserted }: Replacement): boolean {
  return inserted.length < removed.length && isComposed(inserted);
}

/** What somebody else puts in the place of as many selected characters stays selected, and no event says so: an arrow key comes next. */
function isAsLong({ removed, inserted }: Replacement): boolean {
  return removed !== '' && removed.length === inserted.length;
}

/** A closing bracket takes the indent before it. */
function isClosing({ removed, inserted }: Replacement): boolean {
  return inserted === '' || (/^[ \t]*$/.test(removed) && /^[)\]}>]$/.test(inserted));
}

/** A key puts the same letter in at every caret. */
function isOneKey(replacements: readonly Replacement[]): boolean {
  if (replacements.length < 2) return true;
  const keys = replacements.filter(r => r.inserted !== '').map(r => r.inserted.slice(0, firstGrapheme(r.inserted)));
  return keys.every(key => key === keys[0]);
}

/**
 * Edits around a save that no key made and that moved white space only: a formatter or another save participant.
 * One that changes more may be an extension that edits and saves at once: not known.
 */
export const savedBy: Rule = ({ observation: { saving, transfer }, replacements }) => {
  if (!saving || transfer || !replacements.every(r => bare(r.removed) === bare(r.inserted))) return undefined;
  // A save after a pause formats nothing: blanks within a line are a key’s that left no kind.
  if (saving === 'delay' && replacements.some(r => /[^\S\n]/.test(r.inserted))) return undefined;
  return all('tool.format', 'inferred', 'saving');
};

const bare = (text: string) => text.replace(/\s+/g, '');

/** Strongest first. What none of them knows is `unknown`. */
export const rules: readonly Rule[] = [
  grantedReason,
  undone,
  disk,
  answered,
  readyMade,
  accepted,
  transferred,
  keyboard,
  formatted,
  savedBy,
];
