/** Which words of its paragraph the agent leaves, and which it writes. */
const rewritten = [
  ['The neighbours said that it was a waste of oil, and the harbour master wrote two letters about it', 'initial'],
  [': one on fire, one on thrift', 'ai.agent'],
  ['.\nShe ', 'initial'],
  ['kept both under the lamp and ', 'ai.agent'],
  ['answered neither of them.', 'initial'],
] as const;

const kept = rewritten.filter(([, kind]) => kind === 'initial');

/** What the scripted author does in lamp.md, as text: session.ts plays it, truth.ts says what must come of it. */
export const script = {
  file: 'lamp.md',
  typed: 'I was nine before I understood that she was not waiting for a ship.',
  /** Typed too; the companion goes on from here. */
  lead: 'The lamp',
  completion: ' was a way of telling the dark that somebody here had slept',
  /** The last word of the completion is replaced by typing. */
  replaced: 'slept',
  replacement: 'stayed',
  quotation: '"A light in a window is a letter to nobody in particular." (Harbour Almanac, 1961)',
  prompt: 'Make the second paragraph of lamp.md a little drier and tell what the letters were about.',
  before: kept.map(([text]) => text).join(''),
  after: rewritten.map(([text]) => text).join(''),
  rewritten,
  /** What the browser test asks besides, and what is answered; it leads to no text. */
  question: ['What was burnt in lamps by the Aral Sea in those years?', 'Kerosene, mostly, sold by the litre.'],
  /** What its author says of the prompt. */
  note: 'The two letters, fire and thrift, are my invention.',
} as const;
