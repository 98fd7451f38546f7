import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { replayPage } from '../../src/evidence/replayPage.ts';
import { makeReport } from '../../src/evidence/report.ts';
import { launchBrowser } from '../rig/chromium.ts';
import { pictures, root } from '../rig/paths.ts';
import { cleanUp, temporaryFolder } from '../rig/processes.ts';
import { sampleStory, sampleWork } from '../support/sampleStory.ts';

const source = sampleStory().source();
const chapter = makeReport([source], { work: sampleWork, paths: ['глава-1.md'] });
const [file] = chapter.files;
const count = chapter.replay.frames.length;

/** The page that the editor shows, as any browser does. */
describe('replay in a browser', function () {
  this.timeout(60_000);
  let browser: Browser;
  let folder: string;

  before(async () => {
    browser = await launchBrowser();
    folder = temporaryFolder('replay');
    mkdirSync(pictures, { recursive: true });
  });

  after(async () => {
    await browser?.close();
    await cleanUp();
  });

  /** `prepare`: a script that runs in the page before its own. */
  async function open(
    html: string,
    { prepare, ...how }: NonNullable<Parameters<Browser['newContext']>[0]> & { prepare?: string } = {},
  ) {
    const name = join(folder, 'replay.html');
    writeFileSync(name, html);
    const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, ...how });
    const page = await context.newPage();
    if (prepare !== undefined) await page.addInitScript(prepare);
    const complaints: string[] = [];
    page.on('console', message => complaints.push(message.text()));
    page.on('pageerror', error => complaints.push(String(error)));
    page.on('request', request => {
      if (request.url() !== pathToFileURL(name).href) complaints.push(`asked for ${request.url()}`);
    });
    await page.goto(pathToFileURL(name).href);
    const text = () => page.locator('.replay-page').textContent();
    return { page, context, complaints, text };
  }

  for (const language of ['en', 'ru', 'kk'] as const) {
    it(`shows one file as it stands, whole, without a complaint or a request (${language})`, async () => {
      const { page, context, complaints, text } = await open(replayPage(chapter, { language }));
      await page.locator('.replay-page .now').first().waitFor();
      assert.equal(await text(), file!.text);
      assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
      assert.deepEqual(complaints, []);
      await page.screenshot({ path: join(pictures, `replay-page-${language}.png`) });
      await context.close();
    });
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`axe finds nothing wrong (${colorScheme})`, async () => {
      const { page, context } = await open(replayPage(chapter, { language: 'ru' }), { colorScheme, bypassCSP: true });
      await page.locator('.replay-page .now').first().waitFor();
      await page.evaluate(readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8'));
      const found = await page.evaluate<string[]>(
        `axe.run().then(({ violations }) => violations.map(({ impact, id, nodes }) => impact + ' ' + id + ': ' + nodes[0].html))`,
      );
      assert.deepEqual(found, []);
      await context.close();
    });
  }

  it('goes to any state and says what is new there, in its hand’s name', async () => {
    const { page, context } = await open(replayPage(chapter, { language: 'en' }));
    await page.locator('.replay-page .now').first().waitFor();
    const told = page.locator('[role=status]');
    const seen = new Set<string>();
    await page.keyboard.press('Home');
    for (let at = 1; at <= count; at++) {
      await page.locator('#replay > p.small', { hasText: `${at} / ${count}` }).waitFor();
      for (const [, hand] of (await told.textContent())!.matchAll(/(?:New here: |; )([A-Z][^:;]*): /g)) seen.add(hand!);
      await page.keyboard.press('ArrowRight');
    }
    assert.ok(seen.has('Human') && seen.has('Machine (AI)'), [...seen].join());
    await context.close();
  });

  it('moves one state a second at most where motion is to be reduced', async () => {
    const { page, context } = await open(replayPage(chapter, { language: 'en' }), {
      reducedMotion: 'reduce',
      // Every wait that is asked for, in milliseconds.
      prepare:
        'window.waits = []; const wait = setTimeout; window.setTimeout = (run, ms) => (waits.push(ms), wait(run, 0));',
    });
    await page.locator('.replay-bar select').selectOption('8');
    await page.getByRole('button', { name: 'Play' }).click();
    await page.locator('#replay > p.small', { hasText: `${count} / ${count}` }).waitFor();
    const waits = (await page.evaluate<number[]>('waits')).slice(1);
    assert.ok(waits.length >= count - 1 && Math.min(...waits) >= 1000, String(waits));
    await context.close();
  });

  it('says so where there is nothing to play, and where a text is too large', async () => {
    const one = { ...chapter, replay: { frames: chapter.replay.frames.slice(0, 1), leftOut: [] } };
    const none = { ...chapter, replay: { frames: [], leftOut: ['глава-1.md'] } };
    for (const [report, words] of [
      [one, 'there is nothing to play'],
      [none, 'Some states or files are left out'],
    ] as const) {
      const { page, context } = await open(replayPage(report, { language: 'en' }));
      assert.match((await page.locator('main').textContent())!, new RegExp(words));
      assert.equal(await page.locator('.replay-bar').count(), 0);
      await context.close();
    }
  });
});
