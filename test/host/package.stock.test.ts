import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import * as vscode from 'vscode';
import { unzip } from '../../src/evidence/unzip.ts';
import { missingSections } from '../support/everySection.ts';
import { type Act, address, type PublicWork, stanzas } from '../traces/publicDomain.ts';
import { cli } from './support/cli.ts';
import { row, tellsPath } from './support/dialogs.ts';
import { clipboard, driven, keyboard, page, palette } from './support/driver.ts';
import { type Api, breath, consent, folder, kindsOf, productApi, save, show, write } from './support/scene.ts';
import { said, settings } from './support/surface.ts';
import { until } from './support/until.ts';

const plainly = { 'editor.wordBasedSuggestions': 'off', 'editor.autoClosingBrackets': 'never' };
const description = {
  title: { en: 'Words of Others', ru: 'Чужие слова', kk: 'Өзгелердің сөздері' },
  kind: 'compilation',
  authors: [{ name: 'Abraham Lincoln' }, { name: 'Александр Пушкин' }, { name: 'Абай Құнанбайұлы' }],
  languages: ['en', 'ru', 'kk'],
  files: [address.file, stanzas.file],
};

/** From an empty folder to the package: works in the public domain, typed again as a writer types. */
describe('a work typed anew', function () {
  this.timeout(120_000);
  let api: Api;
  const made: Uint8Array[] = [];

  before(async function () {
    if (!driven) this.skip();
    await settings(plainly);
    const [first] = [address, stanzas].map(({ file }) => write(file, ''));
    write('holograph.json', `${JSON.stringify(description, undefined, 2)}\n`);
    await show(first!);
    await consent(first!);
    api = await productApi();
  });
  after(() => settings({ 'editor.wordBasedSuggestions': undefined, 'editor.autoClosingBrackets': undefined }));

  for (const work of [address, stanzas]) {
    it(`${work.file} is written, and nothing that was not typed is shown as typed`, async () => {
      const editor = await show(vscode.Uri.joinPath(folder().uri, work.file));
      for (const act of work.acts) await does(editor, act);
      await until('the whole text', () => textOf(editor) === work.text);
      await save(editor.document);
      await until('the saved text on record', async () => (await api.spans(editor.document.uri)).current);
      assert.equal(readFileSync(editor.document.uri.fsPath, 'utf8'), work.text);
      const kinds = kindsOf(await api.spans(editor.document.uri));
      assert.deepEqual(kindsIn(work, kinds, work.pasted), work.pasted === undefined ? [] : ['pasted.external']);
      assert.deepEqual(kindsIn(work, kinds, work.completed), work.completed === undefined ? [] : ['ai.completion']);
      const typed = kinds.filter(kind => kind === 'typed').length;
      const own = work.text.length - (work.pasted?.length ?? 0) - (work.completed?.length ?? 0);
      assert.ok(typed <= own && typed >= 0.95 * own, `${typed} of ${own}`);
    });
  }

  it('is exported from the palette, whole', async () => {
    const target = `${folder().uri.fsPath}-by-palette.zip`;
    await palette.run('Holograph: Export Evidence Package…');
    for (const answer of ['General', 'Make It As It Is']) {
      await page.waitFor(`${row}:has-text("${answer}")`);
      await keyboard.type(answer);
      await page.waitFor(`${row}.focused:has-text("${answer}")`);
      await keyboard.press('Enter');
    }
    await tellsPath(target);
    await said('The evidence package is ready');
    checked(target, 'en');
  });

  for (const language of ['ru', 'kk'] as const) {
    it(`is exported by the command line, whole, in ${language}`, () => {
      const target = `${folder().uri.fsPath}-${language}.zip`;
      const wanted = ['export', '--out', target, '--profile', 'kz-composite', '--language', language, '--json'];
      const { size } = JSON.parse(cli(...wanted));
      const first = digestOf(readFileSync(target));
      if (language === 'kk') {
        // Later, when that export is on record, and in another time zone: the same bytes.
        const zone = process.env.TZ;
        process.env.TZ = 'America/St_Johns';
        cli(...wanted, '--at', String(size));
        if (zone === undefined) delete process.env.TZ;
        else process.env.TZ = zone;
        assert.equal(digestOf(readFileSync(target)), first);
      }
      checked(target, language);
    });
  }

  it('is the same work on the same record in all of them', () => {
    assert.equal(made.length, 3);
    const facts = made.map(archive => {
      const { members } = unzip(archive);
      const { journal } = JSON.parse(Buffer.from(members.get('data/manifest.json')!).toString('utf8'));
      const works = [...members].filter(([name]) => name.startsWith('data/work/'));
      return JSON.stringify([journal, works.map(([name, bytes]) => [name, digestOf(bytes)])]);
    });
    assert.deepEqual([...new Set(facts)].length, 1, facts.join('\n'));
    assert.ok(facts[0]!.includes(digestOf(Buffer.from(stanzas.text))));
  });

  /** A stranger accepts it, and no section is missing. */
  function checked(target: string, language: 'en' | 'ru' | 'kk'): void {
    const archive = readFileSync(target);
    assert.deepEqual(wrongIn(target), []);
    assert.deepEqual(missingSections(archive, language), []);
    made.push(archive);
    rmSync(target);
  }
});

/** What the command line's verification finds wrong; it ends with 1 where there is anything. */
function wrongIn(target: string): unknown[] {
  try {
    return JSON.parse(cli('verify', target, '--json')).wrong;
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && error.stdout !== '') return [error.stdout];
    throw error;
  }
}

async function does(editor: vscode.TextEditor, act: Act): Promise<void> {
  const before = textOf(editor);
  const grown = (by: number) => until(JSON.stringify(act), () => textOf(editor).length === before.length + by);
  if ('rest' in act) await breath(act.rest);
  else if ('type' in act) {
    const replaced = editor.document.offsetAt(editor.selection.end) - editor.document.offsetAt(editor.selection.start);
    await keyboard.type(act.type);
    await grown(act.type.length - replaced);
  } else if ('press' in act) {
    await keyboard.press(act.press, act.times);
    if (act.press === 'Enter' || act.press === 'Backspace')
      await grown((act.times ?? 1) * (act.press === 'Enter' ? 1 : -1));
    else if (act.press !== 'Control+End') await until(act.press, () => textOf(editor) !== before);
  } else if ('paste' in act) {
    await clipboard.writeExternal(act.paste);
    await keyboard.press('Control+v');
    await grown(act.paste.length);
  } else if ('complete' in act) await completes(act.complete, () => grown(act.complete.length));
  else {
    const words = 'select' in act ? act.select : act.after;
    const to = before.lastIndexOf(words) + words.length;
    await selects(editor, 'select' in act ? to - words.length : to, to);
  }
}

/** The editor object believes at once; the window has a selection when it says so. */
async function selects(editor: vscode.TextEditor, from: number, to: number): Promise<void> {
  const wanted = new vscode.Selection(editor.document.positionAt(from), editor.document.positionAt(to));
  let has = false;
  const heard = vscode.window.onDidChangeTextEditorSelection(({ selections }) => {
    has ||= selections[0]?.isEqual(wanted) === true;
  });
  editor.selection = wanted;
  await until('the selection', () => has);
  heard.dispose();
}

/** A machine proposes words at the caret, which are accepted. */
async function completes(text: string, accepted: () => Promise<void>): Promise<void> {
  const provider = vscode.languages.registerInlineCompletionItemProvider(
    { language: 'plaintext' },
    { provideInlineCompletionItems: (_, at) => [new vscode.InlineCompletionItem(text, new vscode.Range(at, at))] },
  );
  await until('ghost text', async () => {
    await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
    return (await page.count('[class*="ghost-text"]')) > 0;
  });
  // Tab is an indent until the ghost text has stood for a moment.
  await breath();
  await keyboard.press('Tab');
  await accepted();
  provider.dispose();
}

function kindsIn({ text }: PublicWork, kinds: readonly string[], part = ''): string[] {
  const at = text.indexOf(part);
  return [...new Set(kinds.slice(at, at + part.length))];
}

const digestOf = (bytes: Uint8Array) => hash('sha256', bytes, 'hex');

function textOf({ document }: vscode.TextEditor): string {
  return document.getText().replaceAll('\r\n', '\n');
}
