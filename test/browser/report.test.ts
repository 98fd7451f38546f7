import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { reportHtml } from '../../src/evidence/html.ts';
import { makeReport, type Report } from '../../src/evidence/report.ts';
import { launchBrowser } from '../rig/chromium.ts';
import { pictures, root } from '../rig/paths.ts';
import { cleanUp, temporaryFolder } from '../rig/processes.ts';
import { longStory } from '../support/longStory.ts';
import { sampleStory, sampleWork } from '../support/sampleStory.ts';

const languages = ['en', 'ru', 'kk'] as const;
const sample = makeReport([sampleStory().source()], { work: sampleWork });

/** The report as a clerk opens it: a file, by double click. */
describe('report in a browser', function () {
  this.timeout(60_000);
  let browser: Browser;
  let folder: string;

  before(async () => {
    browser = await launchBrowser();
    folder = temporaryFolder('report');
    mkdirSync(pictures, { recursive: true });
  });

  after(async () => {
    await browser?.close();
    await cleanUp();
  });

  /** Opens the page and fails the test at any complaint of the browser's or any request beyond the file. */
  async function open(
    report: Report,
    language: (typeof languages)[number],
    how: Parameters<Browser['newContext']>[0] = {},
  ) {
    const file = join(folder, `report-${language}.html`);
    writeFileSync(file, reportHtml(report, { language }));
    const context: BrowserContext = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...how });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', message => complaints.push(message.text()));
    page.on('pageerror', error => complaints.push(String(error)));
    page.on('request', request => {
      if (request.url() !== pathToFileURL(file).href) complaints.push(`asked for ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href);
    return { page, context, complaints };
  }

  for (const language of languages) {
    it(`is shown whole, without complaint, and nothing is wider than the page (${language})`, async () => {
      const { page, context, complaints } = await open(sample, language);
      assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
      await page.screenshot({ path: join(pictures, `report-${language}.png`) });
      await page.evaluate(`document.querySelector('.part-texts').scrollIntoView()`);
      await page.screenshot({ path: join(pictures, `report-text-${language}.png`) });
      assert.deepEqual(complaints, []);
      await context.close();
    });

    it(`fits A4 in print, its first page one page (${language})`, async () => {
      const { page, context } = await open(sample, language);
      await page.emulateMedia({ media: 'print' });
      // 210 mm less the margins of 30 and 16 mm; 297 mm less 18 and 20 mm; at 96 dots an inch.
      await page.setViewportSize({ width: 620, height: 979 });
      const [widest, cover] = await page.evaluate<[number, number]>(`[
        Math.max(...[...document.querySelectorAll('main *')].map(element => element.getBoundingClientRect().right)),
        document.querySelector('.cover').getBoundingClientRect().height,
      ]`);
      assert.ok(widest <= 621, `something ends at ${widest} of 620`);
      assert.ok(cover <= 979, `the cover is ${cover} high`);
      const pdf = await page.pdf({
        path: join(pictures, `report-${language}.pdf`),
        preferCSSPageSize: true,
        printBackground: true,
      });
      assert.match(pdf.toString('latin1'), /\/MediaBox \[0 0 59[45]\.\d+ 84[12]\.\d+\]/);
      await context.close();
    });
  }

  it('reads in full without script', async () => {
    const { page, context } = await open(sample, 'en', { javaScriptEnabled: false });
    const shown = await page.locator('body').textContent();
    for (const { text } of sample.prompts) assert.ok(shown!.includes(text));
    assert.ok(shown!.includes('Асан сел рядом'));
    await context.close();
  });

  it('in the dark', async () => {
    const { page, context, complaints } = await open(sample, 'en', { colorScheme: 'dark' });
    const colours = await page.evaluate<string[]>(
      '[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]',
    );
    const [ground, ink] = colours.map(colour => Number(/\d+/.exec(colour)![0]));
    assert.ok(ground! < 60 && ink! > 200);
    await page.evaluate(`document.querySelector('.part-texts').scrollIntoView()`);
    await page.screenshot({ path: join(pictures, 'report-dark.png') });
    assert.deepEqual(complaints, []);
    await context.close();
  });

  it('leads by the keyboard from a prompt to its text and back', async () => {
    const { page, context } = await open(sample, 'en');
    await page.locator('#p1 a[href="#p1r1"]').focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(`document.querySelector(':target').textContent.startsWith('⟦A1')`), true);
    await page.locator(':target > a').focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(`document.querySelector(':target').id`), 'p1');
    await context.close();
  });

  it('leads by the keyboard from a prompt to the one that it says again and back, and to where it was written', async () => {
    const { page, context } = await open(sample, 'en');
    const follow = async (from: string, to: string) => {
      await page.locator(`${from} li a[href="${to}"]`).focus();
      await page.keyboard.press('Enter');
      assert.equal(await page.evaluate(`document.querySelector(':target').id`), to.slice(1));
    };
    await follow('#p3', '#p2');
    await follow('#p2', '#p3');
    const written = `#f${sample.files.findIndex(({ path }) => path === 'план.md') + 1}`;
    await follow('#p3', written);
    await page.evaluate(`document.querySelector('#p3').scrollIntoView()`);
    await page.screenshot({ path: join(pictures, 'report-prompts.png') });
    await context.close();
  });

  it('stresses one hand, steps through its runs, and hides the brackets', async () => {
    const { page, context } = await open(sample, 'en');
    await page.getByLabel('Stress').selectOption({ label: 'Outside' });
    const line = (name: string) =>
      page.evaluate(`getComputedStyle(document.querySelector('.text .${name}')).textDecorationLine`);
    assert.deepEqual([await line('ou'), await line('ma')], ['underline', 'none']);
    await page.getByRole('button', { name: 'Next' }).click();
    assert.match(await page.evaluate<string>('String(getSelection())'), /^⟦O export const one/);
    await page.getByRole('checkbox', { name: 'Marks' }).uncheck();
    assert.equal(await page.locator('.text .ou i').first().isVisible(), false);
    await context.close();
  });

  it('writes itself again, by keyboard and by play, and ends as the text stands', async () => {
    const { page, context, complaints } = await open(sample, 'en');
    await page.locator('#replay input').focus();
    await page.keyboard.press('Home');
    const shown = () => page.locator('.replay-page').textContent();
    assert.match((await shown())!, /^# План/);
    await page.screenshot({ path: join(pictures, 'report-replay.png') });
    await page.locator('#replay select').selectOption('8');
    await page.getByRole('button', { name: 'Play' }).click();
    const last = `${sample.replay.frames.length} / ${sample.replay.frames.length}`;
    await page.locator('#replay p.small', { hasText: last }).waitFor();
    await page.locator('#replay p[role=status]', { hasText: last }).waitFor({ state: 'attached' });
    assert.equal(await shown(), sample.files.find(({ path }) => path === sample.replay.frames.at(-1)!.file)!.text);
    assert.deepEqual(complaints, []);
    await context.close();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`axe finds nothing wrong (${colorScheme})`, async () => {
      const { page, context } = await open(sample, 'kk', { colorScheme, bypassCSP: true });
      await page.evaluate(readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8'));
      const found = await page.evaluate<string[]>(
        `axe.run().then(({ violations }) => violations.map(({ impact, id, nodes }) => impact + ' ' + id + ': ' + nodes[0].html))`,
      );
      assert.deepEqual(found, []);
      await context.close();
    });
  }

  it('copies with its marks', async () => {
    const { page, context } = await open(sample, 'en');
    const copied = await page.evaluate<string>(
      `getSelection().selectAllChildren(document.querySelectorAll('.text')[1]); String(getSelection())`,
    );
    assert.match(copied, /⟦A1 До колодца было⟧ полдня ⟦A1 пути/);
    assert.match(copied, /^# Глава первая\n\n⟦O «Степь/);
    await context.close();
  });

  it('scrolls through 20,000 lines, laying out only what is near', async () => {
    const report = makeReport([longStory(20_000).source()]);
    const begin = performance.now();
    const { page, context, complaints } = await open(report, 'en');
    const loaded = performance.now() - begin;
    assert.equal(await page.locator('.l').count(), report.files[0]!.lines);
    const { elements, frames, paint } = await scroll(page);
    console.log(
      `      ${report.files[0]!.lines} lines: opened in ${loaded.toFixed(0)} ms, first paint ${paint.toFixed(0)} ms, ${elements} elements; ` +
        `60 leaps, frame ${frames.middle.toFixed(0)} ms in the middle, ${frames.longest.toFixed(0)} ms at most`,
    );
    assert.ok(elements < 8 * report.files[0]!.lines, 'an element a run or line, not a character');
    assert.equal(await page.evaluate(`getComputedStyle(document.querySelector('.b')).contentVisibility`), 'auto');
    assert.deepEqual(complaints, []);
    await context.close();
  });
});

interface Scrolled {
  readonly elements: number;
  readonly frames: { readonly middle: number; readonly longest: number };
  readonly paint: number;
}

/** Leaps through the page frame by frame; times in milliseconds. */
function scroll(page: Page): Promise<Scrolled> {
  return page.evaluate<Scrolled>(`(async () => {
    const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
    const times = [];
    const step = document.documentElement.scrollHeight / 60;
    let last = await frame();
    for (let i = 1; i <= 60; i++) {
      scrollTo(0, i * step);
      const now = await frame();
      times.push(now - last);
      last = now;
    }
    times.sort((a, b) => a - b);
    const paint = performance.getEntriesByName('first-contentful-paint')[0].startTime;
    return { elements: document.querySelectorAll('*').length, frames: { middle: times[30], longest: times.at(-1) }, paint };
  })()`);
}
