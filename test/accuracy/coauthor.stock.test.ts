import * as vscode from 'vscode';
import { keyboard } from '../host/support/driver.ts';
import { until } from '../host/support/until.ts';
import type { Trace } from '../traces/session.ts';
import { selectRanges } from './acts.ts';
import { type Act, actsOf, sessions, sessionsFile } from './cowriting.ts';
import { ghostShown } from './ghost.ts';
import type { Known, Label } from './label.ts';
import { group, type Scenario } from './scenario.ts';
import type { Sheet } from './sheet.ts';
import type { Stage } from './stage.ts';

const chosen = sessions();

/** What adds to keys or takes from them is off: the recorded editor had none of it. */
const plainly = {
  'editor.autoClosingBrackets': 'never',
  'editor.autoClosingQuotes': 'never',
  'editor.autoClosingDelete': 'never',
  'editor.autoSurround': 'never',
  'editor.autoIndent': 'none',
  'editor.trimAutoWhitespace': false,
  'editor.useTabStops': false,
  'editor.wordBasedSuggestions': 'off',
  'editor.wordWrap': 'off',
};

/** A session played again: the person's part by keys, the model's as ghost text. */
function played(trace: Trace): Scenario {
  return {
    name: `session ${trace.name.slice(0, 8)}`,
    allows: ['initial', 'typed', 'ai.completion', 'pasted.external'],
    unknown: 'A line break beside accepted ghost text: only keys on both sides of it tell that it was typed.',
    files: { 'session.txt': trace.start },
    timeout: 120_000,
    async run(stage) {
      await stage.settings(plainly);
      const sheet = await stage.open('session.txt');
      const ghost = new Ghost(sheet);
      stage.later(() => ghost.dispose());
      for (const act of actsOf(trace)) await plays(stage, sheet, ghost, act);
      if (sheet.text !== trace.end) throw new RangeError('the session came to another text than the recorded one');
    },
  };
}

async function plays(stage: Stage, sheet: Sheet, ghost: Ghost, act: Act): Promise<void> {
  const { text } = sheet;
  switch (act.kind) {
    case 'type':
      await selectRanges(sheet, [[act.at, act.at]]);
      await sheet.type(act.text);
      return;
    case 'back':
      await selectRanges(sheet, [[act.at + act.count, act.at + act.count]]);
      await keyboard.press('Backspace', act.count);
      await sheet.has(now => now.length === text.length - act.count);
      sheet.came('typed');
      return;
    case 'erase':
      await selectRanges(sheet, [[act.at, act.to]]);
      await keyboard.press('Delete');
      await sheet.has(now => now.length === text.length - (act.to - act.at));
      sheet.came('typed');
      return;
    case 'paste':
      await selectRanges(sheet, [[act.at, act.at]]);
      await stage.copyOutside(act.text);
      await stage.paste(sheet, now => now.length === text.length + act.text.length);
      sheet.came('pasted.external');
      return;
    case 'complete':
      await selectRanges(sheet, [[act.at, act.at]]);
      await ghost.completes(act.text);
      return;
  }
}

/** Stands in for the model: proposes one text at the caret, which is accepted by Tab. */
class Ghost implements vscode.Disposable {
  readonly #sheet: Sheet;
  readonly #provider: vscode.Disposable;
  #text: string | undefined;

  constructor(sheet: Sheet) {
    this.#sheet = sheet;
    this.#provider = vscode.languages.registerInlineCompletionItemProvider(
      { pattern: sheet.uri.fsPath },
      {
        provideInlineCompletionItems: (_document, at) =>
          this.#text === undefined ? [] : [new vscode.InlineCompletionItem(this.#text, new vscode.Range(at, at))],
      },
    );
  }

  async completes(text: string): Promise<void> {
    const sheet = this.#sheet;
    const wanted = sheet.text.length + text.length;
    this.#text = text;
    try {
      await ghostShown();
    } catch (cause) {
      const at = sheet.document?.getText().slice(-80);
      throw new Error(`the editor shows no ghost text ${JSON.stringify(text)} in ${JSON.stringify(at)}`, { cause });
    }
    this.#text = undefined;
    await keyboard.press('Tab');
    await until('the completion', () => sheet.text.length === wanted);
    sheet.came((inserted, removed): (Known | Label)[] =>
      Array.from(inserted, (_, i) => removed[i] ?? ('ai.completion' as const)),
    );
  }

  dispose(): void {
    this.#provider.dispose();
  }
}

const absent: Scenario = {
  name: 'recorded co-writing sessions',
  allows: [],
  absent: `${sessionsFile} is not there`,
  async run() {
    throw new Error('nothing to play');
  },
};

if (chosen.length > 0)
  console.log(`co-writing sessions played: ${chosen.map(({ name }) => name.slice(0, 8)).join(' ')}`);
group('coauthor', chosen.length > 0 ? chosen.map(played) : [absent]);
