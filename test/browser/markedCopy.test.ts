import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { markedCopy } from '../../src/evidence/markedCopy.ts';
import { makeReport } from '../../src/evidence/report.ts';
import { launchBrowser } from '../rig/chromium.ts';
import { pictures } from '../rig/paths.ts';
import { cleanUp, temporaryFolder } from '../rig/processes.ts';
import { seriousFindings } from '../support/axe.ts';
import { sampleStory, sampleWork } from '../support/sampleStory.ts';

const sample = makeReport([sampleStory().source()], { work: sampleWork });

describe('deposit copy in a browser', function () {
  this.timeout(60_000);
  let browser: Browser;

  before(async () => {
    browser = await launchBrowser();
    mkdirSync(pictures, { recursive: true });
  });
  after(async () => {
    await browser?.close();
    await cleanUp();
  });

  for (const language of ['en', 'ru', 'kk'] as const) {
    it(`is shown whole and asks for nothing, fits A4, and bars nobody (${language})`, async () => {
      const file = join(temporaryFolder('copy'), 'work-marked.html');
      writeFileSync(file, markedCopy(sample, { language }));
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      const complaints: string[] = [];
      page.on('console', message => complaints.push(message.text()));
      page.on('pageerror', error => complaints.push(String(error)));
      page.on('request', request => {
        if (request.url() !== pathToFileURL(file).href) complaints.push(`asked for ${request.url()}`);
      });
      await page.goto(pathToFileURL(file).href);
      assert.deepEqual(complaints, []);
      assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
      assert.deepEqual(await seriousFindings(page), []);
      await page.screenshot({ path: join(pictures, `marked-${language}.png`), fullPage: true });
      await page.emulateMedia({ media: 'print' });
      // 210 mm less the margins of 30 and 16 mm, at 96 dots an inch.
      await page.setViewportSize({ width: 620, height: 979 });
      const widest = await page.evaluate<number>(
        'Math.max(...[...document.querySelectorAll("main *")].map(element => element.getBoundingClientRect().right))',
      );
      assert.ok(widest <= 621, `something ends at ${widest} of 620`);
      await page.close();
    });
  }
});
