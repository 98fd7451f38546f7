import { window } from 'vscode';
import { tellFailure } from '../cli.ts';
import type { Surface } from '../surface.ts';
import type { Listed } from './promptRegister.ts';

const marks = ['yes', 'no', 'undecided'] as const;

/** Asks for the author's note on a prompt and enters it; an empty one takes it away. False: nothing was entered. */
export async function askNote(surface: Surface, entry: Listed): Promise<boolean> {
  const { texts } = surface;
  const text = await window.showInputBox({
    title: texts.t('prompts.note.title', { number: entry.number }),
    prompt: texts.t('prompts.note.ask'),
    value: entry.note?.text ?? '',
  });
  // What an input box shows on one line is not what was written on several.
  const same = entry.note?.text.replace(/\s+/gu, ' ') ?? '';
  if (text === undefined || text.trim().replace(/\s+/gu, ' ') === same) return false;
  return enter(surface, entry, ['--', text.trim()]);
}

/** Asks whether a prompt is to be protected as a work of the author's own, and enters it. False: nothing was entered. */
export async function askProtection(surface: Surface, entry: Listed): Promise<boolean> {
  const { texts } = surface;
  const items = marks.map(mark => ({
    label: texts.t(`protect.${mark}`),
    description: mark === entry.protect ? '✓' : '',
    mark,
  }));
  const picked = await window.showQuickPick(items, {
    title: texts.t('prompts.title', { number: entry.number }),
    placeHolder: texts.t('prompts.protect.ask'),
  });
  return picked !== undefined && picked.mark !== entry.protect && enter(surface, entry, ['--protect', picked.mark]);
}

async function enter(surface: Surface, { id, folder }: Listed, said: readonly string[]): Promise<boolean> {
  const { line, texts } = surface;
  const result = await line.runCli(folder.uri, ['prompts', 'note', id, '--language', texts.language, ...said]);
  if (result.code !== 0) await tellFailure(surface, texts.t('prompts.note.failed'), result);
  return result.code === 0;
}
