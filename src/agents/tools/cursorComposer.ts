import { pathOf } from '../reading/askedEdit.ts';
import { type Fields, fields, list, milliseconds, text } from '../reading/json.ts';
import { objectIn } from './cursorEdit.ts';

/** What is known of one of Cursor's conversations, which it calls composers. */
export interface Composer {
  readonly folder: string | undefined;
  /** An agent opened it for a task. */
  readonly child: boolean;
  readonly model: string | undefined;
  /** When it was last changed (ms). */
  readonly time: number;
  /** Its last message may still grow. */
  readonly busy: boolean;
  /** Its messages in order: ids and kinds. */
  readonly headers: readonly (Fields | undefined)[];
  /** Of versions before 3: tools by message. */
  readonly tools: ReadonlyMap<string, Fields>;
}

/** From `composerData:<id>`. `folderOf`: the folder of a workspace, by its id, or of a conversation by its own. */
export function composerOf(
  id: string,
  data: Fields,
  folderOf: (workspace: string | undefined, composer: string) => string | undefined,
): Composer {
  const workspace = fields(data.workspaceIdentifier);
  const uri = fields(workspace?.uri);
  const tools = new Map<string, Fields>();
  for (const capability of list(data.capabilities).map(fields)) {
    const calls = objectIn(fields(capability?.data)?.bubbleDataMap);
    for (const [bubble, call] of Object.entries(calls ?? {})) if (fields(call)) tools.set(bubble, fields(call)!);
  }
  const headers = list(data.fullConversationHeadersOnly).map(fields);
  return {
    folder: pathOf(text(uri?.fsPath) ?? text(uri?.external), undefined) ?? folderOf(text(workspace?.id), id),
    child: isTask(id) || data.subagentInfo !== undefined || data.parentComposerId !== undefined,
    model: text(fields(data.modelConfig)?.modelName),
    time: milliseconds(data.lastUpdatedAt) ?? milliseconds(data.createdAt) ?? 0,
    busy: data.status === 'generating',
    headers: headers.length > 0 ? headers : list(data.conversation).map(fields),
    tools,
  };
}

/** A subagent's work, of which Cursor may keep the messages alone. */
export function isTask(id: string): boolean {
  return /[\r\n]|^task-/.test(id);
}

export const task: Composer = {
  folder: undefined,
  child: true,
  model: undefined,
  time: 0,
  busy: false,
  headers: [],
  tools: new Map(),
};

/** The folder that was open when a message was written, where it was a single one. */
export function folderIn(message: Fields): string | undefined {
  const [uri, ...more] = list(message.workspaceUris);
  return more.length > 0 ? undefined : pathOf(text(uri), undefined);
}

/** Absent where Cursor chooses the model itself. */
export function modelIn(message: Fields, composer: Composer): string | undefined {
  const model = text(fields(message.modelInfo)?.modelName) ?? composer.model;
  return model === 'default' || model === 'auto' ? undefined : model;
}

/** The start of the year 2000 (ms): smaller numbers are spans. */
const ABSOLUTE = 946_684_800_000;

/** When a message began (ms), as far as it says. */
export function timeIn(message: Fields): number | undefined {
  const timing = fields(message.timingInfo);
  const created =
    typeof message.createdAt === 'string' ? Date.parse(message.createdAt) : milliseconds(message.createdAt);
  const spans = [timing?.clientStartTime, timing?.clientRpcSendTime, timing?.clientEndTime].map(milliseconds);
  const time = [created, ...spans].find(time => time !== undefined && time >= ABSOLUTE);
  return time === undefined ? undefined : Math.floor(time);
}
