/** Text of the person's or of a tool's as it stands in Markdown, with nothing in it acting as mark-up. */
export function plain(text: string): string {
  return visible(text)
    .replace(/[\\`*_{}[\]()#+\-.!|~<>&$:@/]/g, character => `&#${character.charCodeAt(0)};`)
    .replace(/\n/g, '  \n');
}

/** The first `limit` characters on one line, with an ellipsis when there is more. */
export function excerpt(text: string, limit: number): string {
  const line = visible(text).replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length <= limit
    ? line
    : `${characters
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`;
}

/** A link that runs a command with arguments. The words are plain text, not Markdown. */
export function commandLink(words: string, command: string, args: readonly unknown[] = []): string {
  const query = args.length === 0 ? '' : `?${encodeURIComponent(JSON.stringify(args)).replace(/[()]/g, code)}`;
  return `[${plain(words)}](command:${command}${query})`;
}

function code(character: string): string {
  return `%${character.charCodeAt(0).toString(16)}`;
}

/** Controls that reorder or hide what follows them are shown, not obeyed. */
function visible(text: string): string {
  return text.replace(/\p{Bidi_Control}|(?![\t\n])\p{Cc}/gu, '\ufffd');
}
