import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hookProgram, writeHookProgram } from '../../src/agents/hooks/hookProgram.ts';
import { hookCommandLine } from '../../src/agents/hooks/hookSettings.ts';
import { Catalogue } from '../../src/journal/catalogue.ts';
import { JournalWriter } from '../../src/journal/writer.ts';
import type { Beforehand } from '../rig/hostWindow.ts';
import { root } from '../rig/paths.ts';
import { callHook, claudePayloads } from '../support/hookCalls.ts';
import { initial, workerScript } from '../support/workroom.ts';

const text = 'The wind came over the steppe.\nNobody heard it.\n';

/** A folder that was recorded, and a launcher that an editor left: then, with no window open, Claude Code works in it. */
export async function before({ home, folder }: Beforehand): Promise<void> {
  const file = join(folder, 'steppe.md');
  writeFileSync(file, text);
  const catalogue = Catalogue.open(home);
  catalogue.consent(folder, { by: 'person', software: 'test' });
  catalogue.close();
  const about = { software: 'test', editor: 'mocha', platform: 'here', channels: [], unreachable: [] };
  const writer = await JournalWriter.open({ home, folder, worker: workerScript, ...about });
  await writer.baseline(['steppe.md'], initial, 'baseline');
  await writer.close();
  await writeHookProgram(home, { program: process.execPath, electron: false, dist: join(root, 'dist') });

  const turn = { session: 'closed', folder, file, prompt: 'Make it lonelier.' };
  const edit = { before: text, old: 'the steppe', new: 'the empty steppe' };
  const [asked, used] = claudePayloads({ ...turn, ...edit });
  const command = hookCommandLine(hookProgram(home), 'claude-code');
  await callHook(command, asked, folder);
  writeFileSync(file, text.replace(edit.old, edit.new));
  await callHook(command, used, folder);
}
