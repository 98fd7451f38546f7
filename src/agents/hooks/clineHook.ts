import type { Effect } from '../reading/effect.ts';
import { type Fields, fields, text } from '../reading/json.ts';
import { clineEffects, clineFile } from '../tools/clineEdit.ts';
import { hookEffects } from './hookEffects.ts';

/** What one call of a hook of Cline's tells. */
export type ClineTold =
  | { readonly kind: 'asked'; readonly words: unknown }
  /** `call`: the tool's own id of it. */
  | { readonly kind: 'wrote'; readonly effects: readonly Effect[]; readonly call?: string };

/**
 * The extension's form, and the command line's from version 3 on, which has the call itself (`tool_result`) beside it.
 * In the extension's every value of a call's input is a text. Forms: Cline, `hooks` of its extension and of its SDK.
 */
export function clineTold(payload: Fields): ClineTold | undefined {
  const submitted = fields(payload.userPromptSubmit) ?? fields(payload.taskStart);
  if (submitted) {
    // An agent that another one opened is asked by that one.
    if (payload.parent_agent_id != null) return undefined;
    const words = submitted.prompt ?? submitted.task ?? fields(submitted.taskMetadata)?.initialTask;
    return { kind: 'asked', words };
  }
  const [told, made] = [fields(payload.postToolUse), fields(payload.tool_result)];
  const tool = text(made?.name) ?? text(told?.toolName ?? told?.tool);
  const input = fields(made?.input) ?? spelledOut(fields(told?.parameters));
  if (tool === undefined || !input || told?.success === false || made?.error) return undefined;
  const result = text(told?.result) ?? text(made?.output) ?? JSON.stringify(made?.output ?? '');
  const own = text(made?.id);
  return { kind: 'wrote', effects: effectsOf(tool, input, result), ...(own !== undefined && { call: own }) };
}

function effectsOf(tool: string, input: Fields, result: string): readonly Effect[] {
  const effects = clineEffects({ tool, input, result });
  if (effects !== 'unknown') return effects;
  // Without the known words of a result it may be that the person changed what was proposed.
  const file = clineFile(input);
  return file === undefined || hookEffects(tool, input, undefined).length === 0 ? [] : [{ file }];
}

/** Lists and objects that were made texts are such again; what a file is to contain stays a text. */
function spelledOut(input: Fields | undefined): Fields | undefined {
  if (!input) return undefined;
  const lists = Object.entries(input).filter(([name]) => name === 'edits' || name === 'changes');
  return { ...input, ...Object.fromEntries(lists.map(([name, value]) => [name, parsed(value)])) };
}

function parsed(value: unknown): unknown {
  try {
    return typeof value === 'string' ? JSON.parse(value) : value;
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}
