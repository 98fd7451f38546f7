import assert from 'node:assert/strict';
import type { BackupDocument } from '../../../src/cli/backup.ts';
import type { ExportDocument } from '../../../src/cli/export.ts';
import type { RedactionDocument } from '../../../src/cli/redact.ts';
import type { StatusDocument } from '../../../src/cli/status.ts';
import { Catalogue } from '../../../src/journal/catalogue.ts';
import { placesOf } from '../../support/everyByte.ts';
import { Recorded } from './recorded.ts';

describe('a folder whose consent was taken back', () => {
  let novel: Recorded;
  let journal: string;
  before(async () => {
    novel = await Recorded.novel();
    journal = (await novel.json<StatusDocument>('status')).journals[0]!.journal;
    const catalogue = Catalogue.open(novel.home);
    catalogue.revoke(novel.folder, 'person', 'test');
    catalogue.close();
  });
  after(() => novel.remove());

  it('is not told to be recorded', async () => {
    assert.deepEqual((await novel.json<StatusDocument>('status')).journals, []);
    assert.match((await novel.run('status', 'ch1.md')).err, /lies in no recorded folder/);
  });
  it('can be reported, exported and backed up', async () => {
    assert.equal((await novel.run('report')).code, 0);
    assert.equal((await novel.json<ExportDocument>('export', '--out', 'x.zip')).journal, journal);
    assert.equal((await novel.json<BackupDocument>('backup', 'saved')).journal, journal);
  });
  it('can be freed of words', async () => {
    const found = await novel.json<RedactionDocument>('redact', '--text', 'typed', '--yes');
    assert.ok(found.words > 0 && found.finished);
    assert.deepEqual(placesOf('typed line', novel.home), []);
  });
  it('is still not recorded after all this', async () =>
    assert.deepEqual((await novel.json<StatusDocument>('status')).journals, []));
});
