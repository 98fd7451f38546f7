import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import type { WorkDocument } from '../../src/cli/describe.ts';
import { edited, editOf } from '../../src/evidence/work/edit.ts';
import { parsedJson } from '../../src/evidence/work/reading.ts';
import { type Language, Texts } from '../../src/host/texts.ts';
import { askedIn, changesFor } from '../../src/ui/describe/asked.ts';
import { pageHtml } from '../../src/ui/describe/pageHtml.ts';
import { recordOf, stateOf } from '../../src/ui/describe/pageState.ts';
import { wordsOf } from '../../src/ui/describe/pageWords.ts';
import { sectionsOf } from '../../src/ui/describe/sections.ts';
import { toolName } from '../../src/ui/toolNames.ts';
import { launchBrowser } from '../rig/chromium.ts';
import { pictures } from '../rig/paths.ts';
import { cleanUp, temporaryFolder } from '../rig/processes.ts';
import { seriousFindings } from '../support/axe.ts';

const own = fileURLToPath(new URL('../../media/work/', import.meta.url));
const recorded: WorkDocument['recorded'] = {
  period: {
    firstEvent: '2026-11-01T08:00:00+05:00',
    lastEvent: '2026-11-20T19:00:00+05:00',
    firstTyped: '2026-11-02T08:00:00+05:00',
    lastTyped: '2026-11-20T18:00:00+05:00',
  },
  files: ['one.md', 'two.md'],
  tools: [
    {
      agent: 'claude-code',
      models: ['anthropic/claude-opus-5'],
      first: '2026-11-03T08:00:00Z',
      last: '2026-11-04T08:00:00Z',
    },
  ],
  exhibits: [{ name: 'EX-01', file: 'letter.txt', shows: 'The plan' }],
};

/** The page with the file behind it: all that the editor does between the two but its undoing and saving. */
class Desk {
  text: string;
  readonly page: Page;
  readonly #texts: Texts;
  #seen = 0;

  private constructor(page: Page, text: string, language: Language) {
    this.page = page;
    this.text = text;
    this.#texts = new Texts(language);
  }

  static async open(browser: Browser, folder: string, text: string, language: Language = 'en'): Promise<Desk> {
    const context = await browser.newContext({ viewport: { width: 900, height: 1000 } });
    const page = await context.newPage();
    const desk = new Desk(page, text, language);
    await page.exposeFunction('toHost', (message: unknown) => desk.#heard(message));
    await page.addInitScript('globalThis.acquireVsCodeApi = () => ({ postMessage: message => toHost(message) })');
    const file = join(folder, `work-${language}.html`);
    const url = (name: string) => pathToFileURL(join(own, name)).href;
    writeFileSync(file, pageHtml(desk.#texts, { script: url('page.js'), style: url('page.css'), source: 'file:' }));
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector('#section-work');
    return desk;
  }

  get json(): Record<string, unknown> {
    return JSON.parse(this.text);
  }

  /** Another program writes the file. */
  async write(text: string): Promise<void> {
    this.text = text;
    await this.#tell();
  }

  /** Until the file says so. */
  async until(what: string, says: (json: Record<string, unknown>) => boolean): Promise<void> {
    const patience = Date.now() + 10_000;
    while (!says(this.json)) {
      if (Date.now() > patience) throw new Error(`never: ${what}; ${this.text}`);
      await new Promise(done => setTimeout(done, 20));
    }
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  async #heard(message: unknown): Promise<void> {
    if ((message as { kind?: string }).kind === 'ready') {
      await this.#post({ kind: 'form', sections: sectionsOf(this.#texts), words: wordsOf(this.#texts) });
      await this.#tell();
      await this.#post(recordOf({ recorded } as WorkDocument, this.#texts, toolName));
      return;
    }
    const asked = askedIn(message);
    if (asked === undefined) return;
    for (const { path, value } of changesFor(parsedJson(this.text), asked))
      this.text = edited(this.text, editOf(this.text, path, value));
    this.#seen = asked.id;
    await this.#tell();
  }

  #tell(): Promise<unknown> {
    return this.#post(stateOf(this.text, this.#seen, this.#texts));
  }

  #post(message: unknown): Promise<unknown> {
    return this.page.evaluate(`postMessage(${JSON.stringify(message)}, '*')`);
  }
}

const file = `{
  "work": "w1",
  "house": [1,  2],
  "title": "Степь",
  "profile": "kz-composite",
  "authors": ["А. Автор"],
  "files": ["one.md", "two.md"],
  "created": { "from": "May" }
}
`;

describe('the page to describe the work', function () {
  this.timeout(60_000);
  let browser: Browser;
  let folder: string;
  let desk: Desk;

  before(async () => {
    browser = await launchBrowser();
    folder = temporaryFolder('work');
    mkdirSync(pictures, { recursive: true });
  });
  beforeEach(async () => {
    desk = await Desk.open(browser, folder, file);
  });
  afterEach(() => desk.close());
  after(async () => {
    await browser?.close();
    await cleanUp();
  });

  const type = async (id: string, text: string) => {
    await desk.page.locator(`[id="${id}"]`).fill(text);
  };

  it('writes what is typed into the file, and leaves all else as it was written', async () => {
    await type('f/title/kk', 'Дала');
    await desk.until('the Kazakh title', ({ title }) => (title as { kk?: string }).kk === 'Дала');
    assert.deepEqual(desk.json.title, { und: 'Степь', kk: 'Дала' });
    await type('f/languages', 'kk, ru');
    await desk.until('the languages', ({ languages }) => Array.isArray(languages) && languages.length === 2);
    assert.ok(desk.text.includes('"house": [1,  2]'), desk.text);
    assert.ok(desk.text.includes('"authors": ["А. Автор"]'), desk.text);
    await type('f/authors/0/role', 'text');
    await desk.until('the role', ({ authors }) => (authors as { role?: string }[])[0]?.role === 'text');
    assert.deepEqual(desk.json.authors, [{ name: 'А. Автор', role: 'text' }]);
  });

  it('takes a field away whose text is taken away', async () => {
    await type('f/created/from', '');
    await desk.until('no date', ({ created }) => created === undefined);
  });

  it('loses no letter of what is typed while the file changes', async () => {
    await desk.page.locator('[id="f/place"]').pressSequentially('Алма');
    await desk.write(desk.text.replace('"work": "w1"', '"work": "w1",\n  "plan": "from elsewhere"'));
    await desk.page.locator('[id="f/place"]').pressSequentially('ты');
    await desk.until('the place', ({ place }) => place === 'Алматы');
    assert.equal(await desk.page.locator('[id="f/place"]').inputValue(), 'Алматы');
    assert.equal(desk.json.plan, 'from elsewhere');
    assert.equal(await desk.page.locator('[id="f/plan"]').inputValue(), 'from elsewhere');
  });

  it('sends at once what was typed when the field is left', async () => {
    await desk.page.locator('[id="f/place"]').pressSequentially('А');
    await desk.page.keyboard.press('Tab');
    await desk.until('the place', ({ place }) => place === 'А');
  });

  it('shows a problem at its field, and what is empty for this profile', async () => {
    const { page } = desk;
    assert.match((await page.locator('[id="f/created/from/problem"]').textContent()) ?? '', /A date belongs here/);
    assert.equal(await page.locator('[id="f/created/from"]').getAttribute('aria-invalid'), 'true');
    assert.ok((await page.locator('#told').textContent())?.includes('Plan of the composition'));
    assert.ok((await page.locator('#told').textContent())?.includes('house'));
    await page.locator('#told a', { hasText: 'Plan of the composition' }).click();
    await page.keyboard.type('First the poem');
    await desk.until('the plan', ({ plan }) => plan === 'First the poem');
    await page.locator('#told a', { hasText: 'Plan of the composition' }).waitFor({ state: 'detached' });
  });

  it('proposes what the record shows, and writes nothing before it is taken', async () => {
    const { page } = desk;
    await page.locator('text=The record tells of Claude Code').waitFor();
    assert.equal(desk.text, file);
    await page.locator('.proposal', { hasText: 'Claude Code' }).locator('button').click();
    await desk.until('the tool', ({ tools }) => JSON.stringify(tools) === '[{"product":"Claude Code"}]');
    await page.locator('text=The record tells of Claude Code').waitFor({ state: 'detached' });
    await page.locator('#take-dates').click();
    await desk.until('the dates', ({ created }) => (created as { to?: string } | undefined)?.to === '2026-11-20');
    assert.deepEqual(desk.json.created, { from: '2026-11-02', to: '2026-11-20' });
  });

  it('keeps lists by the keyboard alone: none, more, order, less', async () => {
    const { page } = desk;
    await page.locator('#none-tools').focus();
    await page.keyboard.press('Space');
    await desk.until('none', ({ tools }) => Array.isArray(tools) && tools.length === 0);
    await page.locator('#add-tools').focus();
    await page.keyboard.press('Enter');
    await page.locator('[id="f/tools/0/product"]:focus').waitFor();
    await page.keyboard.type('Kimi');
    await desk.until('a tool', ({ tools }) => (tools as { product: string }[])[0]?.product === 'Kimi');
    await page.locator('#file-0').focus();
    await page.keyboard.press('Alt+ArrowDown');
    await desk.until('the order', ({ files }) => String(files) === 'two.md,one.md');
    await page.locator('#file-1:focus').waitFor();
    await page.locator('#remove-tools-0').focus();
    await page.keyboard.press('Enter');
    await desk.until('no tools', ({ tools }) => tools === undefined);
  });

  it('orders files by dragging', async () => {
    await desk.page.locator('#file-0').dragTo(desk.page.locator('#file-1'));
    await desk.until('the order', ({ files }) => String(files) === 'two.md,one.md');
  });

  it('of a file that is no JSON shows only that, and comes back when it is mended', async () => {
    await desk.write('{ "title": ');
    await desk.page.locator('text=Open as Text').waitFor();
    await desk.write('{ "place": "Astana" }');
    await desk.page.locator('[id="f/place"]').waitFor();
    assert.equal(await desk.page.locator('[id="f/place"]').inputValue(), 'Astana');
  });

  it('treats what stands in the file as text', async () => {
    await desk.write(JSON.stringify({ place: '<img src=x onerror="document.title=1">', files: ['<b>x</b>'] }));
    await desk.page.locator('text=<b>x</b>').waitFor();
    assert.equal(await desk.page.locator('#form img, #form b').count(), 0);
  });

  for (const language of ['en', 'ru', 'kk'] as const) {
    it(`has nothing serious that axe finds, and nothing wider than the page (${language})`, async () => {
      const other = await Desk.open(browser, folder, file, language);
      await other.page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
      assert.deepEqual(await seriousFindings(other.page), []);
      assert.equal(await other.page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
      await other.page.screenshot({ path: join(pictures, `work-page-${language}.png`) });
      await other.close();
    });
  }
});
