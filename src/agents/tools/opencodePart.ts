import type { AgentEdit } from '../agent.ts';
import { type Effect, effectsOf, pathOf, replacementsIn, wholeFile } from '../reading/askedEdit.ts';
import { callName } from '../reading/callName.ts';
import type { Gathering } from '../reading/gathering.ts';
import { type Fields, fields, list, milliseconds, text } from '../reading/json.ts';
import { servedModel } from '../reading/model.ts';
import { filesOf } from './codexPatch.ts';

/** Where a part of a message stands. */
export interface Whereabouts {
  /** opencode, or a tool that was made from it. */
  readonly agent: string;
  readonly session: string;
  /** Folder that the session works in. */
  readonly folder: string | undefined;
  /** An agent opened the session for a task: its user's words are an agent's. */
  readonly child: boolean;
  readonly messageId: string;
  readonly message: Fields;
  /** Id of the prompt that a child's work belongs to, if it is known. */
  readonly asked: string | undefined;
  /** For what has no time of its own (ms). */
  readonly time: number;
}

/** A tool call's effect on one file. */
type FileEffect = Effect & Pick<AgentEdit, 'file'>;

/**
 * Takes what an assistant's part says. `waits`: it is not finished, and will be written again. Gives the ids of its
 * edits. Forms: opencode, `session/message-v2.ts` and `tool/*.ts`.
 */
export function takePart(gathering: Gathering, at: Whereabouts, id: string, part: Fields): 'waits' | readonly string[] {
  const state = fields(part.state);
  const [span, done] = [fields(part.time) ?? fields(state?.time), fields(at.message.time)?.completed];
  const time = milliseconds(span?.end) ?? milliseconds(span?.start) ?? at.time;
  const known = { conversation: at.session, time, ...modelOf(at.message), ...promptOf(at) };
  if (part.type === 'text') {
    if (milliseconds(span?.end) === undefined && done === undefined) return 'waits';
    if (part.synthetic !== true) gathering.answer({ ...known, text: text(part.text) ?? '' }, id);
    return [];
  }
  if (part.type !== 'tool') return [];
  if (state?.status === 'pending' || state?.status === 'running') return 'waits';
  if (state?.status !== 'completed') return [];
  const effects = effectsIn(text(part.tool) ?? '', fields(state.input) ?? {}, fields(state.metadata) ?? {}, at.folder);
  return effects.map((effect, nth) => {
    const edit = { ...known, ...effect };
    return gathering.edit(edit, callName(text(part.callID) ?? id, edit, effects.length > 1 ? nth + 1 : 0));
  });
}

/** Takes a user's message with all its parts as a prompt. What opencode itself put in is marked `synthetic`. */
export function takePrompt(gathering: Gathering, at: Whereabouts, parts: readonly (Fields | undefined)[]): void {
  if (at.child) return;
  const own = parts.filter(part => part?.type === 'text' && part.synthetic !== true && part.ignored !== true);
  const said = own.flatMap(part => text(part?.text) ?? []).join('\n');
  if (said.trim() === '') return;
  const time = milliseconds(fields(at.message.time)?.created) ?? at.time;
  const folder = at.folder ?? '';
  gathering.prompt({ conversation: at.session, time, text: said, folder, ...modelOf(at.message) }, at.messageId);
}

function promptOf({ agent, session, child, message, asked }: Whereabouts): { prompt?: string } {
  if (child) return asked === undefined ? {} : { prompt: asked };
  const parent = text(message.parentID);
  return parent === undefined ? {} : { prompt: `${agent}:${session}:${parent}` };
}

function modelOf(message: Fields): { model?: string } {
  const own = fields(message.model) ?? message;
  const model = servedModel(text(own.modelID), text(own.providerID));
  return model === undefined ? {} : { model };
}

function effectsIn(tool: string, input: Fields, metadata: Fields, folder: string | undefined): readonly FileEffect[] {
  const file = pathOf(text(input.filePath), folder);
  const here = (effects: readonly Effect[]) => (file === undefined ? [] : effects.map(effect => ({ file, ...effect })));
  switch (tool) {
    case 'edit':
      return here(edited(input, fields(metadata.filediff)));
    case 'multiedit': {
      const diffs = list(metadata.results).map(result => fields(fields(result)?.filediff));
      const [before, after] = [text(diffs[0]?.before), text(diffs.at(-1)?.after)];
      const whole = before !== undefined && after !== undefined;
      return here(whole ? [{ before, after }] : effectsOf(replacementsIn(input)));
    }
    case 'write': {
      const content = text(input.content);
      return here([content === undefined ? {} : wholeFile(content, metadata.exists === false)]);
    }
    case 'patch':
    case 'apply_patch':
      return patched(text(input.patchText) ?? '', list(metadata.files).map(fields), folder);
    default:
      return [];
  }
}

/** Versions to 1.1 keep both whole texts, as they are behind the formatter. */
function edited(input: Fields, diff: Fields | undefined): readonly Effect[] {
  const [before, after] = [text(diff?.before), text(diff?.after)];
  if (before !== undefined && after !== undefined) return [{ before, after }];
  const [old, next] = [text(input.oldString), text(input.newString) ?? text(input.content)];
  // Without an old text the file is written whole.
  if (next !== undefined && (old === undefined || old === '')) return [wholeFile(next)];
  return effectsOf(replacementsIn(input));
}

function patched(patch: string, files: readonly (Fields | undefined)[], folder: string | undefined): FileEffect[] {
  const whole = files.flatMap(file => {
    const path = pathOf(text(file?.movePath) ?? text(file?.filePath), folder);
    const [before, after] = [text(file?.before), text(file?.after)];
    if (path === undefined || before === undefined || after === undefined || file?.type === 'delete') return [];
    return [{ file: path, before: file?.type === 'add' ? null : before, after }];
  });
  if (whole.length > 0) return whole;
  return (filesOf(patch) ?? []).flatMap((file): FileEffect[] => {
    const path = pathOf(file.kind === 'update' ? (file.to ?? file.file) : file.file, folder);
    if (path === undefined || file.kind === 'delete') return [];
    if (file.kind === 'add') return [{ file: path, before: null, after: file.text }];
    return file.places.map(({ old, new: next }) => ({ file: path, replaced: { old, new: next, all: false } }));
  });
}
