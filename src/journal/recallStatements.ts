import { reachSql } from './recallTables.ts';
import type { Connection, Statement } from './runtime.ts';

const emptied = 'UPDATE state SET up_to = 0, generation = generation + 1';

/** All that is asked of the file, prepared once. `texts`: of passages of documents; `outputs`: of an AI's. */
export function recallStatements(connection: Connection) {
  const of = (sql: string): Statement => connection.prepare(sql);
  const each = (sql: (kind: string) => string) => ({ texts: of(sql('kind < 2')), outputs: of(sql('kind = 2')) });
  const plucked = (sql: (kind: string) => string) => {
    const { texts, outputs } = each(sql);
    return { texts: texts.pluck(), outputs: outputs.pluck() };
  };
  return {
    upTo: of('SELECT up_to FROM state').pluck(),
    generation: of('SELECT generation FROM state').pluck(),
    reach: of(reachSql).pluck(),
    setUpTo: of('UPDATE state SET up_to = max(up_to, ?)'),
    after: each(kind => `SELECT id, length FROM passage WHERE id > ? AND ${kind} ORDER BY id`),
    passage: of('SELECT * FROM passage WHERE id = ?'),
    part: of('SELECT wide, bytes FROM part WHERE passage = ? AND start = ?'),
    again: of('UPDATE passage SET sequence = max(sequence, ?), time = max(time, ?) WHERE digest = ?'),
    first: of('UPDATE passage SET sequence = min(sequence, ?), time = min(time, ?) WHERE digest = ?'),
    others: of('SELECT id FROM passage WHERE document = ? AND kind = 1 AND digest <> ?').pluck(),
    put: of('INSERT INTO passage (kind, document, sequence, time, length, digest, spans) VALUES (?, ?, ?, ?, ?, ?, ?)'),
    putPart: of('INSERT INTO part VALUES (?, ?, ?, ?)'),
    wholes: of('SELECT document, sequence, spans, sum FROM whole WHERE digest = ? ORDER BY sequence DESC'),
    putWhole: of('INSERT OR REPLACE INTO whole VALUES (?, ?, ?, ?, ?)'),
    count: plucked(kind => `SELECT count(*) FROM passage WHERE ${kind}`),
    length: plucked(kind => `SELECT coalesce(sum(length), 0) FROM passage WHERE ${kind}`),
    oldest: plucked(kind => `SELECT id FROM passage WHERE ${kind} ORDER BY kind, sequence LIMIT 64`),
    bytes: of('SELECT coalesce(sum(length(spans)), 0) FROM whole').pluck(),
    cut: of('DELETE FROM passage WHERE id = ?'),
    cutParts: of('DELETE FROM part WHERE passage = ?'),
    cutWholes: of(
      'DELETE FROM whole WHERE (digest, document) IN (SELECT digest, document FROM whole ORDER BY sequence LIMIT 64)',
    ),
    empty: ['DELETE FROM part', 'DELETE FROM passage', 'DELETE FROM whole', emptied].map(of),
  };
}
