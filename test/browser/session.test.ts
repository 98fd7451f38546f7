import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../rig/chromium.ts';
import { commandTitle } from '../rig/commandTitle.ts';
import { cleanUp } from '../rig/processes.ts';
import { script } from '../rig/script.ts';
import { openStage, playSession, type Stage, spans } from '../rig/session.ts';
import type { SpansFile } from '../rig/spansFile.ts';
import { kindsOf, textOf, truth } from '../rig/truth.ts';

/** The main job: what `npm start` plays, held against what is true by construction. */
describe('an author’s session', function () {
  this.timeout(180_000);
  let browser: Browser;
  let stage: Stage;
  let recorded: SpansFile;
  const expected = truth();

  before(async () => {
    browser = await launchBrowser();
    stage = await openStage(browser, undefined);
    await playSession(stage);
    recorded = await spans(stage);
  });

  after(async () => {
    await browser?.close();
    await cleanUp();
  });

  it('ends with the text of the script', async () => {
    await stage.calls['keyboard.press']('Control+S');
    await stage.page.locator('.tab.active:not(.dirty)').waitFor();
    assert.equal(readFileSync(join(stage.folder, script.file), 'utf8'), textOf(expected));
    assert.equal(recorded.length, textOf(expected).length);
  });

  it('shows nothing as typed that was not typed', () => {
    const wrong = kindsOf(expected).flatMap((kind, at) => (kind !== 'typed' && kindAt(at) === 'typed' ? [at] : []));
    assert.deepEqual(wrong, []);
  });

  it('shows what was typed as typed', () => {
    const typed = kindsOf(expected).flatMap((kind, at) => (kind === 'typed' ? [kindAt(at)] : []));
    const share = typed.filter(kind => kind === 'typed').length / typed.length;
    assert.ok(
      share >= 0.98,
      `${(100 * share).toFixed(1)} % of the typed characters; the rest is ${[...new Set(typed)]}`,
    );
  });

  for (const kind of ['initial', 'ai.completion', 'ai.agent', 'pasted.external']) {
    it(`shows every character of ${kind} as such`, () => {
      const found = kindsOf(expected).flatMap((one, at) => (one === kind ? [kindAt(at)] : []));
      assert.deepEqual([...new Set(found)], [kind]);
    });
  }

  it('names the prompt that led to the agent’s words', () => {
    const prompts = recorded.spans.filter(span => span.kind === 'ai.agent').map(span => span.prompt);
    assert.ok(prompts.length > 0 && prompts.every(prompt => prompt !== undefined));
  });

  it('shows origins in the editor', async () => {
    await stage.calls['palette.run'](commandTitle('holograph.toggleDecorations'));
    await stage.page.locator('.view-lines [class*="ced-"]').first().waitFor();
    await stage.calls['page.screenshot']('editor');
  });

  function kindAt(at: number): string {
    return recorded.spans.find(span => span.from <= at && at < span.to)?.kind ?? 'none';
  }
});
