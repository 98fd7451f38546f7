import { type LogOutputChannel, window } from 'vscode';

export type Log = LogOutputChannel;

/** The output channel "Holograph": what a person reads when something did not work. Holds no text of theirs. */
export function openLog(): Log {
  return window.createOutputChannel('Holograph', { log: true });
}
