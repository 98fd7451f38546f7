import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleProduct } from '../../fuzz/bundle.ts';
import { equalsGolden } from '../../support/golden.ts';
import { pictured, playTrace } from '../../support/tracePlayer.ts';
import { TraceStory } from '../../support/traceStory.ts';

const folder = join(import.meta.dirname, '../../golden/traces');

/** What VS Code 1.139 told in sessions of our own, keys, clipboard and disk real; each is made of the same as then. */
describe('recorded traces', () => {
  before(function () {
    this.timeout(60_000);
    return bundleProduct();
  });

  for (const name of readdirSync(folder).filter(file => file.endsWith('.jsonl'))) {
    it(name.replace('.jsonl', ''), async function () {
      this.timeout(60_000);
      const played = await playTrace(TraceStory.parse(readFileSync(join(folder, name), 'utf8')));
      equalsGolden(`traces/${name.replace('.jsonl', '.txt')}`, pictured(played));
    });
  }
});
