import type { Kind, Origin } from '../provenance/origin.ts';
import { firstGrapheme, isClosedPair, isGrapheme, isLineBreak } from './graphemes.ts';
import type { Replacement, Step } from './step.ts';

/** Grows whenever a rule's answer changes; it stands in the journal's `session` event. */
export const rulesVersion = 1;

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

/** A keystroke's insertion: its first grapheme is the person's, the closed pair or the indent the editor's. */
const key = (basis: Origin['basis'], rule: string) => {
  const typed: Origin = { kind: 'typed', basis, rule };
  const closed: Origin = { kind: 'tool.editor', basis, rule };
  return ({ inserted }: Replacement): readonly Part[] => {
    const own = firstGrapheme(inserted);
    if (own === inserted.length) return [{ length: own, origin: typed }];
    return [
      { length: own, origin: typed },
      { length: inserted.length - own, origin: closed },
    ];
  };
};

const keystroke = key('asserted', 'keyboard');
/** The same kind follows a paste of one letter, and no paste could be seen. */
const keyOrPaste = key('inferred', 'keyboard.pastesUnseen');

/** Whether one keystroke can have made this replacement. */
export function isKeystroke({ inserted }: Replacement): boolean {
  return inserted === '' || isGrapheme(inserted) || isClosedPair(inserted) || isLineBreak(inserted);
}

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
      return kind === 'type' && replacements.every(isKeystroke) ? keystroke : undefined;
    }
    case 'inlineCompletionAccept':
    case 'inlineCompletionPartialAccept':
      return all('ai.completion', 'asserted', 'reason.inlineCompletion');
    case 'Chat.applyEdits':
    case 'inlineChat.applyEdits':
      return all('ai.chat', 'asserted', 'reason.chat');
    case 'suggest':
      return all('tool.suggest', 'asserted', 'reason.suggest');
    case 'snippet':
      return all('tool.snippet', 'asserted', 'reason.snippet');
    case 'rename':
      return all('tool.refactor', 'asserted', 'reason.rename');
    default:
      return undefined;
  }
};

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

/** Commands that accept ghost text; the keys that run them tell of it right after. */
export const accepting: readonly string[] = [
  'editor.action.inlineSuggest.commit',
  'editor.action.inlineSuggest.acceptNextWord',
];

/** Commands that format; they are marked while they run. */
export const formatting: readonly string[] = ['editor.action.formatDocument', 'editor.action.formatSelection'];

const named = (mark: string) => `mark.${mark.slice(mark.lastIndexOf('.') + 1)}`;

/** The change is what an accepting command has just made. */
export const accepted: Rule = ({ observation: { mark } }) =>
  mark !== undefined && accepting.includes(mark) ? all('ai.completion', 'asserted', named(mark)) : undefined;

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
 * followed by that kind too: it must have been ruled out. Where VS Code grants its own reason, that one alone
 * may say so.
 */
export const keyboard: Rule = ({ observation, replacements }) =>
  observation.selection === 'keyboard' &&
  observation.carets &&
  !observation.detailedReason &&
  !(observation.transfer && observation.transfer.equal === undefined) &&
  replacements.every(isKeystroke)
    ? observation.pastesUnseen
      ? keyOrPaste
      : keystroke
    : undefined;

/**
 * Edits around a save that no key made and that moved white space only: a formatter or another save participant.
 * One that changes more may be an extension that edits and saves at once: not known.
 */
export const savedBy: Rule = ({ observation: { saving, transfer }, replacements }) =>
  saving && !transfer && replacements.every(r => bare(r.removed) === bare(r.inserted))
    ? all('tool.format', 'inferred', 'saving')
    : undefined;

const bare = (text: string) => text.replace(/\s+/g, '');

/** Strongest first. What none of them knows is `unknown`. */
export const rules: readonly Rule[] = [
  grantedReason,
  undone,
  disk,
  accepted,
  transferred,
  keyboard,
  formatted,
  savedBy,
];
