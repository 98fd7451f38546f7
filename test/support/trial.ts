import { isDeepStrictEqual } from 'node:util';
import type { Verification, Vouched } from '../../src/evidence/verification.ts';
import { verificationText } from '../../src/evidence/verificationText.ts';
import { verifyJournal } from '../../src/evidence/verifyJournal.ts';
import { canonicalJson } from '../../src/journal/canonical.ts';
import { JournalError } from '../../src/journal/problem.ts';
import { digestsOf, eventsOf, readTables } from './journalTables.ts';
import type { PythonAnswer } from './pythonVerifier.ts';
import type { Specimen } from './specimen.ts';

/** Events and checkpoints of a file, each as a string, so that two files are compared without asking any verifier. */
export interface Evidence {
  readonly events: readonly string[];
  readonly notes: readonly string[];
  /** Of events: the same where words were taken out of one. */
  readonly digests: readonly string[];
}

/** What the evidence is; undefined where it cannot be read, or has events that are none. */
export function evidenceIn(file: string): Evidence | undefined {
  try {
    const tables = readTables(file);
    const events = eventsOf(tables);
    const notes = tables.checkpoint.map(({ note }) => note);
    return { events: events.map(canonicalJson), notes, digests: digestsOf(tables, events) };
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** The sentence of who holds nothing. */
const unvouched = 'consistent; key not vouched for; later events may have been cut off';

/** What came of one manipulated file. */
export type Verdict =
  | 'named'
  | 'named by key'
  | 'named by checkpoint'
  | 'untouched'
  | 'unsigned end'
  | 'older checkpoint gone';

/** Against the laws of verification; throws an Error that says which does not hold. */
export function tried(of: Specimen, before: Evidence, file: string, python: PythonAnswer): Verdict {
  const held = heldOf(of);
  const after = evidenceIn(file);
  const found = answerOf(file, held);
  const own = found === undefined ? ['journal'] : found.wrong.map(({ what }) => what).filter(what => !isHeld(what));
  const untouched = after !== undefined && isDeepStrictEqual(after, before);
  // One may stumble over a damaged page that holds no evidence, and the other not ask for it.
  const passed = stumbled(found, python) && (untouched || !python.consistent);
  if (!passed) agree(found, own.length === 0, python);
  if (found === undefined || own.length > 0) {
    demand(found?.wrong.every(({ detail = '' }) => detail !== '') !== false, 'says what is wrong');
    if (found !== undefined && after !== undefined)
      demand(isFirst(found, before, after), 'names the first wrong event');
    return 'named';
  }
  demand(after !== undefined, 'is consistent only where it can be read');
  const same = (size: number) => isDeepStrictEqual(after.digests.slice(0, size), before.digests.slice(0, size));
  const keyKnown = of.key !== undefined && !found.wrong.some(({ what }) => what === 'otherKey');
  const anchored = of.since !== undefined && !found.wrong.some(({ what }) => what.startsWith('since'));
  if (anchored) demand(same(of.since.size), 'begins with the checkpoint only where those events are as they were');
  const newest = after.notes.at(-1);
  if (keyKnown) {
    demand(newest !== undefined && before.notes.includes(newest), 'knows only a key that signed');
    demand(same(Number(newest.split('\n')[1])), 'knows the key only where what it signed is as it was');
  }
  if (untouched) return 'untouched';
  const taken = after.events.some((event, i) => event !== before.events[i] && after.digests[i] === before.digests[i]);
  if (taken)
    demand(
      found.notChecked.some(({ why }) => why === 'redacted'),
      'says what was taken out',
    );
  demand(sentence(file, {}) === unvouched, 'says to who holds nothing what is not known');
  if (of.key === undefined) return 'unsigned end';
  if (keyKnown)
    demand(
      /later events may have been cut off/.test(sentence(file, { key: of.key })),
      'says what a key alone does not show',
    );
  if (!anchored) return 'named by checkpoint';
  if (!keyKnown) return 'named by key';
  const signed = Number(newest!.split('\n')[1]);
  if (signed < after.events.length) {
    demand(
      found.notChecked.some(({ why, detail }) => why === 'unsigned' && detail === String(after.events.length - signed)),
      'says how many events nobody signed',
    );
    return 'unsigned end';
  }
  demand(
    same(after.events.length) && after.notes.every(note => before.notes.includes(note)),
    'accepts no other evidence',
  );
  return after.events.length < before.events.length ? 'unsigned end' : 'older checkpoint gone';
}

export function heldOf({ key, since }: Specimen): Vouched {
  return { key, since: since?.note };
}

/** Whether nothing before the place that is named first is changed, and of a checkpoint something is. */
function isFirst({ wrong }: Verification, before: Evidence, after: Evidence): boolean {
  const { detail = '' } = wrong[0] ?? {};
  const [, sequence, what] = /^event (\d+): (\w+)/u.exec(detail) ?? [];
  const changed = [...before.events.keys(), before.events.length].find(i => before.events[i] !== after.events[i]);
  // Another beginning is as good as this one, to who holds nothing.
  if (changed === undefined || changed === 0 || sequence === undefined) return true;
  // A whole chain that is another is told from this one by its end alone.
  if (detail.endsWith('the link in the head')) return true;
  if (what === 'checkpoint') return !detail.includes('another tree') || changed < Number(sequence);
  // What does not fit may be a later event: one that followed from what was changed.
  return what === 'event' || what === 'key' || what === 'redaction' || Number(sequence) <= changed;
}

function stumbled(found: Verification | undefined, python: PythonAnswer): boolean {
  const details = [...(found?.wrong ?? []), ...python.wrong].map(({ detail = '' }) => detail);
  return (
    found?.notChecked.some(({ why }) => why === 'events') !== false ||
    details.some(detail => /malformed|not a database|disk I\/O/u.test(detail))
  );
}

function agree(found: Verification | undefined, consistent: boolean, python: PythonAnswer): void {
  const wrong = python.wrong.filter(({ what }) => what !== 'otherKey' && what !== 'since');
  const both = `${JSON.stringify(found?.wrong)} / ${JSON.stringify(python.wrong)}`;
  demand(consistent === (wrong.length === 0), `is the same to both verifiers: ${both}`);
  if (!consistent) return;
  const heldWrong = (one: 'key' | 'since') =>
    [
      found!.wrong.some(({ what }) => (one === 'key' ? what === 'otherKey' : what.startsWith('since'))),
      python.wrong.some(({ what }) => what === (one === 'key' ? 'otherKey' : 'since')),
    ] as const;
  for (const one of ['key', 'since'] as const)
    demand(heldWrong(one)[0] === heldWrong(one)[1], `has the same ${one} to both: ${both}`);
}

/** undefined: the command ends with 2, a newer program would have to read this. */
function answerOf(file: string, held: Vouched): Verification | undefined {
  try {
    return verifyJournal(file, held);
  } catch (error) {
    if (error instanceof JournalError && error.problem.code === 'newer') return undefined;
    throw error;
  }
}

function sentence(file: string, held: Vouched): string {
  return verificationText(verifyJournal(file, held), 'en')[0]!;
}

function isHeld(what: string): boolean {
  return what === 'otherKey' || what.startsWith('since');
}

function demand(holds: boolean, law: string): asserts holds {
  if (!holds) throw new Error(`verify: ${law}`);
}
