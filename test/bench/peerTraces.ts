import { say, shown } from './measure.ts';
import { peerRows, preparePeers } from './peers.ts';

/** Edits of real traces, an origin for every 32 of them: ours and every library that keeps origins, in one run. */
interface Row {
  readonly tracker: string;
  readonly attribution: boolean;
  readonly trace: string;
  readonly edits: number;
  readonly done: number;
  readonly correct: boolean | null;
  readonly nsPerEdit: number;
  readonly nsMin: number;
  readonly error?: string;
}

const peers = ['loro-marks', 'codemirror-rangeset', 'vscode-compose', 'yjs-attributes', 'prosemirror-changeset'];
const textOnly = ['diamond-types'];
const cap = process.argv[2] ?? '3';

console.log(
  `Real traces beside the peers, median of runs; those that take over ${cap} s are stopped, for what they did`,
);
if (await preparePeers()) {
  let ours: Row | undefined;
  const only = ['project', ...textOnly, ...peers].join(',');
  for await (const row of peerRows<Row>('bench-spans.mjs', ['--only', only, '--modes', 'burst', '--cap', cap])) {
    const { tracker, trace, error } = row;
    if (error !== undefined) {
      say(`${trace}: ${tracker}`, 'did not run', error.split('\n')[0]);
      continue;
    }
    if (tracker === 'project') ours = row;
    const times = ours === undefined ? '' : `${Math.round(row.nsPerEdit / ours.nsPerEdit)} x ours`;
    const note = tracker === 'project' ? wrong(row) : row.attribution ? `${times}, goal 100` : `${times}, no origins`;
    say(`${trace}: ${tracker === 'project' ? 'ours' : tracker}`, shown(row.nsPerEdit), note);
    if (tracker === 'project' && row.correct === false) process.exitCode = 1;
  }
}

function wrong({ correct }: Row): string {
  return correct === true ? 'equals the reference' : 'NOT the reference';
}
