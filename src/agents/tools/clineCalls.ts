import { type Fields, fields, list, text } from '../reading/json.ts';

/** A call of a tool in a conversation as Cline's family keeps it for the model, and what came back. */
export interface ClineCall {
  /** Position of the assistant's message. */
  readonly at: number;
  readonly message: Fields;
  /** The tool's own id of the call; absent where calls stand in the text. */
  readonly id: string | undefined;
  readonly tool: string;
  readonly input: Fields;
  readonly result: string;
}

/** Parameters of calls that stand in the text as elements, by tool. What stands in them is not escaped. */
const written: Readonly<Record<string, readonly string[]>> = {
  write_to_file: ['path', 'content'],
  replace_in_file: ['path', 'diff'],
  apply_diff: ['path', 'diff'],
  insert_content: ['path', 'line', 'content'],
  search_and_replace: ['path', 'search', 'replace', 'use_regex'],
};

/**
 * The calls that have a result, in order. A call is a block of its own, or an element in the assistant's text; its
 * result a block with the call's id, or a text in the next user's message behind `[tool for 'path'] Result:`.
 */
export function clineCalls(messages: readonly unknown[]): readonly ClineCall[] {
  const out: ClineCall[] = [];
  let open: Omit<ClineCall, 'result'>[] = [];
  for (const [at, entry] of messages.entries()) {
    const message = fields(entry);
    const blocks = blocksOf(message);
    if (message?.role === 'assistant') {
      open = [];
      for (const block of blocks) {
        const [id, tool] = [text(block.id), text(block.name)];
        if (block.type === 'tool_use' && id !== undefined && tool !== undefined) {
          open.push({ at, message, id, tool, input: fields(block.input) ?? {} });
        } else if (block.type === 'text') {
          open.push(...callsIn(text(block.text) ?? '').map(call => ({ ...call, at, message, id: undefined })));
        }
      }
    } else if (message?.role === 'user') {
      const take = (is: (call: Omit<ClineCall, 'result'>) => boolean, result: string) => {
        const nth = open.findIndex(is);
        if (nth >= 0) out.push({ ...open.splice(nth, 1)[0]!, result });
      };
      for (const block of blocks.filter(block => block.type === 'tool_result')) {
        take(({ id }) => id !== undefined && id === block.tool_use_id, textOf(block));
      }
      for (const { tool, result } of resultsIn(blocks)) take(call => call.tool === tool, result);
    }
  }
  return out;
}

export function blocksOf(message: Fields | undefined): readonly Fields[] {
  const content = message?.content;
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return list(content).flatMap((block): readonly Fields[] => {
    const own = fields(block);
    return own ? [own] : [];
  });
}

function textOf(block: Fields): string {
  return blocksOf(block)
    .map(part => text(part.text) ?? '')
    .join('\n');
}

function callsIn(said: string): { tool: string; input: Fields }[] {
  const out: { tool: string; input: Fields }[] = [];
  const opening = new RegExp(`<(${Object.keys(written).join('|')})>`, 'g');
  for (let found = opening.exec(said); found; found = opening.exec(said)) {
    const tool = found[1]!;
    const end = said.indexOf(`</${tool}>`, opening.lastIndex);
    if (end < 0) break;
    out.push({ tool, input: parametersIn(said.slice(opening.lastIndex, end), written[tool]!) });
    opening.lastIndex = end;
  }
  return out;
}

/** The last parameter may hold its own closing tag; the tool takes what stands before the last one. */
function parametersIn(of: string, names: readonly string[]): Fields {
  const out: Record<string, string> = {};
  for (const name of names) {
    const from = of.indexOf(`<${name}>`);
    const to = of.lastIndexOf(`</${name}>`);
    if (from < 0 || to < from) continue;
    out[name] = of
      .slice(from + name.length + 2, to)
      .replace(/^\r?\n/, '')
      .replace(/\r?\n$/, '');
  }
  return out;
}

function resultsIn(blocks: readonly Fields[]): { tool: string; result: string }[] {
  const out: { tool: string; result: string }[] = [];
  const texts = blocks.filter(block => block.type === 'text').map(block => text(block.text) ?? '');
  for (const [at, block] of texts.entries()) {
    const head = /^\[(\w+)(?: for '[\s\S]*?')?\] Result:\s*/.exec(block);
    if (!head) continue;
    const rest = block.slice(head[0].length);
    out.push({ tool: head[1]!, result: rest === '' ? (texts[at + 1] ?? '') : rest });
  }
  return out;
}
