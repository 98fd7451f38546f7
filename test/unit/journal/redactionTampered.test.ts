import assert from 'node:assert/strict';
import Database from 'better-sqlite3';
import { emptyRoot } from '../../../src/journal/chain.ts';
import { JournalDatabase } from '../../../src/journal/database.ts';
import { redact } from '../../../src/journal/redaction.ts';
import { decode, encode, runningLink } from '../../../src/journal/segment.ts';
import { RecordedPage } from '../../support/redactable.ts';
import { Workroom } from '../../support/workroom.ts';

describe('a redaction that is tampered with is named by verify', () => {
  let room: Workroom;
  let file: string;
  beforeEach(() => {
    room = new Workroom();
    ({ file } = room.consent());
    RecordedPage.play(file, 'alma ', [{ act: 'letters', at: 999, text: 'örik ' }]);
    const database = JournalDatabase.open(file);
    redact(database, { targets: [{ kind: 'text', text: 'örik' }], reason: '', by: 'person', software: 'test' });
    database.close();
    assert.deepEqual(wrong(), []);
  });
  afterEach(() => room.clear());
  const wrong = () => room.readFile(file, reader => reader.verify().wrong);

  const tampered = (sql: string, ...values: unknown[]) => {
    const database = new Database(file);
    database.prepare(sql).run(...values);
    database.close();
    return wrong().map(({ what }) => what);
  };
  const keptRow = () => {
    const database = new Database(file, { readonly: true });
    try {
      const rows = database.prepare('SELECT sequence, bytes FROM kept').all() as {
        sequence: number;
        bytes: Buffer;
      }[];
      return rows.find(({ bytes }) => bytes[0] === 1)!;
    } finally {
      database.close();
    }
  };

  it('other words for blanks, with all links made anew', () => {
    const database = new Database(file);
    let link = emptyRoot;
    for (const row of database.prepare('SELECT first, bytes FROM tail ORDER BY first').all()) {
      const { first, bytes } = row as { first: number; bytes: Buffer };
      const events = decode(bytes).map(event => {
        return event.texts ? { ...event, texts: event.texts.map(text => text.replaceAll('▮', 'q')) } : event;
      });
      link = runningLink(link, encode(events));
      database.prepare('UPDATE tail SET bytes = ?, link = ? WHERE first = ?').run(encode(events), link, first);
    }
    database.prepare('UPDATE head SET link = ?').run(link);
    database.close();
    assert.deepEqual(
      wrong().map(({ what }) => what),
      ['redaction', 'redaction', 'redaction', 'redaction'],
    );
  });
  it('a salt in place of a leaf, and a leaf in place of a salt', () => {
    const { sequence, bytes } = keptRow();
    bytes[0] = 0;
    assert.deepEqual(tampered('UPDATE kept SET bytes = ? WHERE sequence = ?', bytes, sequence), ['redaction']);
  });
  it('salts too many, and of no event', () => {
    const { sequence, bytes } = keptRow();
    assert.deepEqual(
      tampered('UPDATE kept SET bytes = ? WHERE sequence = ?', Buffer.concat([bytes, bytes]), sequence),
      ['redaction'],
    );
  });
  it('salts of no event', () =>
    assert.deepEqual(tampered('INSERT INTO kept VALUES (?, ?)', 999, Buffer.alloc(33)), ['redaction']));
  it('words that are said to be digests', () => {
    const database = new Database(file);
    let link = emptyRoot;
    for (const row of database.prepare('SELECT first, bytes FROM tail ORDER BY first').all()) {
      const { first, bytes } = row as { first: number; bytes: Buffer };
      const events = decode(bytes).map(event => {
        if (event.kind !== 'redaction') return event;
        return { ...event, events: event.events.map(of => ({ ...of, parts: of.digests, digests: of.parts })) };
      });
      link = runningLink(link, encode(events));
      database.prepare('UPDATE tail SET bytes = ?, link = ? WHERE first = ?').run(encode(events), link, first);
    }
    database.prepare('UPDATE head SET link = ?').run(link);
    database.close();
    assert.ok(wrong().length > 0 && wrong().every(({ what }) => what === 'redaction'));
  });
  it('salts that are gone', () => assert.ok(tampered('DELETE FROM kept').length > 0));
});
