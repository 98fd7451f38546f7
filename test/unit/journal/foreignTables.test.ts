import assert from 'node:assert/strict';
import Database from 'better-sqlite3';
import { verifyJournal } from '../../../src/evidence/verifyJournal.ts';
import { missingForPython, verifyOnce } from '../../support/pythonVerifier.ts';
import { Workroom } from '../../support/workroom.ts';

const twoFaced = `
  ALTER TABLE tail RENAME TO shown;
  CREATE TABLE other AS SELECT * FROM shown;
  CREATE VIEW tail AS SELECT * FROM shown WHERE strftime('%s', 'now') % 2 UNION ALL
    SELECT * FROM other WHERE strftime('%s', 'now') % 2 = 0;
  CREATE TRIGGER put INSTEAD OF INSERT ON tail BEGIN SELECT 1; END;
  CREATE TRIGGER change INSTEAD OF UPDATE ON tail BEGIN SELECT 1; END;
  CREATE TRIGGER remove INSTEAD OF DELETE ON tail BEGIN SELECT 1; END;`;

/** Seed 9858 of the manipulations. */
const misnamed = `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET name = 'fOund' WHERE name = 'found'`;

describe('a file that can answer each reader otherwise is no journal', () => {
  let room: Workroom;
  let file: string;
  beforeEach(() => {
    room = new Workroom();
    ({ file } = room.consent());
  });
  afterEach(() => room.clear());

  for (const [name, sql, foreign] of [
    ['a view in the place of a table', twoFaced, 'shown'],
    ['a trigger', 'CREATE TRIGGER later AFTER UPDATE ON head BEGIN DELETE FROM checkpoint; END', 'later'],
    ['an index of someone else', 'CREATE INDEX mine ON tail (count, bytes, first, link)', 'mine'],
    ['a table whose name is written otherwise', misnamed, 'fOund'],
  ] as const) {
    it(name, () => {
      const database = new Database(file);
      database.unsafeMode();
      database.exec(sql);
      database.close();
      const { wrong } = verifyJournal(file);
      assert.deepEqual(
        wrong.map(({ detail }) => detail),
        [`${foreign} is no table of a journal`],
      );
      if (missingForPython() === undefined) assert.equal(verifyOnce(file).consistent, false);
    });
  }
});
