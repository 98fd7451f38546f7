import type { Browser } from 'playwright-core';
import { launchBrowser } from './chromium.ts';

/**
 * Carries out `work` for each item, two at a time: a window mostly waits for its keys, so two cores hold two of them.
 * Each of both lanes has a browser, and so a clipboard, of its own.
 */
export async function inLanes<T>(
  items: Iterable<T>,
  work: (browser: Browser, item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const lane = async (): Promise<void> => {
    if (queue.length === 0) return;
    const browser = await launchBrowser();
    try {
      for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(browser, item);
    } finally {
      await browser.close();
    }
  };
  await Promise.all([lane(), lane()]);
}
