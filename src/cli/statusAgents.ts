import { readdirSync, statSync } from 'node:fs';
import type { Agent } from '../agents/agent.ts';
import { agents } from '../agents/agents.ts';
import { isDeep } from '../agents/following/recordFiles.ts';
import type { Machine } from '../agents/reading/machine.ts';
import { stamp } from '../evidence/moment.ts';
import type { JournalReader } from '../journal/reader.ts';
import { table } from './help.ts';
import { versionsIn } from './versionWords.ts';
import type { Words } from './words.ts';

/** How it stands with the reader of one AI tool's records, for one recorded folder. */
export interface AgentStatus {
  readonly name: string;
  /** The tool's name in the record: stores of one tool share it, and what they told is counted for all of them. */
  readonly recordedAs: string;
  /** Whether the newest session of an editor follows it, as it was set last; null: there was none, or it is only imported. */
  readonly followed: boolean | null;
  /** A place where it keeps its records is on this machine. */
  readonly found: boolean;
  /** What the reader was checked against: real records, or the tool's documentation alone. What that tells is reported at most. */
  readonly checked: Agent['checked'];
  /** Of the tool, or of its format, that the reader knows. */
  readonly versions: string;
  /** When the newest act that its records tell of was done, RFC 3339, UTC; null: none is on record. */
  readonly lastRecord: string | null;
  readonly prompts: number;
  readonly answers: number;
  readonly edits: number;
  /** Records that could not be read. */
  readonly problems: number;
}

/** What a journal has of each tool. `channels`: of the newest session of an editor. */
export function agentStatus(
  reader: JournalReader,
  of: { readonly folder: string; readonly machine: Machine; readonly channels: readonly string[] },
): AgentStatus[] {
  const told = toldIn(reader);
  return agents.map(agent => {
    const { name, ids = name, checked, versions } = agent;
    const places = agent.places(of.folder, of.machine);
    const { last, prompts, answers, edits } = told.get(ids) ?? none();
    return {
      name,
      recordedAs: ids,
      followed:
        of.channels.length === 0 || name === 'specstory' ? null : (told.get(name)?.heard ?? of.channels.includes(name)),
      found: places.some(place => isThere(agent, place)),
      checked,
      versions,
      lastRecord: last === undefined ? null : stamp({ time: last, zone: 0 }),
      prompts,
      answers,
      edits,
      problems: told.get(name)?.problems ?? 0,
    };
  });
}

/** A row each for the tools that are here, or of which anything is on record. */
export function agentRows(all: readonly AgentStatus[], words: Words): string {
  const rows = all.filter(({ found, lastRecord, problems }) => found || lastRecord !== null || problems > 0);
  if (rows.length === 0) return `  ${words.t('status.agentsNone')}`;
  return table(
    rows.map(({ name, recordedAs, followed, found, checked, versions, lastRecord, prompts, edits, problems }) => {
      const state = followed === null ? 'status.agentImported' : followed ? 'status.agentOn' : 'status.agentOff';
      const facts = [
        words.t(state),
        ...(found ? [] : [words.t('status.agentNotFound')]),
        words.t(`status.checked.${checked}`, { versions: versionsIn(versions, words) }),
        lastRecord === null
          ? words.t('status.agentNothing')
          : words.t('status.agentLast', { last: lastRecord, name: recordedAs, prompts, edits }),
        ...(problems > 0 ? [words.t('status.agentProblems', { n: problems })] : []),
      ];
      return [name, facts.join('; ')] as const;
    }),
  );
}

interface Told {
  last: number | undefined;
  prompts: number;
  answers: number;
  edits: number;
  problems: number;
  /** What the person has set since the newest session of an editor began; absent: nothing. */
  heard?: boolean;
}

function none(): Told {
  return { last: undefined, prompts: 0, answers: 0, edits: 0, problems: 0 };
}

function toldIn(reader: JournalReader): ReadonlyMap<string, Told> {
  const told = new Map<string, Told>();
  const of = (agent: string) => {
    const found = told.get(agent) ?? none();
    told.set(agent, found);
    return found;
  };
  const count = (agent: string, what: 'prompts' | 'answers' | 'edits', time: number) => {
    const own = of(agent);
    own[what]++;
    own.last = Math.max(own.last ?? 0, time);
  };
  /** Tools that are listened to again by the events just before: an editor that ends says so of those that are off. */
  let again: Told[] = [];
  for (const pack of reader.packs()) {
    while (pack.next()) {
      // What is told of agents is in rows of its own.
      if (pack.changed) continue;
      const event = pack.event();
      if (event.kind === 'prompt' && event.by !== 'person') count(event.agent, 'prompts', event.asked);
      else if (event.kind === 'answer') count(event.agent, 'answers', event.answered);
      // Another account of an edit is no other edit.
      else if (event.kind === 'agentEdit' && !event.id.endsWith('~') && event.of === undefined)
        count(event.agent, 'edits', event.made);
      else if (event.kind === 'gap' && event.reason === 'agentRecord' && event.agent !== undefined)
        of(event.agent).problems++;
      else if (event.kind === 'gap' && event.reason === 'channel' && event.agent !== undefined) {
        const own = of(event.agent);
        own.heard = event.since !== undefined;
        if (own.heard) again.push(own);
        continue;
      } else if (event.kind === 'sessionEnd') for (const own of again) own.heard = false;
      else if (event.kind === 'session' && event.channels.length > 0) for (const own of told.values()) delete own.heard;
      again = [];
    }
  }
  return told;
}

/** Of a place that holds much else only a record says that the tool was here. */
function isThere(agent: Agent, place: string): boolean {
  if (!statSync(place, { throwIfNoEntry: false })?.isDirectory()) return false;
  return isDeep(agent, place) || readdirSync(place).some(name => agent.isRecord(name));
}
