import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { servePageOnce } from '../../../src/ui/pageServer.ts';

describe('a page served once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holograph-page-'));
  const file = join(folder, 'report.html');
  after(() => rmSync(folder, { recursive: true }));

  it('is given to who knows its path, and to nobody after that', async () => {
    writeFileSync(file, '<p>Отчёт</p>');
    const { scheme, authority, path } = await servePageOnce(file);
    const base = `${scheme}://${authority}`;
    assert.match(authority, /^127\.0\.0\.1:\d+$/);
    assert.equal((await fetch(`${base}/report.html`)).status, 404);
    assert.equal((await fetch(`${base}${path}`, { method: 'POST' })).status, 404);
    const page = await fetch(`${base}${path}`);
    assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8');
    assert.equal(await page.text(), '<p>Отчёт</p>');
    await assert.rejects(fetch(`${base}${path}`));
  });

  it('ends the answer when the file has vanished', async () => {
    const { scheme, authority, path } = await servePageOnce(join(folder, 'gone.html'));
    await assert.rejects(async () => (await fetch(`${scheme}://${authority}${path}`)).text());
  });
});
