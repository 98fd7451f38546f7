/** The editor's own commands that put text in, grouped by what that text is. A `mark` of an observation names one. */

/** Accept ghost text, whole or in part, or a proposed edit of the text around. */
export const ghostText: readonly string[] = [
  'editor.action.inlineSuggest.commit',
  'editor.action.inlineSuggest.commitAlternativeAction',
  'editor.action.inlineSuggest.acceptNextWord',
];

/** Accept what is chosen in the list of suggestions: before the text that stands after the caret, or over it. */
export const suggestions: readonly string[] = ['acceptSelectedSuggestion', 'acceptAlternativeSelectedSuggestion'];

/** Expand a snippet: from its prefix by a key, or chosen from the list of all. */
export const snippets: readonly string[] = ['insertSnippet', 'editor.action.insertSnippet'];

/** Renames a symbol wherever it is used; the changes come some time after the command has run. */
export const renaming = 'editor.action.rename';

/** Our own: puts in what an AI has answered. */
export const insertAnswer = 'holograph.insertAnswer';

/** Our own as well: puts in, changes or takes out a text that is ready made, such as a label. */
export const ownText = 'holograph.ownText';

/** Format the text; marked while they run. */
export const formatting: readonly string[] = ['editor.action.formatDocument', 'editor.action.formatSelection'];

/** Commands that a key of ours runs and then tells of. */
export const told: readonly string[] = [...ghostText, ...suggestions, 'insertSnippet'];

/** Taken over, run, and told of when it is done: it waits for the person in between. */
export const choosing = 'editor.action.insertSnippet';

/**
 * Commands that put nothing in but signs and white space of the editor's own choice, as the editor's own reason names
 * them. Not among them: those that copy or rewrite words.
 */
export const mechanical: readonly string[] = [
  'tab',
  'outdent',
  'editor.action.indentLines',
  'editor.action.outdentLines',
  'editor.action.reindentlines',
  'editor.action.reindentselectedlines',
  'editor.action.indentationToSpaces',
  'editor.action.indentationToTabs',
  'editor.action.commentLine',
  'editor.action.addCommentLine',
  'editor.action.blockComment',
  'editor.action.insertLineAfter',
  'editor.action.insertLineBefore',
  'lineBreakInsert',
];
