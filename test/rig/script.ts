/** What the scripted author does in lamp.md, as text: session.ts plays it, and its truth is known by construction. */
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
  before:
    'The neighbours said that it was a waste of oil, and the harbour master wrote two letters about it.\nShe answered neither of them.',
  after:
    'The neighbours said that it was a waste of oil, and the harbour master wrote two letters about it: one on fire, one on thrift.\nShe kept both under the lamp and answered neither of them.',
} as const;
