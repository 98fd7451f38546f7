import type { BrowserContext, Page } from 'playwright-core';

/** A page that is not VS Code, in the same browser and so with the same clipboard. */
export function outsidePage(context: BrowserContext): () => Promise<Page> {
  let page: Promise<Page> | undefined;
  return () => {
    page ??= context.newPage().then(async opened => {
      await opened.route(outsideAddress, route => route.fulfill({ contentType: 'text/html', body: outsideHtml }));
      await opened.goto(outsideAddress);
      return opened;
    });
    return page;
  };
}

// The clipboard is there for pages of this machine only.
const outsideAddress = 'http://localhost/outside';
const outsideHtml = `<!doctype html><title>outside</title><script>
  async function copy([text, html]) {
    const items = { 'text/plain': new Blob([text], { type: 'text/plain' }) };
    if (html !== null) items['text/html'] = new Blob([html], { type: 'text/html' });
    await navigator.clipboard.write([new ClipboardItem(items)]);
  }
</script>`;
