import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bundleProduct } from '../fuzz/bundle.ts';
import { pictured, playTrace } from '../support/tracePlayer.ts';
import { TraceStory } from '../support/traceStory.ts';
import { cleanUp } from './processes.ts';
import { Failure, main } from './progress.ts';

/** npm run trace -- FILE [--json]: plays a trace to the product and prints what it finds each text to be made of. */
await main(async () => {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
  const [file] = positionals;
  if (file === undefined) throw new Failure('No trace named.', 'npm run trace -- FILE');
  const story = TraceStory.parse(readFileSync(file, 'utf8'));
  await bundleProduct();
  const played = await playTrace(story);
  process.stdout.write(values.json ? `${JSON.stringify(played)}\n` : pictured(played));
  return 0;
}, cleanUp);
