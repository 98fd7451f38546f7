import { basename } from 'node:path';
import { type Fields, fields, list, milliseconds, text } from '../reading/json.ts';
import { copilotModel } from './copilot.ts';
import { absolute, type CopilotEffect, effectsOf } from './copilotEdit.ts';

/** One request of a VS Code chat session, as its record says it. */
export interface ChatRequest {
  readonly id: string;
  readonly time: number;
  /** What the person asked; absent where the tool or another asked, or a button was pressed. */
  readonly asked?: string;
  readonly model?: string;
  /** When its answer was ready; absent while it is being made. */
  readonly done?: number;
  /** The answer's words, without the code that was written to files. */
  readonly said: string;
  readonly response: readonly Fields[];
  /** Calls of tools as the model asked for them. */
  readonly calls: readonly { readonly id: string; readonly tool: string; readonly input: unknown }[];
}

/** VS Code puts this in the place of what is too long to be kept (source: `objectMutationLog.ts`). */
const CUT = '[JustRide: value truncated for persistence';
/** Who asked, where that is no person. */
const others = new Set(['agent', 'tool', 'automation', 'system', 'systemNotification']);

/** Undefined for what is no request. */
export function requestIn(value: unknown): ChatRequest | undefined {
  const request = fields(value);
  const id = text(request?.requestId);
  if (!request || id === undefined) return undefined;
  const time = milliseconds(request.timestamp) ?? 0;
  const response = list(request.response)
    .map(fields)
    .filter(part => part !== undefined);
  const metadata = fields(fields(request.result)?.metadata);
  const calls = list(metadata?.toolCallRounds).flatMap(round => list(fields(round)?.toolCalls).map(fields));
  const asked = askedIn(request);
  const model = copilotModel(request.modelId);
  const done = doneIn(request, time);
  return {
    id,
    time,
    ...(asked === undefined ? {} : { asked }),
    ...(model === undefined ? {} : { model }),
    ...(done === undefined ? {} : { done }),
    said: saidIn(response),
    response,
    calls: calls.flatMap(call => {
      const [id, tool] = [text(call?.id), text(call?.name)];
      return id === undefined || tool === undefined ? [] : [{ id, tool, input: call?.arguments }];
    }),
  };
}

/** Told that a text was cut by the tool: it is not given as if it were whole. */
export function isCut(request: unknown): boolean {
  return messageIn(fields(request)).startsWith(CUT);
}

function askedIn(request: Fields): string | undefined {
  const message = messageIn(request);
  const from = text(fields(request.origin)?.kind) ?? text(request.origin);
  if (request.isSystemInitiated === true || (from !== undefined && others.has(from))) return undefined;
  if (request.hiddenFromTranscript === true || request.requestHiddenFromTranscript === true) return undefined;
  // The text of a confirmation is the button's.
  if (message.trim() === '' || message.startsWith(CUT) || text(request.confirmation)) return undefined;
  return message;
}

function messageIn(request: Fields | undefined): string {
  return text(request?.message) ?? text(fields(request?.message)?.text) ?? '';
}

/** States of an answer: 0 being made, 1 complete, 2 cancelled, 3 failed, 4 waiting (source: `chatService.ts`). */
function doneIn(request: Fields, time: number): number | undefined {
  const state = fields(request.modelState);
  const ended = state ? state.value === 1 || state.value === 2 || state.value === 3 : fields(request.result);
  if (!ended && request.isCanceled !== true) return undefined;
  const elapsed =
    milliseconds(fields(fields(request.result)?.timings)?.totalElapsed) ?? milliseconds(request.elapsedMs) ?? 0;
  return milliseconds(state?.completedAt) ?? milliseconds(time + elapsed) ?? time;
}

/** The words of an answer in order, without the fences around code that went to a file. */
function saidIn(response: readonly Fields[]): string {
  const said = response.map(wordsOf);
  for (const [index, { kind, isEdit }] of response.entries()) {
    if (kind !== 'codeblockUri' || isEdit !== true) continue;
    for (const step of [-1, 1]) {
      let at = index + step;
      while (said[at] === '') at += step;
      if (/^\s*`{3,}[^\n`]*\s*$/.test(said[at] ?? '')) said[at] = '\n';
    }
  }
  const words = said.join('');
  return words.startsWith(CUT) ? '' : words.trim();
}

function wordsOf(part: Fields): string {
  if (part.kind === undefined) return text(part.value) ?? '';
  if (part.kind === 'markdownContent' || part.kind === 'markdownVuln') return text(fields(part.content)?.value) ?? '';
  if (part.kind !== 'inlineReference') return '';
  const reference = fields(part.inlineReference);
  return text(part.name) ?? basename(fileOf(reference) ?? fileOf(reference?.uri) ?? '');
}

/** A file as VS Code writes it down: `{scheme, path, fsPath}`, or a URI. */
export function fileOf(uri: unknown): string | undefined {
  const parts = fields(uri);
  if (!parts) return typeof uri === 'string' && uri.startsWith('file:') ? absolute(uri, undefined) : undefined;
  if (parts.scheme !== undefined && parts.scheme !== 'file') return undefined;
  const path = text(parts.path) ?? '';
  const whole = `file://${text(parts.authority) ?? ''}${path.split('/').map(encodeURIComponent).join('/')}`;
  return absolute(text(parts.fsPath) ?? (path === '' ? '' : whole), undefined);
}

/**
 * What the request's calls wrote, for where no editing session tells it: literal replacements of calls on files that
 * the answer says were edited; then insertions of other files' edits. What a range of lines held before is not kept.
 */
export function writtenIn({ response, calls }: ChatRequest): readonly { call?: string; effects: CopilotEffect[] }[] {
  const groups = response.filter(({ kind, done }) => kind === 'textEditGroup' && done === true);
  const files = new Set(groups.map(({ uri }) => fileOf(uri)));
  const literal = calls.flatMap(({ id, tool, input }) => {
    const effects = (effectsOf(tool, input, undefined) ?? []).filter(
      effect => files.has(effect.file) && (effect.after !== undefined || effect.replaced),
    );
    return effects.length > 0 ? [{ call: id, effects }] : [];
  });
  const told = new Set(literal.flatMap(({ effects }) => effects.map(({ file }) => file)));
  const rest = groups.flatMap(({ uri, edits }) => {
    const file = fileOf(uri);
    return file === undefined || told.has(file) ? [] : insertionsIn(file, edits);
  });
  return rest.length > 0 ? [...literal, { effects: rest }] : literal;
}

function insertionsIn(file: string, edits: unknown): CopilotEffect[] {
  const all = list(edits).flatMap(list).map(fields);
  const inserted = all.filter(edit => isEmptyRange(fields(edit?.range)) && (text(edit?.text) ?? '').trim() !== '');
  if (inserted.length === 0) return all.length > 0 ? [{ file }] : [];
  return inserted.map(edit => ({ file, replaced: { old: '', new: text(edit?.text)!, all: false } }));
}

function isEmptyRange(range: Fields | undefined): boolean {
  return (
    range !== undefined &&
    range.startLineNumber === range.endLineNumber &&
    range.startColumn === range.endColumn &&
    range.startLineNumber !== undefined
  );
}
