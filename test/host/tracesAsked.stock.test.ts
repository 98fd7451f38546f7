import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { tellsPath } from './support/dialogs.ts';
import { driven, keyboard, mouse, page, palette } from './support/driver.ts';
import { openByName, openWindow } from './support/otherWindow.ts';
import { consent, folder, show, write } from './support/scene.ts';
import { linesOf, traceItem } from './support/tracing.ts';
import { until } from './support/until.ts';

/** A window under test shows no questions; one beside it does. */
describe('a trace that a person asks for', () => {
  before(async function () {
    this.timeout(120_000);
    if (!driven) this.skip();
    const file = write('asked.md', 'Before.\n');
    await show(file);
    await consent(file);
    await openWindow();
  });

  it('is written only after the person has read what it holds and chosen text and file', async function () {
    this.timeout(120_000);
    const file = join(folder().uri.fsPath, '..', `asked-${process.pid}.jsonl`);
    await openByName('asked.md');
    await palette.run('Holograph: Record a Trace for a Bug Report…');
    await page.waitFor('.monaco-dialog-box');
    const [question = ''] = await page.text('.monaco-dialog-box');
    for (const word of ['nothing is sent', 'names of files', 'Frequent short words can be guessed'])
      assert.ok(question.includes(word), question);
    await page.screenshot('trace-question');
    await mouse.click('.monaco-dialog-box .monaco-button:has-text("Scrambled Text")');
    await tellsPath(file);
    await page.waitFor(traceItem);
    await page.screenshot('trace-running');
    await mouse.click('.monaco-editor .view-lines');
    await keyboard.press('Control+End');
    await keyboard.type('After.');
    await until('the keys in the trace', () => existsSync(file) && linesOf(file).length > 8);
    await mouse.click(traceItem);
    await page.waitFor(traceItem, { state: 'detached' });
    const [head, ...events] = linesOf(file);
    assert.equal(head.scrambled, true);
    assert.ok(events.some(({ kind }) => kind === 'changed'));
    assert.ok(!JSON.stringify(events).includes('Before'));
  });
});
