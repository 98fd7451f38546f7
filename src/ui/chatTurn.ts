import type { Texts } from '../host/texts.ts';
import type { AskedPrompt } from './line.ts';

/** Code blocks of an answer that are offered one by one. */
const mostBlocks = 5;

/** One turn of `@holograph`, whatever chat window it is in. */
export interface ChatTurn {
  readonly prompt: string;
  /** What the model says to it, piece by piece; rejects where it cannot. */
  readonly ask: () => PromiseLike<AsyncIterable<string>>;
  /** Where it is recorded; absent: nowhere. */
  readonly record?: { readonly folder: string; ask(): AskedPrompt };
  /** Shows Markdown. */
  readonly show: (markdown: string) => void;
  /** Offers to put a text in; `prompt`: the recorded one's id. */
  readonly offer: (title: string, answer: { readonly text: string; readonly prompt?: string }) => void;
}

export interface TurnResult {
  /** What the model said, as far as it came. */
  readonly answer: string;
  /** Why it ended. */
  readonly failed?: string;
}

/**
 * Passes the prompt on, and its answer back as it comes. Prompt and answer are recorded where the person has agreed to it,
 * also an answer that broke off: the person has seen it. Nothing is recorded anywhere else, and the answer says so.
 */
export async function chatTurn(turn: ChatTurn, { t }: Pick<Texts, 't'>): Promise<TurnResult> {
  const { prompt, ask, record, show, offer } = turn;
  if (prompt.trim() === '') {
    show(t('chat.empty'));
    return { answer: '' };
  }
  const asked = record?.ask();
  let answer = '';
  let failed: string | undefined;
  try {
    for await (const piece of await ask()) {
      answer += piece;
      show(piece);
    }
  } catch (failure) {
    failed = failure instanceof Error ? failure.message : String(failure);
  }
  if (answer !== '') asked?.answered(answer);
  const of = asked && { prompt: asked.id };
  // Above the buttons: what stands above a last word in Markdown and is more than text, VS Code folds away as steps.
  const kept = answer === '' ? 'chat.recordedAlone' : 'chat.recorded';
  show(`\n\n*${record === undefined ? t('chat.notRecorded') : t(kept, { folder: record.folder })}*`);
  const blocks = codeIn(answer);
  for (const [i, text] of blocks.slice(0, mostBlocks).entries()) {
    offer(blocks.length === 1 ? t('chat.insertCode') : t('chat.insertCodeOf', { n: String(i + 1) }), { text, ...of });
  }
  if (answer !== '') offer(t('chat.insert'), { text: answer, ...of });
  return { answer, ...(failed !== undefined && { failed: t('chat.failed', { reason: failed }) }) };
}

/** What stands in fenced blocks (CommonMark 0.31, section 4.5), without the fences; an unfinished one is none. */
function codeIn(answer: string): string[] {
  const blocks: string[] = [];
  let open: { readonly fence: string; readonly lines: string[] } | undefined;
  for (const line of answer.split('\n')) {
    const fence = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    if (open === undefined) {
      if (fence !== null) open = { fence: fence[1]!, lines: [] };
    } else if (fence !== null && fence[1]!.startsWith(open.fence) && fence[2]!.trim() === '') {
      if (open.lines.length > 0) blocks.push(open.lines.join('\n'));
      open = undefined;
    } else open.lines.push(line);
  }
  return blocks;
}
