import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import type { Played } from '../support/tracePlayer.ts';
import { clipboard, driven, keyboard, page } from './support/driver.ts';
import { type Api, breath, consent, productApi, type SpansDocument, save, show, write } from './support/scene.ts';
import { linesOf, played, recordTrace, stopTrace, traceItem } from './support/tracing.ts';
import { until } from './support/until.ts';

const start = 'Before the trace there was a lamp.\r\nЕкінші жол.\r\n';

describe('a trace', () => {
  let api: Api;
  let chapter: vscode.TextEditor;
  let notes: vscode.TextEditor;
  let file: string;
  const ends = (editor: vscode.TextEditor, text: string) =>
    until(text, () => editor.document.getText().replaceAll('\r\n', '\n').endsWith(text));

  before(async function () {
    if (!driven) this.skip();
    const [one, two] = [write('chapter.md', start), write('notes.md', 'Notes.\n')];
    write('.gitignore', '');
    notes = await show(two);
    chapter = await show(one);
    await consent(one);
    api = await productApi();
    await keyboard.press('Control+End');
    await keyboard.type('Typed before. ');
    await ends(chapter, 'before. ');
    await breath(300);
  });

  it('is being recorded: the status bar shows it', async () => {
    file = await recordTrace('real', false);
    await page.screenshot('trace-running');
  });

  it('takes in a session of every hand', async () => {
    await session();
    await stopTrace();
    assert.equal(await page.count(traceItem), 0);
    keep('session.jsonl', file);
  });

  it('holds what VS Code told, in order, and nothing of a text that is not recorded', async () => {
    const [head, ...events] = linesOf(file);
    assert.deepEqual(
      [head.schema, head.version, head.scrambled, head.settings['editor.pasteAs.enabled']],
      ['holograph.trace', 1, false, true],
    );
    assert.ok(events.every(({ at }, i) => i === 0 || at >= events[i - 1]!.at - 5000));
    const kinds = new Set(events.map(({ kind }) => kind));
    for (const kind of [
      'opened',
      'changed',
      'selected',
      'shown',
      'saving',
      'saved',
      'copied',
      'offered',
      'read',
      'disk',
    ])
      assert.ok(kinds.has(kind as never), kind);
    assert.ok(!JSON.stringify(events).includes('secret'));
  });

  it('played again, gives the very same spans', async () => {
    same(played(file), [
      ['notes.md', await live(notes)],
      ['chapter.md', await live(chapter)],
    ]);
  });

  it('scrambled, gives the same picture and none of the words', async () => {
    const scrambled = await recordTrace('scrambled', true);
    await session();
    await stopTrace();
    keep('scrambled.jsonl', scrambled);
    const text = linesOf(scrambled);
    for (const word of ['lamp', 'Typed', 'harbour', 'жол', 'chapter', 'notes'])
      assert.ok(!text.some(line => JSON.stringify(line).includes(word)), word);
    const again = played(scrambled).map(of => ({ ...of, name: of.name === '1.md' ? 'notes.md' : 'chapter.md' }));
    same(
      again,
      [
        ['notes.md', await live(notes)],
        ['chapter.md', await live(chapter)],
      ],
      false,
    );
  });

  /** Typing, pasting, cutting, undoing, saving, a change of the file by another program. */
  async function session(): Promise<void> {
    await show(chapter.document.uri);
    await keyboard.press('Control+End');
    await keyboard.type('A lamp, typed.\n');
    await ends(chapter, 'typed.\n');
    await clipboard.writeExternal('“Quoted from the harbour.”');
    await keyboard.press('Control+v');
    await ends(chapter, '”');
    await keyboard.type(' Ы');
    await ends(chapter, ' Ы');
    await keyboard.press('Shift+Home');
    await keyboard.press('Control+x');
    await ends(chapter, 'typed.\n');
    await breath(300);
    await keyboard.press('Control+v');
    await ends(chapter, ' Ы');
    await keyboard.press('Backspace');
    await ends(chapter, '” ');
    await breath(300);
    await keyboard.press('Control+z');
    await ends(chapter, ' Ы');
    await save(chapter.document);
    await breath(500);
    const text = chapter.document.getText();
    writeFileSync(chapter.document.uri.fsPath, text.replace('there was', 'there had been'));
    await until('the reload', () => chapter.document.getText().includes('had been'));
    writeFileSync(chapter.document.uri.fsPath, text);
    await until('the other reload', () => chapter.document.getText().includes('there was'));
    await breath(300);
    await keyboard.press('Control+Home');
    await keyboard.press('Shift+End');
    await keyboard.press('Control+c');
    await breath(300);
    notes = await show(notes.document.uri);
    await keyboard.press('Control+End');
    await keyboard.press('Control+v');
    await ends(notes, 'lamp.');
    await keyboard.press('Enter');
    await save(notes.document);
    chapter = await show(chapter.document.uri);
    await keyboard.press('Control+End');
    await keyboard.type('\n');
    await save(chapter.document);
    await breath(500);
  }

  async function live({ document }: vscode.TextEditor): Promise<SpansDocument> {
    let spans: SpansDocument | undefined;
    await until('the saved text', async () => {
      spans = await api.spans(document.uri);
      return spans.current;
    });
    return spans!;
  }

  function keep(name: string, from: string): void {
    const to = join(process.env.HOLOGRAPH_OUT ?? '', 'traces');
    mkdirSync(to, { recursive: true });
    copyFileSync(from, join(to, name));
  }
});

/** Kind, basis, and how it came to stand there (`places`; a trace does not tell that of what stood before it), a run each. */
function same(
  found: readonly Played[],
  expected: readonly [name: string, spans: SpansDocument][],
  places = true,
): void {
  const runs = (parts: readonly { length: number; kind: string; basis: string; placed: string }[]) => {
    const out: string[] = [];
    for (const { length, kind, basis, placed } of parts) {
      const of = `${kind} ${basis} ${places ? placed : ''} `;
      const last = out.at(-1);
      if (last?.startsWith(of)) out[out.length - 1] = `${of}${Number(last.slice(of.length)) + length}`;
      else out.push(`${of}${length}`);
    }
    return out;
  };
  for (const [name, { spans }] of expected) {
    const own = found.find(of => of.name === name);
    const parts = spans.map(({ from, to, placedBy, ...of }) => ({
      length: to - from,
      placed: placedBy?.how ?? 'insert',
      ...of,
    }));
    const again = own?.runs.map(({ placement, ...of }) => ({ ...of, placed: placement })) ?? [];
    assert.deepEqual(runs(again), runs(parts), `${name}\n${JSON.stringify(own)}`);
  }
}
