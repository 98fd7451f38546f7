import { bundleProduct } from '../../fuzz/bundle.ts';
import { play } from '../../fuzz/play.ts';
import { parsed } from '../../fuzz/shrink.ts';

/** What the fuzzer has found in the product, by its seed, as short as it can be told. */
const found: Readonly<Record<string, string>> = {
  'a key that comes before its text is known is understood when all is waited for': `
    seed 2 stories 2
      enter story 1 window 0 file 0 574603 327682 946421
      turn none 112736`,

  'a deleted run does not shift what another window learns of the rest': `
    seed 28 stories 2
      delete story 1 window 0 file 2 402610 940113 997652
      save story 1 window 0 file 2 1201 254044 795702
      turn second 535563
      type story 1 window 1 file 2 202360 971807 513021
      turn none 121997`,

  'ghost text that is accepted soon after one letter was pasted is ghost text': `
    seed 15 stories 2
      copy story 0 window 1 file 1 361230 79664 685786
      pasteOwn story 0 window 0 file 1 591279 530070 983033
      complete story 0 window 0 file 1 848822 121010 114730
      turn none 209493`,
};

describe('what the fuzzer has found', () => {
  before(() => bundleProduct());

  for (const [name, script] of Object.entries(found)) {
    it(name, async function () {
      this.timeout(60_000);
      await play(parsed(script), { closely: true });
    });
  }
});
