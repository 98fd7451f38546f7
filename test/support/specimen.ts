import { hash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { SEGMENT } from '../../src/journal/chain.ts';
import { JournalDatabase } from '../../src/journal/database.ts';
import { sha256 } from '../../src/journal/digest.ts';
import type { EventBody, JournalEvent } from '../../src/journal/event.ts';
import { ExhibitBytes } from '../../src/journal/exhibitBytes.ts';
import { Journal } from '../../src/journal/journal.ts';
import { keyBody } from '../../src/journal/keyEvent.ts';
import type { Signer } from '../../src/journal/keys.ts';
import { redact } from '../../src/journal/redaction.ts';
import type { Origin } from '../../src/provenance/origin.ts';
import { signerFrom, utf8 } from './journalByHand.ts';
import type { Seeded } from './seeded.ts';
import { Story, typed } from './story.ts';

/** A journal's file as the product writes it, with what an outsider may hold of it. */
export interface Specimen {
  readonly file: string;
  readonly shape: Shape;
  readonly size: number;
  /** The author's first key; the later ones are countersigned by it. Absent where nothing was signed. */
  readonly key?: string;
  /** The newest checkpoint. */
  readonly since?: { readonly size: number; readonly note: string };
  /** All of the author's keys, oldest first. */
  readonly signers: readonly Signer[];
}

export const shapes = ['young', 'rotated', 'unsigned', 'keyless', 'redacted', 'framed', 'sealed'] as const;
export type Shape = (typeof shapes)[number];

const machine: readonly Origin[] = [
  { kind: 'ai.completion', basis: 'asserted', rule: 'mark.commit' },
  { kind: 'ai.agent', basis: 'reported', rule: 'agent.texts', prompt: 'claude-code:c:1' },
  { kind: 'pasted.external', basis: 'asserted', rule: 'paste.outside' },
  { kind: 'unknown', basis: 'none', rule: 'none' },
];
const words = [
  'Жел ',
  'соқты.\n',
  'steppe ',
  'x',
  'ветер ',
  '😀',
  '\n',
  'a  b',
  '\ud800',
  ' ',
  'The fog hung over it.\n',
];

/** The same journal for the same seed and place. */
export function specimen(folder: string, shape: Shape, random: Seeded): Specimen {
  mkdirSync(folder, { recursive: true });
  const name = `j${random.below(2 ** 31)}`;
  const author = signerFrom(`author of ${name}`);
  const next = signerFrom(`next of ${name}`, 'vscode');
  const story = new Story(name, '2026-11-12T04:10:00Z', 'Дала');
  const signed: { size: number; note: string }[] = [];
  const sign = (by: Signer) => {
    story.checkpoint(by);
    signed.push({ size: story.events.length, note: story.source().checkpoints.at(-1)! });
  };
  story.session();
  if (shape !== 'keyless') story.key(author);
  story.prompt('claude-code:c:1', 'letters, please', 'vendor/model');
  story.baseline('a.md', 'begin here.\n');
  story.baseline('b.ts', '');
  const count = shape === 'sealed' ? SEGMENT + random.below(700) : shape === 'framed' ? 900 : 8 + random.below(60);
  romp(story, count, random);
  if (shape !== 'keyless') sign(author);
  if (shape === 'rotated' || shape === 'redacted' || shape === 'sealed') {
    story.add(keyBody(name, next, author));
    attach(story);
    sessionAfter(story, random);
    romp(story, 5 + random.below(30), random);
    sign(next);
  }
  if (shape !== 'young') romp(story, 3 + random.below(20), random);
  if (shape === 'framed' || shape === 'sealed') sign(shape === 'sealed' ? next : author);
  const file = join(folder, `${name}.sqlite`);
  write(file, story, random, signed);
  keepExhibits(file, story);
  const size = story.events.length + (shape === 'redacted' ? takenOut(file) : 0);
  const signers = shape === 'keyless' ? [] : signed.length > 1 && shape !== 'framed' ? [author, next] : [author];
  const since = signed.at(-1);
  const held = since === undefined ? {} : { key: author.fingerprint, since };
  return { file, shape, size, signers, ...held };
}

/** A letter beside the texts. */
function attach(story: Story): void {
  const bytes = letterOf(story);
  const fileDigest = hash('sha256', bytes, 'hex');
  const what = { what: 'letter', fileDigest, size: bytes.length, by: 'person' } as const;
  story.add({ kind: 'exhibit', ...what }, ['The plan was mine.', 'letter.txt']);
}

function letterOf(story: Story): Uint8Array {
  return Buffer.from(`${story.id}: dear editor, the fog is mine. `.repeat(20));
}

function keepExhibits(file: string, story: Story): void {
  if (!story.events.some(({ kind }) => kind === 'exhibit')) return;
  const database = JournalDatabase.open(file);
  database.transaction(() => new ExhibitBytes(database).put(letterOf(story)));
  database.close();
}

/** Two files are written, saved, closed, changed from outside and opened again. */
function romp(story: Story, count: number, random: Seeded): void {
  for (const path of ['a.md', 'b.ts']) if (story.page(path).tracker === 0) story.open(path);
  for (let i = 0; i < count; i++) {
    const path = random.below(3) > 0 ? 'a.md' : 'b.ts';
    const { text } = story.page(path);
    const [a, b] = [random.below(text.length + 1), random.below(text.length + 1)];
    const from = text.length > 400 ? Math.max(0, text.length - 60) : Math.min(a, b);
    const insert = words[random.below(words.length)]!;
    const origin = random.below(3) > 0 ? typed : machine[random.below(machine.length)]!;
    const act = random.below(40);
    if (act === 0) story.save(path);
    else if (act === 1) story.prompt(`claude-code:c:${story.events.length}`, 'Make it rhyme.\nSoon.');
    else if (act === 2) {
      story.save(path);
      story.close(path);
      story.outside(path, `${text.slice(0, from)}${insert}${text.slice(from)}`);
      story.open(path);
    } else if (act === 3) story.add({ kind: 'renamed', document: story.page(path).document, from: path, path });
    else if (act < 8 && text.length > from + 1) story.put(path, from, from + 1, insert, origin);
    else story.put(path, from, from, insert, origin);
  }
  for (const path of ['a.md', 'b.ts']) story.save(path);
}

/** The next session, after one that ended or that crashed; what a crash left unsaved is brought back. */
function sessionAfter(story: Story, random: Seeded): void {
  const crashed = random.below(2) === 0;
  if (crashed) story.put('a.md', 0, 0, 'unsaved ', typed);
  story.add(crashed ? { kind: 'gap', reason: 'crash', crashed: 1 } : { kind: 'sessionEnd' });
  for (const path of ['a.md', 'b.ts']) story.page(path).tracker = 0;
  story.session();
  if (!crashed) return;
  const page = story.page('a.md');
  const tracker = page.document;
  page.tracker = tracker;
  page.version = 0;
  story.add({ kind: 'opened', document: page.document, tracker, path: 'a.md', format: utf8, restores: true });
}

/** By the product's own writer, in commits of any size; the secrets are set, so that a seed gives the same bytes. */
function write(file: string, story: Story, random: Seeded, signed: readonly { size: number; note: string }[]): void {
  const journal = new Journal(JournalDatabase.create(file, '/home/someone/Дала'));
  const { connection } = journal.database;
  connection.pragma('synchronous = OFF');
  const setSecret = connection.prepare('UPDATE secret SET bytes = ? WHERE segment = ?');
  for (let at = 0; at < story.events.length; ) {
    const some = story.events.slice(at, at + 1 + random.below(at % 3 === 0 ? 300 : 20));
    journal.append(turn => {
      for (const event of some) turn.push(event.session, event, bodyOf(event), event.texts);
    });
    const segment = Math.ceil(at / SEGMENT);
    at += some.length;
    // Drawn with the segment's first event, used when it is full.
    if (segment * SEGMENT < at) setSecret.run(sha256(`secret ${segment} of ${story.id}`), segment);
  }
  for (const { size, note } of signed) journal.keepCheckpoint(size, note);
  if (story.events.length > 500) journal.keepFrame(0);
  journal.close();
  const database = new Database(file);
  database.pragma('journal_mode = DELETE');
  database.close();
}

/** Words go out, by a redaction that stands in the unsigned end; gives how many events that took. */
function takenOut(file: string): number {
  const database = JournalDatabase.open(file);
  const targets = ['соқты', 'steppe', 'begin'].map(text => ({ kind: 'text', text }) as const);
  const { event } = redact(database, { targets, reason: 'a name', by: 'person', software: 'test' });
  database.connection.pragma('journal_mode = DELETE');
  database.close();
  return event === undefined ? 0 : 3;
}

function bodyOf(event: JournalEvent): EventBody {
  const { sequence, time, monotonic, zone, session, texts, ...body } = event;
  return body as EventBody;
}
