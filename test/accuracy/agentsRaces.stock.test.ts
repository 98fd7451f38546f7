import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import { cli } from '../host/support/cli.ts';
import { keyboard } from '../host/support/driver.ts';
import { folder, spansOrNothing } from '../host/support/scene.ts';
import { until } from '../host/support/until.ts';
import { has, type Turn } from '../rig/standIns/standIn.ts';
import { fresh, type Known } from './label.ts';
import { group, type Scenario } from './scenario.ts';
import type { Sheet } from './sheet.ts';
import type { Stage } from './stage.ts';
import { installHooks, shownAs, type ToolName, titles, tool } from './tools.ts';

/**
 * Who wrote a letter stands in its script, whatever the race leaves of the text: what was there is Greek, the person
 * types Latin, one tool writes Cyrillic, the other Georgian. Signs and blanks are anybody's.
 */
const scripts: readonly (readonly [RegExp, Known])[] = [
  [/\p{sc=Greek}/u, 'initial'],
  [/\p{sc=Latin}/u, 'typed'],
  [/\p{sc=Cyrillic}|\p{sc=Georgian}/u, 'ai.agent'],
];
const start = 'αλφα και βητα,μαζι στην αρχη\nτου γαμμα και του δελτα,που ηταν εκει\nκαι εψιλον και ζητα,στο τελος\n\n';
const files = { 'chapter.md': start };

const races = ['initial', 'typed', 'ai.agent', 'tool.format', 'external.disk', 'unknown'] as const;
const order = 'Signs and blanks: which of two programs that write at once put them in is not always known.';

/** The text as it stands in the end, each letter known by its script. */
function read(sheet: Sheet): void {
  const known = (letter: string) => scripts.find(([script]) => script.test(letter))?.[1] ?? races;
  sheet.became(...Array.from(sheet.text, letter => fresh(known(letter), letter)));
}

/** Nothing is on its way any more: editor and file are one. What a race has left unsaved and newer on disk is given up. */
async function settles(sheet: Sheet): Promise<void> {
  const bytes = () => vscode.workspace.fs.readFile(sheet.uri).then(all => Buffer.from(all).toString('utf8'));
  const agree = async () => sheet.document?.isDirty === false && (await bytes()) === sheet.document.getText();
  const saved = await until('editor and file to agree', agree, 3).then(
    () => true,
    () => false,
  );
  if (saved) return;
  await vscode.commands.executeCommand('workbench.action.files.revert');
  await until('editor and file to agree', agree);
}

/** Puts a blank behind each comma that has none. */
async function formatsOnSave(stage: Stage): Promise<void> {
  const formatter = vscode.languages.registerDocumentFormattingEditProvider(
    { scheme: 'file' },
    {
      provideDocumentFormattingEdits: document =>
        [...document.getText().matchAll(/,(?=[^\s])/g)].map(({ index }) =>
          vscode.TextEdit.insert(document.positionAt(index + 1), ' '),
        ),
    },
  );
  stage.later(() => formatter.dispose());
  await stage.settings({ 'editor.formatOnSave': true });
}

/** As the key for it does; resolves when the file is written, or was found to be newer. */
async function saves(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.files.save');
}

/** A tool puts a word in the place of another. */
async function writes(sheet: Sheet, name: ToolName, old: string, text: string, hooked = false): Promise<Turn> {
  const asked = { prompt: `Not ${old}, but ${text}.`, file: sheet.uri.fsPath, old, new: text };
  return has(tool(name), asked, folder().uri.fsPath, hooked);
}

function race(name: string, run: (stage: Stage, sheet: Sheet) => Promise<void>): Scenario {
  return {
    name,
    allows: races,
    unknown: order,
    files,
    async run(stage) {
      await installHooks();
      const sheet = await stage.open('chapter.md');
      await run(stage, sheet);
      await settles(sheet);
      await vscode.window.showTextDocument(sheet.document!);
      await stage.press('Control+End');
      const end = `${sheet.text}end`;
      await keyboard.type('end');
      await sheet.has(text => text === end);
      await saves();
      await settles(sheet);
      read(sheet);
      if (/\p{sc=Cyrillic}|\p{sc=Georgian}/u.test(sheet.text)) await shownAs(stage, sheet, 'ai.agent');
    },
  };
}

/** Waits until every letter of a tool's words leads to the prompt that it was asked by. */
async function leadsTo(stage: Stage, sheet: Sheet, prompt: string, text: string): Promise<void> {
  await until(`${text} of the prompt ${prompt}`, async () => {
    const spans = await spansOrNothing(stage.api, sheet.uri);
    if (spans?.current !== true) return false;
    const from = sheet.text.indexOf(text);
    const own = spans.spans.filter(span => span.from < from + text.length && span.to > from);
    const asked = new Map(prompts().map(one => [one.id, one.text]));
    return own.filter(span => span.kind === 'ai.agent').every(span => asked.get(span.prompt ?? '') === prompt);
  });
}

function prompts(): readonly { readonly id: string; readonly text: string }[] {
  return (JSON.parse(cli('prompts', '--json')) as { prompts: { id: string; text: string }[] }).prompts;
}

const delays = [0, 50, 500, 1500];

let said = 0;

/** Words that stand nowhere else: what a tool says twice would be known again by its words. */
function words(alphabet = 'абвгдежзиклмнопрстуф'): string {
  const [a, b, c, d] = [0, 7, 14, 21].map((from, _, all) => {
    const bytes = createHash('sha256')
      .update(`${said} ${all}`)
      .digest()
      .subarray(from, from + 7);
    return [...bytes].map(byte => alphabet[byte % alphabet.length]).join('');
  });
  said++;
  return `${a} ${b},${c} ${d}`;
}

const other = 'აბგდევზთიკლმნოპჟრსტუ';

group('agentsRaces', [
  ...delays.map(delay =>
    race(`a tool writes ${delay} ms after a save that formats`, async (stage, sheet) => {
      await formatsOnSave(stage);
      await sheet.type('one,two');
      const saved = saves();
      await pause(delay);
      tool('claudeCode').tell(await writes(sheet, 'claudeCode', 'γαμμα', words()));
      await saved;
    }),
  ),
  ...delays.map(delay =>
    race(`a save that formats comes ${delay} ms after a tool has written`, async (stage, sheet) => {
      await sheet.type('one,two');
      await sheet.document?.save();
      await formatsOnSave(stage);
      const turn = await writes(sheet, 'codex', 'γαμμα', words());
      await pause(delay);
      await saves();
      tool('codex').tell(turn);
    }),
  ),
  race('keys and a tool behind the editor, 100 ms apart', async (_stage, sheet) => {
    const turns: Turn[] = [];
    for (const [letters, old] of [
      ['one', 'βητα'],
      ['two', 'δελτα'],
      ['six', 'ζητα'],
    ] as const) {
      await keyboard.type(letters);
      await saves();
      await pause(100);
      turns.push(await writes(sheet, 'claudeCode', old, words()));
      await pause(100);
    }
    for (const turn of turns) tool('claudeCode').tell(turn);
  }),
  race('keys and a tool through the editor, 100 ms apart', async (_stage, sheet) => {
    const typing = keyboard.type('one two three four five', { delay: 100 });
    for (const old of ['βητα', 'δελτα', 'ζητα']) {
      tool('copilotChat').tell(await writes(sheet, 'copilotChat', old, words()));
      await pause(100);
    }
    await typing;
    await until('the last key', () => sheet.text.endsWith('five'));
    await sheet.document?.save();
  }),
  ...(
    [
      ['claudeCode', 'codex'],
      ['agentHost', 'cursor'],
      ['copilotChat', 'claudeCode'],
    ] as const
  ).map(([first, second]) =>
    race(`two tools in one file at once, ${titles[first]} and ${titles[second]}`, async (stage, sheet) => {
      await sheet.type('one,two');
      await sheet.document?.save();
      const one = await writes(sheet, first, 'γαμμα', words());
      const two = await writes(sheet, second, 'ζητα', words(other));
      tool(second).tell(two);
      tool(first).tell(one);
      await sheet.has(text => text.includes(one.new) && text.includes(two.new));
      for (const { prompt, new: text } of [one, two]) await leadsTo(stage, sheet, prompt, text);
    }),
  ),
]);
