import assert from 'node:assert/strict';
import { Recorded } from './recorded.ts';

const line = (text: string) => `\r\u001b[K${text}`;

describe('what takes long at a terminal', () => {
  let novel: Recorded;
  before(async () => {
    novel = await Recorded.novel();
  });
  after(() => novel.remove());

  it('says what is being done, and takes the line away before it answers', async () => {
    const { code, out, err } = await novel.runAtTerminal('export', '--out', 'package.zip');
    const said = ['Reading the record', 'Measuring', 'Setting pages for print', 'Packing', 'Sealing', ''];
    assert.equal(code, 0);
    assert.ok(err.startsWith(said.map(line).join('')), JSON.stringify(err));
    assert.match(out, /^Evidence package written to /);
    const report = await novel.runAtTerminal('report', '--html', 'report.html');
    assert.equal(report.err, ['Measuring', 'Setting pages for print', ''].map(line).join(''));
  });

  it('takes the line away where it cannot be done', async () => {
    const { code, err } = await novel.runAtTerminal('report', '--html', 'no/such/folder/report.html');
    assert.equal(code, 2);
    assert.ok(err.includes(line('holograph: ')), JSON.stringify(err));
  });

  it('says nothing of it where a program reads the answer', async () => {
    assert.equal((await novel.runAtTerminal('report', '--json')).err, '');
    assert.equal((await novel.run('report', '--html', 'report.html')).err, '');
  });
});
