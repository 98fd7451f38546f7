import { accuracySuite } from './accuracySuite.ts';
import { build } from './build.ts';
import { cleanUp } from './processes.ts';
import { main } from './progress.ts';
import { Tally } from './tally.ts';

/**
 * npm run accuracy: plays the scenarios in the real VS Code, prints how often an origin was right, and writes it to
 * `out/accuracy.json`. Words pick groups; `--scenario WORDS` picks scenarios by name; `--times N` plays each
 * so often; `--write` puts the figures into the README.
 */
await main(async () => {
  const args = process.argv.slice(2);
  const option = (name: string) => {
    const at = args.indexOf(name);
    return at < 0 ? undefined : args.splice(at, 2)[1];
  };
  const scenario = option('--scenario');
  const times = option('--times');
  const write = args.includes('--write');
  const groups = args.filter(arg => arg !== '--write');
  const given = { ...(scenario !== undefined && { scenario }), ...(times !== undefined && { times: Number(times) }) };
  const tally = new Tally();
  await tally.suite('build', build);
  await tally.suite('accuracy', add => accuracySuite({ groups, write, ...given }, add));
  return tally.end();
}, cleanUp);
