import { verifyJournal } from '../../src/evidence/verifyJournal.ts';
import { missingForPython, verifyOnce } from '../support/pythonVerifier.ts';
import { Mismatch } from './check.ts';
import { type Plan, planOf } from './plan.ts';
import { type Played, play } from './play.ts';
import { script, shrunk } from './shrink.ts';

/** What the process prints of each plan, a line each. */
export type Told =
  | ({ readonly seed: number; readonly sessions: number; readonly ok: true } & Played)
  | { readonly seed: number; readonly sessions: number; readonly ok: false; readonly why: string };

/** Milliseconds after which a plan does not end by itself. */
const longest = 120_000;
/** Both verifiers read every twentieth journal. */
const verifyEach = 20;

/** node main.ts FIRST COUNT STORIES: plays so many plans from a seed on. The product is bundled already. */
const [first = 1, count = 1, stories = 1] = process.argv.slice(2).map(Number);
for (let seed = first; seed < first + count; seed++) {
  const told = await tell(seed);
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
process.exit(0);

async function tell(seed: number): Promise<Told> {
  const plan = planOf(seed, stories);
  try {
    const verify = seed % verifyEach === 0 ? { verify: verified } : {};
    return { seed, sessions: stories, ok: true, ...(await inTime(play(plan, verify))) };
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error;
    return { seed, sessions: stories, ok: false, why: await shortest(plan, error) };
  }
}

async function shortest(plan: Plan, error: Mismatch): Promise<string> {
  // Takes as long as hundreds of plans.
  if (process.env.FUZZ_SHRINK === '0') return error.message;
  const small = await shrunk(plan);
  return `${error.message}\n${script(small.plan)}\n=> ${small.mismatch}`;
}

function verified(file: string): void {
  const found = verifyJournal(file, {});
  if (!found.consistent) throw new Mismatch(`the journal does not verify: ${JSON.stringify(found.wrong)}`);
  if (missingForPython() !== undefined) return;
  const told = verifyOnce(file);
  if (!told.consistent) throw new Mismatch(`the journal does not verify in Python: ${JSON.stringify(told.wrong)}`);
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Mismatch(`no end within ${longest / 1000} s`)), longest);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
