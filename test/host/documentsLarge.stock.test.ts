import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { clipboard, driven, keyboard } from './support/driver.ts';
import {
  type Api,
  breath,
  consent,
  pathOf,
  productApi,
  type SpansDocument,
  show,
  spansOrNothing,
  write,
} from './support/scene.ts';

const mib = 1024 * 1024;
const line = 'A line of a long text that was there before recording began, and stays.\n';
const long = (length: number) => line.repeat(Math.ceil(length / line.length)).slice(0, length);
const typed = ' Жаңа сөз!';

/** Milliseconds for one step: the editor itself takes a while to save 20 MB. A text has three of them. */
const patience = 100_000;

describe('large texts', () => {
  let api: Api;

  before(async function () {
    if (!driven) this.skip();
    this.timeout(4 * patience);
    write('small.md', 'small\n');
    write('wide.md', 'w'.repeat(1_000_000));
    write('nearly.md', long(20 * mib - 4096));
    write('above.md', long(20 * mib + 1));
    await consent(vscode.Uri.file(pathOf('small.md')));
    api = await productApi();
  });

  afterEach(async function () {
    this.timeout(4 * patience);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  /** As `until`, as long as it takes; looks seldom, for each look costs. */
  async function eventually(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
    const end = Date.now() + patience;
    while (!(await condition())) {
      assert.ok(Date.now() < end, `waited in vain for ${what}`);
      await new Promise(resolve => setTimeout(resolve, 250));
    }
  }

  const ending = (document: vscode.TextDocument) => document.lineAt(document.lineCount - 1).text;

  /** Types at the end, saves, and gives the spans of the saved text. */
  async function written(document: vscode.TextDocument): Promise<SpansDocument | undefined> {
    await keyboard.press('Control+End');
    await keyboard.type(typed);
    await eventually('the keys', () => ending(document).endsWith(typed));
    await document.save();
    await eventually('the save', () => !document.isDirty);
    const all = document.getText().length;
    let spans: SpansDocument | undefined;
    await eventually('the saved text', async () => {
      spans = await spansOrNothing(api, document.uri);
      return spans === undefined || (spans.current && spans.length === all);
    });
    return spans;
  }

  /** Kinds with the place where each run of them ends. */
  const runsOf = (spans: SpansDocument) => {
    const runs: [string, number][] = [];
    for (const { kind, to } of spans.spans) {
      if (runs.at(-1)?.[0] === kind) runs.pop();
      runs.push([kind, to]);
    }
    return runs;
  };

  for (const [name, length] of [
    ['wide.md', 1_000_000],
    ['nearly.md', 20 * mib - 4096],
  ] as const) {
    it(`${name}: what is typed is typed, and the rest was there`, async function () {
      this.timeout(4 * patience);
      const { document } = await show(vscode.Uri.file(pathOf(name)));
      await eventually('its record', async () => (await spansOrNothing(api, document.uri)) !== undefined);
      const spans = await written(document);
      assert.deepEqual(spans && runsOf(spans), [
        ['initial', length],
        ['typed', length + typed.length],
      ]);
    });
  }

  it('a text above 20 MB is not recorded', async function () {
    this.timeout(4 * patience);
    const { document } = await show(vscode.Uri.file(pathOf('above.md')));
    assert.equal(await written(document), undefined);
  });

  it('what stands in its file while it is written is not recorded either', async function () {
    this.timeout(4 * patience);
    const { document } = await show(vscode.Uri.file(pathOf('above.md')));
    const bytes = readFileSync(document.fileName);
    await keyboard.type('!');
    await eventually('a text that is not saved', () => document.isDirty);
    for (const length of [1000, 2000, bytes.length]) {
      writeFileSync(document.fileName, bytes.subarray(0, length));
      await breath(600);
    }
    assert.equal(await spansOrNothing(api, document.uri), undefined);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('a paste of three million characters is one', async function () {
    this.timeout(4 * patience);
    const { document } = await show(vscode.Uri.file(pathOf('small.md')));
    await keyboard.press('Control+End');
    const text = long(3_000_000).trim();
    await clipboard.writeExternal(text);
    await keyboard.press('Control+v');
    await eventually('the paste', () => document.getText().length === 6 + text.length);
    const spans = await written(document);
    const runs = spans && runsOf(spans);
    assert.equal(runs?.at(-1)?.[0], 'typed');
    assert.equal(runs?.at(-1)?.[1], 6 + text.length + typed.length);
    assert.deepEqual(runs?.slice(0, -1), [
      ['initial', 6],
      ['pasted.external', 6 + text.length],
    ]);
  });
});
