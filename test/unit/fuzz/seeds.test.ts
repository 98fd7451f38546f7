import { bundleProduct } from '../../fuzz/bundle.ts';
import { later, planOf } from '../../fuzz/plan.ts';
import { play } from '../../fuzz/play.ts';

/** Seeds that once failed by what the model or its editor did wrong, or for a cause that nobody found: played whole. */
const sessions = 20;
const seeds = [
  [161, 'a rename while the text under its old name waited'],
  [198, 'the model'],
  [346, 'the model'],
  [424, 'the editor that the model plays on'],
  [464, 'not found: it never failed again'],
  [474, 'the model: two files of one text that UTF-8 cannot hold'],
] as const;
/** The same, of plans with all acts that there are now. */
const newer = [[712, 'the model: words alone between two changes that were seen as one']] as const;

describe('random sessions that failed once', () => {
  before(function () {
    this.timeout(60_000);
    return bundleProduct();
  });

  for (const [of, without] of [
    [seeds, later],
    [newer, []],
  ] as const)
    for (const [seed, cause] of of)
      it(`seed ${seed} (${cause})`, async function () {
        this.timeout(60_000);
        await play(planOf(seed, sessions, without));
      });
});
