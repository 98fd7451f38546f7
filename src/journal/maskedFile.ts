import type { FileText } from './fileText.ts';
import { masked } from './masked.ts';
import type { Replay } from './replay.ts';

/** A file as it is to be recorded: with the blanks of the text that is known at its path. */
export function maskedFile(replay: Replay, path: string, file: FileText): FileText {
  if (replay.redactions.length === 0) return file;
  const content = replay.at(path)?.content;
  const text = content === undefined ? file.text : masked(replay, content, file.text);
  return text === file.text ? file : { ...file, text, digest: '' };
}
