import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyJournal } from '../../../src/evidence/verifyJournal.ts';
import type { EventBody, JournalEvent } from '../../../src/journal/event.ts';
import { eventWords } from '../../../src/journal/eventWords.ts';
import { Journal } from '../../../src/journal/journal.ts';
import { Misfit } from '../../../src/journal/replay.ts';
import { eventsOf, readTables, rechained, type Tables, writeTables } from '../../support/journalTables.ts';
import { missingForPython, PythonVerifier } from '../../support/pythonVerifier.ts';
import { Seeded } from '../../support/seeded.ts';
import { specimen } from '../../support/specimen.ts';

const page = readFileSync(new URL('../../../src/journal/README.md', import.meta.url), 'utf8');
const python = readFileSync(new URL('../../support/verify.py', import.meta.url), 'utf8');

/** As JSON has it, without its quotes. */
const written = (word: unknown) => JSON.stringify(word).replace(/^"|"$/gu, '');
/** `of member words`, a line for each member of each that has it. */
const ours = Object.entries(eventWords).flatMap(([of, lists]) =>
  Object.entries(lists).map(([member, { words, optional }]) =>
    [of, `${member}${optional ? '?' : ''}`, ...[...words].map(written)].join(' '),
  ),
);
const eachOf = ([of, ...rest]: readonly string[]) => of!.split(',').map(one => [one.trim(), ...rest].join(' '));

describe('words of closed lists', () => {
  it('are the page’s', () => {
    const table = page.slice(page.indexOf('| of | member |'), page.indexOf('## 2.'));
    const rows = [...table.matchAll(/^\| ([\w, ]+?)(?: \([^)]*\))? \| (\w+\??) \| (.*) \|$/gmu)].slice(1);
    assert.deepEqual(rows.flatMap(([, ...cells]) => eachOf(cells)).sort(), [...ours].sort());
  });

  it('are the verifier’s in Python', () => {
    const list = /^WORDS = .* '(?<rows>[^']*)'\.split\(';'\)/mu.exec(python)?.groups?.rows ?? '';
    assert.deepEqual(
      list
        .replaceAll('\\\\', '\\')
        .split(';')
        .flatMap(row => eachOf(row.split(' ')))
        .sort(),
      [...ours].sort(),
    );
  });
});

const person = { by: 'person' } as const;
const digits = { exportId: '0'.repeat(16), archiveDigest: '0'.repeat(64), size: 1 };
const exported = { ...digits, profile: 'us', language: 'kk' } as const;
const source = 'compositeSynthetic';
const labelled = { level: 'parts', source, reviewed: true, wording: 'kz', language: 'kk' } as const;
const origin = { kind: 'unknown', basis: 'none', rule: 'none' } as const;
const agent = { agent: 'claude-code', conversation: 'c' };
/** One of each kind that says a word of a list; a journal takes them in this order. */
const more: readonly (readonly [EventBody, (readonly string[])?])[] = [
  [{ kind: 'consent', granted: true, ...person }],
  [{ kind: 'paused', ...person }],
  [{ kind: 'resumed', ...person }],
  [{ kind: 'attached', folder: 'f', ...person }],
  [{ kind: 'redaction', events: [], ranges: [], ...person }, ['why']],
  [{ kind: 'skipped', path: 'x', reason: 'large' }],
  [{ kind: 'gap', reason: 'sleep' }],
  [{ kind: 'prompt', id: 'p', asked: 0, by: 'record', ...agent }, ['Write.']],
  [{ kind: 'promptNote', prompt: 'p', protect: true }, ['']],
  [{ kind: 'exhibit', what: 'letter', fileDigest: '00', size: 1, ...person }, ['what it shows', 'a.pdf']],
  [{ kind: 'exhibitRemoved', exhibit: 0, purged: true, ...person }],
  [{ kind: 'milestone', ...person }, ['half']],
  [{ kind: 'review', files: [{ document: 0, saved: 1 }], approved: true, ...person }, ['A. Reader', '', '', '']],
  [{ kind: 'restriction', form: 'header', act: 'set', fileDigest: '00', created: true, ...person }, ['a.md', 'No.']],
  [{ kind: 'notice', act: 'drawn', ...person }, ['Host', '', 'https://a.example/', 'Remove it.', '', '']],
  [{ kind: 'notice', act: 'sent', notice: 2, channel: 'post', ...person }, ['Host', '']],
  [{ kind: 'label', act: 'written', document: 0, saved: 1, form: 'markdown', ...labelled, ...person }, ['AI.', '{}']],
  [{ kind: 'exported', ...exported, ...person }],
  [{ kind: 'notice', act: 'answered', notice: 2, outcome: 'refused', ...person }, ['Host', '']],
  [{ kind: 'answer', id: 'w', answered: 0, reconstructed: true, ...agent }, ['Written.']],
  [{ kind: 'agentEdit', id: 'e', made: 0, path: 'a.md', gives: 'none', ...agent }, []],
  [{ kind: 'decision', edit: 'e', agent: 'claude-code', decided: 0, outcome: 'undone', reconstructed: true }],
  [{ kind: 'resolution', ranges: [], origin }],
];
const seen = {
  by: 'editor',
  reason: 'undo',
  selection: 'keyboard',
  removes: 'caret',
  saving: 'manual',
  transfer: { how: 'paste', from: 'outside' },
};

/** The places of an event at which a word of a list stands, by what has it. */
function placesIn(event: JournalEvent): [of: string, value: object][] {
  const own: [string, object][] = event.kind in eventWords ? [[event.kind, event]] : [];
  if (event.kind === 'baseline' || event.kind === 'opened' || event.kind === 'saved')
    own.push(['format', event.format]);
  if (event.kind === 'baseline') return [...own, ['origin', event.finding]];
  if (event.kind === 'resolution') return [...own, ['origin', event.origin]];
  if (event.kind !== 'changed') return own;
  const { findings, actor, observation } = event;
  const { transfer } = observation;
  const origins = [...findings, ...(actor === undefined ? [] : [actor])];
  return [
    ...own,
    ['observation', observation],
    ...(transfer === undefined ? [] : [['transfer', transfer] as [string, object]]),
    ...origins.map((one): [string, object] => ['origin', one]),
  ];
}

describe('a word that no list has', function () {
  this.timeout(120_000);
  let home: string;
  let file: string;
  let tables: Tables;
  let events: readonly JournalEvent[];

  before(() => {
    home = mkdtempSync(join(tmpdir(), 'holograph-words-'));
    ({ file } = specimen(home, 'unsigned', new Seeded(7)));
    const journal = Journal.open(file);
    journal.append(turn => {
      for (const [body, texts] of more) turn.push(1, { time: 1, monotonic: 1, zone: 0 }, body, texts);
    });
    journal.close();
    tables = readTables(file);
    const own = eventsOf(tables);
    // Plain ones, and one that no pack holds in columns.
    const last = own.findLastIndex(({ kind }) => kind === 'changed');
    events = own.map((event, i) =>
      i === last ? ({ ...event, observation: seen, more: 1 } as unknown as JournalEvent) : event,
    );
  });
  after(() => rmSync(home, { recursive: true, force: true }));

  /** Each list with each event that says a word of it, but of events of one kind the last few: `typd` in its place. */
  function* harmed(): Generator<{
    readonly what: string;
    readonly at: number;
    readonly events: readonly JournalEvent[];
  }> {
    const told = new Map<string, number>();
    for (const [at, event] of [...events.entries()].reverse()) {
      for (const [rank, [of]] of placesIn(event).entries()) {
        for (const member of Object.keys(eventWords[of as keyof typeof eventWords])) {
          const what = `${of}.${member} of ${event.kind}`;
          told.set(what, (told.get(what) ?? 0) + 1);
          if (told.get(what)! > 3) continue;
          const other = structuredClone(event);
          Object.assign(placesIn(other)[rank]![1], { [member]: 'typd' });
          yield { what, at, events: events.map((one, i) => (i === at ? other : one)) };
        }
      }
    }
  }

  it('is no word of a good journal', () => {
    writeTables(file, rechained(tables, events));
    assert.deepEqual(verifyJournal(file).wrong, []);
  });

  it('is named by both verifiers, wherever it stands', async () => {
    const missing = missingForPython();
    if (missing !== undefined) console.log(`    without the verifier in Python: ${missing}`);
    const verifier = missing === undefined ? new PythonVerifier() : undefined;
    const named = new Set<string>();
    try {
      for (const { what, at, events: some } of harmed()) {
        writeTables(file, rechained(tables, some));
        const [wrong] = verifyJournal(file).wrong;
        assert.match(
          wrong?.detail ?? '',
          new RegExp(`^event ${at}: event: .*no \\w+ that there is: "typd"`, 'u'),
          what,
        );
        const other = await verifier?.verify(file, {});
        assert.deepEqual(other?.wrong.map(one => [one.what, one.sequence]) ?? [['event', at]], [['event', at]], what);
        named.add(what.replace(/ of .*/u, ''));
      }
    } finally {
      verifier?.close();
    }
    const all = Object.entries(eventWords).flatMap(([of, lists]) => Object.keys(lists).map(name => `${of}.${name}`));
    assert.deepEqual([...named].sort(), all.sort());
  });

  it('is not taken into a journal', () => {
    writeTables(file, rechained(tables, events));
    const journal = Journal.open(file);
    try {
      const size = journal.replay.size;
      const body = { kind: 'resolution', ranges: [], origin: { ...origin, kind: 'typd' } } as unknown as EventBody;
      assert.throws(() => journal.append(turn => turn.push(1, { time: 1, monotonic: 1, zone: 0 }, body)), Misfit);
      assert.equal(journal.replay.size, size);
    } finally {
      journal.close();
    }
  });
});
