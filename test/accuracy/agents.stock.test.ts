import type { Kind } from '../../src/provenance/origin.ts';
import { keyboard } from '../host/support/driver.ts';
import { folder } from '../host/support/scene.ts';
import { has, type Turn } from '../rig/standIns/standIn.ts';
import { caretAfter } from './acts.ts';
import { fresh, kept, type Piece } from './label.ts';
import { group, type Scenario } from './scenario.ts';
import type { Sheet } from './sheet.ts';
import type { Stage } from './stage.ts';
import { installHooks, shownAs, type ToolName, titles, tool } from './tools.ts';

const start = 'The steppe was there before the record began.\nNobody had crossed it in the winter.\n\n';
const own = 'I saw it first from a train, one grey morning in March, and wrote it down.';
/** What the tool is given, and what it leaves of it: words of the old text and of the person's. */
const words = { crossed: 'gone down to', grey: 'pale wind-swept', March: 'the month of floods' };
const old = `Nobody had crossed it in the winter.\n\n${own}`;

/** By which way the tool's deed is told: by its hook, by its record after it was seen, by both, by none. */
type Way = 'by its hook' | 'by its record, later' | 'by hook and record' | 'by nobody';

const left = 'Nobody tells that a tool wrote it through the editor.';

function edited(name: ToolName, way: Way): Scenario {
  const seen = name === 'copilotChat' ? 'unknown' : 'external.disk';
  const kind = way === 'by nobody' ? seen : 'ai.agent';
  return {
    name: `${titles[name]} rewrites what a person is typing, told ${way}`,
    allows: ['initial', 'typed', kind, ...(name === 'codex' ? (['external.disk'] as const) : [])],
    ...(kind === 'unknown' && { unknown: left }),
    files: { 'chapter.md': start },
    async run(stage) {
      const sheet = await stage.open('chapter.md');
      await sheet.type(own);
      await sheet.document?.save();
      const turn = await rewrites(stage, sheet, name, way.includes('hook'));
      if (way === 'by hook and record') tool(name).tell(turn);
      await sheet.has(text => text === turn.after);
      sheet.became(...piecesOf(turn, kind));
      if (way === 'by its record, later') {
        await shownAs(stage, sheet, seen);
        tool(name).tell(turn);
      }
      await shownAs(stage, sheet, kind);
      await goesOn(sheet);
    },
  };
}

async function rewrites(stage: Stage, sheet: Sheet, name: ToolName, hooked: boolean): Promise<Turn> {
  if (hooked) await installHooks();
  const text = Object.entries(words).reduce((now, [word, other]) => now.replace(word, other), old);
  const prompt = `Make ${stage.path('chapter.md')} wilder.`;
  return has(tool(name), { prompt, file: sheet.uri.fsPath, old, new: text }, folder().uri.fsPath, hooked);
}

/** What stands there now: words of the tool's, and a last line end, of which its patch does not tell; all else is kept. */
function piecesOf({ before, after }: Turn, kind: Kind): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const [word, other] of Object.entries(words)) {
    const from = before.indexOf(word, at);
    pieces.push(kept(before.slice(at, from)), fresh(kind, other));
    at = from + word.length;
  }
  pieces.push(kept(before.slice(at)));
  return after.endsWith('\n') && !before.endsWith('\n') ? [...pieces, fresh([kind, 'external.disk'], '\n')] : pieces;
}

/** The person changes a word of the tool's and writes on. */
async function goesOn(sheet: Sheet): Promise<void> {
  await caretAfter(sheet, 'pale wind-swept');
  await keyboard.press('Control+Backspace');
  await sheet.has(text => text.includes('pale wind- '));
  sheet.came('typed');
  await sheet.type('borne');
}

const ways: readonly Way[] = ['by its hook', 'by its record, later', 'by hook and record', 'by nobody'];

group(
  'agents',
  (Object.keys(titles) as ToolName[]).flatMap(name => ways.map(way => edited(name, way))),
);
