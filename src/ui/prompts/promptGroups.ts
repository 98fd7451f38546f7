import type { PromptEntry } from '../../evidence/register.ts';

/** How the view gathers prompts. */
export type Grouping = 'conversation' | 'day';

/** Prompts that are shown together, newest first. */
export interface PromptGroup<T> {
  /** The same for the same group whenever it is made. */
  readonly key: string;
  readonly prompts: readonly T[];
}

type Grouped = Pick<PromptEntry, 'agent' | 'conversation' | 'asked'>;

/** The groups, the one with the newest prompt first. `prompts`: newest first. */
export function groupsOf<T extends Grouped>(prompts: readonly T[], by: Grouping): readonly PromptGroup<T>[] {
  const groups = new Map<string, T[]>();
  for (const prompt of prompts) {
    const key = keyOf(prompt, by);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [prompt]);
    else group.push(prompt);
  }
  return Array.from(groups, ([key, of]) => ({ key, prompts: of }));
}

function keyOf({ agent, conversation, asked }: Grouped, by: Grouping): string {
  switch (by) {
    case 'conversation':
      return JSON.stringify([agent, conversation]);
    case 'day':
      // The local date where it was asked.
      return asked.slice(0, 10);
  }
}
