import { bounds } from '../provenance/tally.ts';
import { toolText } from '../rights/label.ts';
import type { LabelFacts } from '../rights/labelFacts.ts';
import type { Call } from './command.ts';
import type { LabelledEntry } from './label.ts';

/** A line a file that has a label or needs one; the rest is counted. */
export function printLabels({ words, print }: Call, files: readonly LabelledEntry[], dryRun: boolean): void {
  if (dryRun) print(words.t('label.dryRun'));
  for (const { file, did, why, label, facts, beside } of files) {
    if (did === 'none') continue;
    const done = words.t(why === null && did !== 'cannot' ? `label.did.${did}` : `label.cannot.${why ?? 'unrecorded'}`);
    print(`${plain(file)}: ${done}`);
    if (label === null) continue;
    print(`   ${plain(label.notice)}`);
    print(`   ${label.digitalSourceType}${beside === null ? '' : `  ${plain(beside)}`}`);
    print(`   ${factsLine(words, facts)}`);
  }
  const none = files.filter(({ did }) => did === 'none').length;
  if (none > 0) print(words.t('label.none', { n: none }));
}

/** A line a fault, as programs that check others print them: the file, a colon, what is wrong. */
export function printFaults({ words, print }: Call, files: readonly LabelledEntry[]): void {
  const wrong = files.filter(({ faults }) => faults.length > 0);
  for (const { file, faults, facts } of wrong)
    for (const { why, detail } of faults)
      print(`${plain(file)}: ${words.t(`label.fault.${why}`, { detail: plain(detail) })} ${factsLine(words, facts)}`);
  if (wrong.length === 0) print(words.t('label.agree', { n: files.length }));
}

/** `Assisted-by` as the Linux kernel's documentation has it (process/coding-assistants): tool, colon, model. */
export function trailersOf(files: readonly LabelledEntry[]): string[] {
  const all = files.flatMap(({ facts }) => facts.tools);
  const lines = all.map(({ name, model }) => {
    const named = model === undefined ? name : `${name}:${model.slice(model.lastIndexOf('/') + 1)}`;
    return `Assisted-by: ${plain(named)}`;
  });
  return [...new Set(lines)].sort();
}

/** Shares with their bounds: a low one where nothing open is an AI's, a high one where all of it is. */
function factsLine(words: Call['words'], { machine, human, open, tools }: LabelFacts): string {
  const hands = { human, machine, mechanical: 0, outside: 0, earlier: 0, unknown: open };
  const shares = bounds({ kinds: {}, hands, length: human + machine + open });
  const named = toolText(tools);
  return words.t('label.facts', { machine: words.range(shares.machine), tools: named === '' ? '—' : plain(named) });
}

/** Texts are foreign: nothing in them may move the cursor or turn the direction of a line. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '·');
}
