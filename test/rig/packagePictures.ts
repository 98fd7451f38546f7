import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { reportHtml } from '../../src/evidence/html.ts';
import { makeReport } from '../../src/evidence/report.ts';
import { unzip } from '../../src/evidence/unzip.ts';
import { sampleStory, sampleWork } from '../support/sampleStory.ts';
import { launchBrowser } from './chromium.ts';
import { root } from './paths.ts';
import { run, temporaryFolder } from './processes.ts';
import { Failure } from './progress.ts';

const width = 960;
/** Dots an inch of what stands on paper. */
const paperDensity = 64;

/**
 * Draws a package as people see it, into `target`: the cover, a marked page, the replay and verify.html on screen, two
 * printed pages side by side, and the time line of a record of three days. Gives the pictures' names. `archive`: a package
 * of the sample work.
 */
export async function packagePictures(archive: string, target: string): Promise<readonly string[]> {
  const folder = temporaryFolder('pictures');
  const { members } = unzip(readFileSync(archive));
  const unpacked = (name: string) => {
    const bytes = members.get(name);
    if (bytes === undefined) throw new Failure(`${archive} has no ${name}`, 'Run: npm run test:browser -- session');
    const file = join(folder, name.replaceAll('/', '-'));
    writeFileSync(file, bytes);
    return file;
  };
  mkdirSync(target, { recursive: true });
  const browser = await launchBrowser();
  try {
    const drawn: string[] = [];
    const keep = async (name: string, take: (path: string) => Promise<unknown>) => {
      await take(join(target, `${name}.png`));
      drawn.push(join(target, `${name}.png`));
    };
    const report = await opened(browser, unpacked('data/report/report.html'));
    await keep('report', path => clipped(report, path, '.cover', 1090));
    await report.locator('#replay input').focus();
    // It begins to draw, at its last state, when it comes in sight.
    await report.locator('.replay-page .now').first().waitFor();
    for (const key of ['Home', ...Array.from({ length: replayed }, () => 'ArrowRight')])
      await report.keyboard.press(key);
    await keep('replay', path => clipped(report, path, '#replay', 640));
    const days = join(folder, 'days.html');
    writeFileSync(days, reportHtml(makeReport([sampleStory().source()], { work: sampleWork }), { language: 'en' }));
    await keep('timeline', async path => clipped(await opened(browser, days), path, '.part-chronology svg', 385));
    const copy = await opened(browser, unpacked('data/report/work-marked.html'));
    await keep('marked', path => clipped(copy, path, '.text', 700));
    const check = await opened(browser, join(root, 'dist/verify.html'));
    await check.setInputFiles('#file', archive);
    await check.click('#check');
    await check.locator('#result').waitFor({ timeout: 120_000 });
    await keep('verify', path => clipped(check, path, 'main', 1000));
    const pages = [
      await page(folder, unpacked('data/report/report.pdf'), 1),
      await page(folder, unpacked('data/report/work-marked.pdf'), markedPage),
    ];
    await keep('paper', path => sideBySide(browser, folder, pages, path));
    return drawn;
  } finally {
    await browser.close();
  }
}

/** How many steps of the replay are shown. */
const replayed = 4;
/** The first page of the deposit copy that has text of the work. */
const markedPage = 2;

async function opened(browser: Browser, file: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, locale: 'en-US', offline: true });
  await page.goto(pathToFileURL(file).href);
  return page;
}

/** From the top of an element on, as wide as the page, at most so high. */
async function clipped(page: Page, path: string, selector: string, height: number): Promise<void> {
  const box = await page.locator(selector).first().boundingBox();
  if (box === null) throw new Failure(`${page.url()} shows no ${selector}`, 'Look at the page.');
  const top = await page.evaluate<number>('scrollY');
  const y = Math.max(0, Math.floor(box.y + top) - 16);
  const whole = await page.evaluate<number>('document.documentElement.scrollHeight');
  const clip = { x: 0, y, width, height: Math.min(height, whole - y) };
  await page.screenshot({ path, fullPage: true, clip, animations: 'disabled' });
}

/** A page of a PDF as a picture in grey, as a printer without colours gives it. */
async function page(folder: string, pdf: string, number: number): Promise<string> {
  const name = join(folder, `${pathToFileURL(pdf).pathname.split('/').at(-1)}-${number}`);
  const chosen = ['-f', String(number), '-l', String(number), '-singlefile'];
  await run('pdftoppm', ['-png', '-gray', '-r', String(paperDensity), ...chosen, pdf, name], { cwd: folder });
  return `${name}.png`;
}

async function sideBySide(browser: Browser, folder: string, pages: readonly string[], path: string): Promise<void> {
  const sheet = join(folder, 'paper.html');
  const images = pages.map(file => `<img src="${pathToFileURL(file).href}" alt="">`).join('');
  const style = 'body{margin:0;padding:12px;display:flex;gap:12px;background:#888}img{min-width:0;flex:1}';
  writeFileSync(sheet, `<!doctype html><style>${style}</style>${images}`);
  const shown = await browser.newPage({ viewport: { width: 1060, height: 750 } });
  await shown.goto(pathToFileURL(sheet).href);
  await shown.screenshot({ path, fullPage: true });
}
