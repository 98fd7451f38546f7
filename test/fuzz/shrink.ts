import { Mismatch } from './check.ts';
import type { Phase, Plan } from './plan.ts';
import { play, said } from './play.ts';

/** The mismatch that a plan leads to, if any. */
export async function mismatchOf(plan: Plan, closely = false): Promise<string | undefined> {
  try {
    await play(plan, { closely });
    return undefined;
  } catch (error) {
    if (error instanceof Mismatch) return error.message;
    throw error;
  }
}

/** A shorter plan that still goes wrong: acts taken out as long as that is so. At most so many are played. */
export async function shrunk(plan: Plan, most = 400): Promise<{ plan: Plan; mismatch: string }> {
  let best = plan;
  let mismatch = (await mismatchOf(plan, true)) ?? (await mismatchOf(plan)) ?? 'nothing, when played again';
  let left = most;
  const closely = (await mismatchOf(plan, true)) !== undefined;
  const tries = async (phases: readonly Phase[]): Promise<boolean> => {
    if (left-- <= 0) return false;
    const found = await mismatchOf({ ...best, phases }, closely);
    if (found === undefined) return false;
    best = { ...best, phases };
    mismatch = found;
    return true;
  };
  // Most of what goes wrong has one story, or two.
  for (let story = 0; story < plan.stories; story++) {
    await tries(best.phases.map(phase => ({ ...phase, acts: phase.acts.filter(act => act.story !== story) })));
  }
  for (let again = true; again && left > 0; ) {
    again = false;
    for (let k = best.phases.length - 1; k >= 0; k--) again = (await tries(best.phases.toSpliced(k, 1))) || again;
    for (const [k, phase] of best.phases.entries()) {
      if (phase.turn !== 'none') again = (await tries(best.phases.with(k, { ...phase, turn: 'none' }))) || again;
    }
    for (let k = best.phases.length - 1; k >= 0; k--) {
      for (let size = best.phases[k]!.acts.length; size >= 1; size = Math.floor(size / 2)) {
        for (let from = best.phases[k]!.acts.length - size; from >= 0; from -= size) {
          const phase = best.phases[k]!;
          const acts = phase.acts.toSpliced(from, size);
          again = (await tries(best.phases.with(k, { ...phase, acts }))) || again;
        }
      }
    }
  }
  return { plan: best, mismatch };
}

/** The plan as a script that a test can play again. */
export function script({ seed, stories, phases }: Plan): string {
  const lines = phases.flatMap(({ acts, turn, n }) => [...acts.map(act => `  ${said(act)}`), `  turn ${turn} ${n}`]);
  return [`seed ${seed} stories ${stories}`, ...lines].join('\n');
}

/** The plan that `script` printed. */
export function parsed(text: string): Plan {
  const [head = '', ...lines] = text.trim().split('\n');
  const [, seed, , stories] = head.trim().split(' ');
  const phases: Phase[] = [];
  let acts: Phase['acts'][number][] = [];
  for (const line of lines) {
    const words = line.trim().split(' ');
    if (words[0] === 'turn') {
      phases.push({ acts, turn: words[1] as Phase['turn'], n: Number(words[2]) });
      acts = [];
    } else {
      const [name = '', , story, , window, , file, a, b, c] = words;
      const numbers = { story, window, file, a, b, c };
      const act = Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, Number(value)]));
      acts.push({ name, ...act } as unknown as Phase['acts'][number]);
    }
  }
  if (acts.length > 0) phases.push({ acts, turn: 'none', n: 0 });
  return { seed: Number(seed), stories: Number(stories), phases };
}
