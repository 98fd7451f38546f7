import { accuracySuite } from './accuracySuite.ts';
import { build } from './build.ts';
import { cleanUp } from './processes.ts';
import { main } from './progress.ts';
import { Tally } from './tally.ts';

/**
 * npm run accuracy: plays the scenarios in the real VS Code, prints how often an origin was right, and writes it to
 * `out/accuracy.json`. Words pick groups; `--scenario WORDS` picks scenarios by name; `--write` puts the figures into
 * the README.
 */
await main(async () => {
  const args = process.argv.slice(2);
  const at = args.indexOf('--scenario');
  const scenario = at < 0 ? undefined : args.splice(at, 2)[1];
  const write = args.includes('--write');
  const groups = args.filter(arg => arg !== '--write');
  const tally = new Tally();
  await tally.suite('build', build);
  await tally.suite('accuracy', add =>
    accuracySuite({ groups, write, ...(scenario === undefined ? {} : { scenario }) }, add),
  );
  return tally.end();
}, cleanUp);
