import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import type { PageCalls, TestResult } from './driverCalls.ts';
import { pictures } from './paths.ts';

const patience = 15_000;
/** In the page: resolves at its second idle moment from now. */
const idle = 'new Promise(done => requestIdleCallback(() => requestIdleCallback(() => done())))';

/** The driver's calls carried out on a page of VS Code by the browser's own input events. */
export function drive(
  page: Page,
  outside: () => Promise<Page>,
  report: (result: TestResult) => Promise<void>,
): PageCalls {
  const keys = keyboard(page);
  return {
    ...keys,
    'mouse.click': async (selector, { button = 'left', count = 1, position } = {}) => {
      await page
        .locator(selector)
        .first()
        .click({
          button,
          clickCount: count,
          timeout: patience,
          ...(position && { position: { ...position } }),
        });
    },
    'mouse.drag': async (from, to) => {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      // VS Code starts a drag only after some movement.
      await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 8 });
      await page.mouse.move(to.x, to.y, { steps: 8 });
      await page.mouse.up();
    },
    'clipboard.writeExternal': async (text, html) => {
      const other = await outside();
      await other.evaluate(`copy(${JSON.stringify([text, html ?? null])})`);
      await page.bringToFront();
    },
    'clipboard.read': async () => (await outside()).evaluate('navigator.clipboard.readText()'),
    'palette.run': title => runByPalette(page, title),
    'page.waitFor': async (selector, { state = 'visible', timeout = patience } = {}) => {
      await page.locator(selector).first().waitFor({ state, timeout });
    },
    'page.text': selector => page.locator(selector).allInnerTexts(),
    'page.count': selector => page.locator(selector).count(),
    'page.value': selector => page.locator(selector).inputValue(),
    'page.idle': () => page.evaluate(idle),
    'page.box': async selector => (await page.locator(selector).first().boundingBox()) ?? undefined,
    'page.screenshot': async (name, selector) => {
      await mkdir(pictures, { recursive: true });
      const path = join(pictures, `${name.replaceAll(/[^\w.-]+/g, '-')}.png`);
      if (selector === undefined) await page.screenshot({ path });
      else await page.locator(selector).first().screenshot({ path });
    },
    report,
  };
}

/** An extension's commands come into the palette some time after the window stands, so it is opened again till then. */
async function runByPalette(page: Page, title: string): Promise<void> {
  const input = page.locator('.quick-input-widget input[type=text]');
  const row = page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title });
  for (const end = performance.now() + 2 * patience; ; ) {
    await page.keyboard.press('F1');
    await input.waitFor({ timeout: patience });
    await input.fill(`>${title}`);
    const found = await row.waitFor({ timeout: 2_000 }).then(
      () => true,
      () => false,
    );
    if (found) break;
    await page.keyboard.press('Escape');
    if (performance.now() > end) throw new Error(`The palette has no command "${title}"`);
  }
  await page.keyboard.press('Enter');
}

function keyboard(page: Page): Pick<PageCalls, `keyboard.${'type' | 'press' | 'insert' | 'compose'}`> {
  let session: Promise<CDPSession> | undefined;
  return {
    'keyboard.type': async (text, { delay = 0 } = {}) => {
      for (const character of text) {
        if (character >= ' ' && character <= '~') await page.keyboard.type(character);
        else if (character === '\n') await page.keyboard.press('Enter');
        else {
          session ??= page.context().newCDPSession(page);
          await typeForeign(await session, character);
        }
        if (delay > 0) await page.waitForTimeout(delay);
      }
    },
    'keyboard.press': async (key, times = 1) => {
      for (let n = 0; n < times; n++) await page.keyboard.press(key);
    },
    'keyboard.insert': text => page.keyboard.insertText(text),
    'keyboard.compose': async (shown, text) => {
      session ??= page.context().newCDPSession(page);
      const input = await session;
      for (const part of shown) {
        const at = part.length;
        await input.send('Input.imeSetComposition', { text: part, selectionStart: at, selectionEnd: at });
      }
      await input.send('Input.insertText', { text });
    },
  };
}

/** A key of another layout: Playwright would insert its text without any key event. */
async function typeForeign(session: CDPSession, character: string): Promise<void> {
  const key = { key: character, text: character, unmodifiedText: character, code: 'KeyA' };
  await session.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key });
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key: character, code: 'KeyA' });
}
