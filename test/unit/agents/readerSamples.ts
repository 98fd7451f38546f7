import { join } from 'node:path';
import { Transcript } from './transcript.ts';

/** Writes a small record into the folder as the tool does, with a prompt and an edit in it, and gives its path. */
export type ReaderSample = (folder: string) => string;

/** One for each agent, by its name. */
export const readerSamples: Readonly<Record<string, ReaderSample>> = {
  'claude-code'(folder) {
    const talk = new Transcript(join(folder, 'talk.jsonl'));
    talk.prompt('Shorten it').edit('call', '/work/a.md', 'A long text', 'long ', '').says('Done.');
    return talk.file;
  },
};
