import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { agents } from '../agents/agents.ts';
import { makeReport, type Report } from '../evidence/report.ts';
import type { Consented, RecordingState } from '../journal/catalogue.ts';
import { JournalError } from '../journal/problem.ts';
import { type JournalSizes, sizesOf } from '../journal/sizes.ts';
import type { Call, Command } from './command.ts';
import { table } from './help.ts';
import { reading, recordedAt, sourceOf, withCatalogue } from './journals.ts';
import { type AgentStatus, agentRows, agentStatus } from './statusAgents.ts';
import { type TimeStampStatus, timeStampRows, timeStampStatus } from './timeStampStatus.ts';
import type { Words } from './words.ts';
import { otherJournals } from './workJournals.ts';

/** What `holograph status --json` prints. Form: `media/schema/status.schema.json`. */
export interface StatusDocument {
  readonly schema: 'holograph.status';
  readonly version: 1;
  readonly journals: readonly JournalStatus[];
}

export interface JournalStatus {
  readonly journal: string;
  readonly work: string;
  readonly folder: string;
  /** What the journal was told; of a folder that is gone nothing is recorded. */
  readonly state: RecordingState;
  /** The folder is not there; absent where it is. */
  readonly gone?: true;
  /** Why the rest is null: the journal cannot be read. */
  readonly problem: string | null;
  /** Other journals of the same work on this machine: of another folder, of a damaged one before; absent where there are none. */
  readonly others?: readonly string[];
  /** Bytes on the disk. */
  readonly sizes: JournalSizes;
  readonly account: JournalAccount | null;
}

export interface JournalAccount {
  readonly events: number;
  readonly files: number;
  readonly sessions: number;
  /** Time of the last event, with its offset from UTC. */
  readonly lastEvent: string | null;
  readonly coverage: Report['totals']['coverage'];
  readonly human: Report['totals']['human'];
  readonly machine: Report['totals']['machine'];
  readonly unknown: number;
  /** Of the newest session that watched any. */
  readonly channels: readonly string[];
  readonly unreachable: readonly string[];
  /** AI tools whose records can be read, each. */
  readonly agents: readonly AgentStatus[];
  /** Events that the newest signed checkpoint covers. */
  readonly checkpoint: number | null;
  readonly timeStamps: TimeStampStatus;
}

export const statusCommand: Command = {
  name: 'status',
  usage: '[PATH…]',
  about: 'help.status',
  options: {},
  run(call) {
    const journals = chosen(call).map(one => statusOf(call, one));
    const { folder, json, words, print: say } = call;
    if (json) call.document({ schema: 'holograph.status', version: 1, journals } satisfies StatusDocument);
    else if (journals.length === 0) say(words.t('status.none'));
    else {
      if (!isRecorded(call)) say(words.t('status.others', { folder }));
      for (const one of journals) print(call, one);
    }
    return 0;
  },
};

/** All recorded folders, or those that the paths lie in. */
function chosen(call: Call): readonly Consented[] {
  if (call.paths.length === 0) return withCatalogue(call, catalogue => catalogue.list()) ?? [];
  const found = call.paths.map(path => recordedAt(call, resolve(call.folder, path)));
  return [...new Map(found.map(one => [one.journal, one])).values()];
}

/** Whether the folder that is looked in is recorded, or another was asked for. */
function isRecorded(call: Call): boolean {
  return call.paths.length > 0 || withCatalogue(call, catalogue => catalogue.find(call.folder)) !== undefined;
}

function statusOf(call: Call, consented: Consented): JournalStatus {
  const { journal, work, folder, state, file } = consented;
  const others = otherJournals(call, consented);
  const gone = existsSync(folder) ? {} : ({ gone: true } as const);
  const head = { journal, work, folder, state, ...gone, ...(others.length > 0 && { others }) };
  const sizes = sizesOf(file);
  try {
    return { ...head, problem: null, sizes, account: accountOf(file, folder, call) };
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    return { ...head, problem: error.problem.code, sizes, account: null };
  }
}

function accountOf(file: string, folder: string, call: Call): JournalAccount {
  return reading(file, reader => {
    const { totals, files, period, sessions } = makeReport([sourceOf(reader)]);
    // The command line's own sessions watch nothing.
    const last = sessions.findLast(({ channels, unreachable }) => channels.length + unreachable.length > 0);
    const { coverage, human, machine, unknown } = totals;
    const machineHere = { env: call.io.env, platform: process.platform };
    const channels = last?.channels ?? [];
    return {
      events: reader.size,
      files: files.length,
      sessions: sessions.length,
      lastEvent: period.lastEvent,
      coverage,
      human,
      machine,
      unknown,
      channels,
      unreachable: last?.unreachable ?? [],
      agents: agentStatus(reader, { folder, machine: machineHere, channels }),
      checkpoint: reader.checkpoints().at(-1)?.size ?? null,
      timeStamps: timeStampStatus(reader),
    };
  });
}

function print({ words, print }: Call, status: JournalStatus): void {
  const { journal, work, folder, state, problem, others = [], sizes, account } = status;
  const rows: [string, string][] = [
    [words.t('status.work'), work],
    ...others.map((other): [string, string] => [words.t('status.other'), other]),
    [words.t('status.size'), words.t('status.sizeText', bytesOf(sizes, words))],
  ];
  if (account === null) {
    rows.push([words.t('status.journal'), journal], [words.t('status.problem'), problem ?? '']);
  } else {
    const { events, sessions, lastEvent, coverage, human, machine, unknown, channels, unreachable, checkpoint } =
      account;
    const shares = { human: words.range(human), machine: words.range(machine), unknown: words.percent(unknown) };
    rows.push(
      [words.t('status.journal'), words.t('status.events', { journal, events })],
      [
        words.t('status.sessions'),
        sessions === 0
          ? words.t('status.noSessions')
          : words.t('status.sessionsText', { count: sessions, last: lastEvent ?? '' }),
      ],
      [
        words.t('status.coverage'),
        coverage.share === null
          ? words.t('status.coverageNone')
          : words.t('status.coverageText', { share: words.percent(coverage.share) }),
      ],
      [words.t('status.shares'), words.t('status.sharesText', shares)],
      [words.t('status.channels'), channelsIn(channels, words)],
      [words.t('status.unreachable'), channelsIn(unreachable, words)],
      [
        words.t('status.off'),
        namesOf(account.agents.filter(({ followed }) => followed === false)) || words.t('status.nothing'),
      ],
      [
        words.t('status.checkpoint'),
        checkpoint === null ? words.t('status.noCheckpoint') : words.t('status.checkpointText', { size: checkpoint }),
      ],
      ...timeStampRows(account.timeStamps, words),
    );
  }
  print(`${folder}: ${words.t(status.gone ? 'status.gone' : `status.state.${state}`)}`);
  print(table(rows));
  if (account === null) return;
  print(`  ${words.t('status.agents')}`);
  print(agentRows(account.agents, words).replace(/^/gm, '  '));
}

function namesOf(tools: readonly AgentStatus[]): string {
  return tools.map(({ name }) => name).join(', ');
}

/** Without the AI tools: they have rows of their own. */
function channelsIn(channels: readonly string[], words: Words): string {
  const shown = channels
    .filter(name => !agents.some(agent => agent.name === name))
    .map(name => {
      const key = `status.channel.${name}`;
      return words.has(key) ? words.t(key) : name;
    });
  return shown.join(', ') || words.t('status.nothing');
}

function bytesOf({ database, log, index, spool }: JournalSizes, words: Words): Readonly<Record<string, string>> {
  return { database: words.bytes(database + spool), log: words.bytes(log), index: words.bytes(index) };
}
