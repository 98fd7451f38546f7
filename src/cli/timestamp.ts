import { resolve } from 'node:path';
import { stamp } from '../evidence/moment.ts';
import { askingFor } from '../evidence/timeStamps/asking.ts';
import type { Trust } from '../evidence/timeStamps/chain.ts';
import { TimeStampFault } from '../evidence/timeStamps/fault.ts';
import { knownServers, serverUrl, withoutQuery } from '../evidence/timeStamps/servers.ts';
import type { TimeStamp } from '../evidence/timeStamps/timeStamp.ts';
import { trustOf } from '../evidence/timeStamps/trust.ts';
import { JournalDatabase } from '../journal/database.ts';
import { toHex } from '../journal/digest.ts';
import { imprintOfNote, TimeStamps } from '../journal/timeStamps.ts';
import { checkpointed, signerFor } from './checkpointed.ts';
import { type Call, type Command, Refusal } from './command.ts';
import { reading, recordedFor, textOf } from './journals.ts';
import { askServer, ServerFault } from './timeStampServer.ts';

/** What `holograph timestamp --json` prints. Form: `media/schema/timestamp.schema.json`. */
export interface TimestampDocument {
  readonly schema: 'holograph.timestamp';
  readonly version: 1;
  readonly journal: string;
  /** Events that the checkpoint covers; null where there is none yet. */
  readonly size: number | null;
  readonly servers: readonly ServerAnswer[];
}

export interface ServerAnswer {
  readonly server: string;
  /**
   * `stamped` now · `had`: it has stamped this checkpoint before · `left`: it is left in peace after failures, or
   * another window asks it · `failed`.
   */
  readonly outcome: 'stamped' | 'had' | 'left' | 'failed';
  /** What the server's clock said, UTC; by whom, and who stands for its root. */
  readonly time?: string;
  readonly authority?: string;
  readonly standing?: TimeStamp['standing'];
  /** SHA-256 of the certificate that its chain ends with. */
  readonly root?: string | null;
  /** How far this machine's clock is ahead of the server's, in seconds, if that is more than a minute. */
  readonly ahead?: number;
  /** Why it failed: a code, and what helps an expert. */
  readonly problem?: string;
  readonly detail?: string;
}

/**
 * Has the newest checkpoint stamped, which covers every one before it: so nothing else waits. Without `--queued` the
 * head is signed first. One server's failure is no other's.
 */
export const timestampCommand: Command = {
  name: 'timestamp',
  usage: '[PATH] [--server URL]… [--queued] [--roots FILE]',
  about: 'help.timestamp',
  options: {
    server: { about: 'help.server', value: 'URL', several: true },
    queued: { about: 'help.queued' },
    roots: { about: 'help.roots', value: 'FILE' },
  },
  async run(call) {
    const { consented } = recordedFor(call);
    const { file } = consented;
    const servers = serversFor(call, file);
    const roots = rootsIn(call);
    if (!call.flag('queued')) checkpointed(file, signerFor(call.io), { passesExports: true });
    const { journal, size, note, had } = reading(file, reader => {
      const newest = reader.checkpoints().at(-1);
      const imprint = newest && toHex(imprintOfNote(newest.note));
      const own = reader.tokens().filter(token => toHex(token.imprint) === imprint);
      return { journal: reader.id, ...newest, had: new Set(own.map(({ server }) => server)) };
    });
    const round = {
      file,
      size,
      note,
      had,
      patient: call.flag('queued'),
      trust: trustOf(roots),
      roots,
      env: call.io.env,
    };
    const answers = await Promise.all(servers.map(server => answerOf(server, round)));
    const head = { schema: 'holograph.timestamp', version: 1, journal, size: size ?? null } as const;
    if (call.json) call.document({ ...head, servers: answers } satisfies TimestampDocument);
    else for (const answer of answers) print(call, answer, size ?? 0);
    return answers.some(({ outcome }) => outcome === 'failed') ? 1 : 0;
  },
};

/** PEM of root certificates that the person trusts beside the well-known ones. Throws Refusal. */
export function rootsIn(call: Call): string | undefined {
  const asked = call.option('roots');
  if (asked === undefined) return undefined;
  const file = resolve(call.io.cwd, asked);
  const pem = textOf(file);
  try {
    trustOf(pem);
    return pem;
  } catch (error) {
    if (error instanceof TimeStampFault) throw new Refusal('error.roots', { file }, error);
    throw error;
  }
}

/**
 * Those that were named, else those that have stamped this journal before, whom the person chose then: without a query
 * that one of them had. Throws Refusal.
 */
function serversFor(call: Call, file: string): readonly string[] {
  const named = serversNamed(call);
  if (named.length > 0) return named;
  const before = reading(file, reader => reader.tokens().map(({ server }) => server));
  if (before.length === 0) throw new Refusal('error.noServer', { names: serverNames });
  return [...new Set(before)];
}

/** Those of `--server`, each once. Throws Refusal `error.server`. */
export function serversNamed(call: Call): readonly string[] {
  const urls = call.values('server').map(given => {
    const url = serverUrl(given);
    if (url === undefined) throw new Refusal('error.server', { server: given, names: serverNames });
    return url;
  });
  return [...new Set(urls)];
}

export const serverNames = knownServers.map(({ name }) => name).join(', ');

interface Round {
  readonly file: string;
  readonly size?: number | undefined;
  readonly note?: string | undefined;
  readonly had: ReadonlySet<string>;
  readonly patient: boolean;
  readonly trust: Trust;
  readonly roots: string | undefined;
  readonly env: Call['io']['env'];
}

/** `url` is asked; what is kept and said of it is without its query. */
async function answerOf(
  url: string,
  { file, size, note, had, patient, trust, roots, env }: Round,
): Promise<ServerAnswer> {
  const server = withoutQuery(url);
  if (note === undefined || size === undefined || had.has(server)) return { server, outcome: 'had' };
  if (!inJournal(file, stamps => stamps.claim(server, Date.now(), patient))) return { server, outcome: 'left' };
  try {
    const asking = askingFor(note, trust, roots);
    const answer = await askServer(url, asking.request, undefined, env);
    const now = Date.now();
    const found = asking.check(answer);
    const { certificates } = found;
    const token = { size, imprint: imprintOfNote(note), server, answer, certificates };
    inJournal(file, stamps => stamps.keep(token, now));
    return { server, outcome: 'stamped', ...said(found, now) };
  } catch (error) {
    if (!(error instanceof ServerFault || error instanceof TimeStampFault)) {
      inJournal(file, stamps => stamps.failed(server, Date.now(), 'internal'));
      throw error;
    }
    const { code, detail } = error;
    inJournal(file, stamps => stamps.failed(server, Date.now(), code));
    return { server, outcome: 'failed', problem: code, ...(detail !== '' && { detail }) };
  }
}

export function said({ time, authority, standing, root }: TimeStamp, now: number) {
  const seconds = Math.round((now - time) / 1000);
  const ahead = Math.abs(seconds) > 60 ? { ahead: seconds } : {};
  return { time: stamp({ time, zone: 0 }), authority, standing, root, ...ahead };
}

/** The journal is open no longer than this takes: a server may take its time. */
function inJournal<T>(file: string, work: (stamps: TimeStamps) => T): T {
  const database = JournalDatabase.open(file);
  try {
    return work(new TimeStamps(database));
  } finally {
    database.close();
  }
}

function print({ words, print: line, note }: Call, answer: ServerAnswer, size: number): void {
  const { server, outcome, time = '', authority = '', standing, root, ahead, problem = '', detail = '' } = answer;
  switch (outcome) {
    case 'stamped':
      line(words.t('timestamp.stamped', { server, time, authority, size }));
      if (standing === 'unknown') note(words.t('timestamp.unknown', { authority, root: root ?? '' }));
      if (standing === 'elsewhere') note(words.t('timestamp.elsewhere', { authority }));
      if (ahead !== undefined) note(words.t('timestamp.ahead', { seconds: ahead }));
      return;
    case 'had':
      line(words.t('timestamp.had', { server }));
      return;
    case 'left':
      line(words.t('timestamp.left', { server }));
      return;
    case 'failed': {
      const key = `timestamp.problem.${problem}`;
      const why = words.has(key) ? words.t(key) : problem;
      note(words.t('timestamp.failed', { server, why, detail: detail.replace(/\p{Cc}+/gu, ' ').slice(0, 300) }).trim());
      return;
    }
  }
}
