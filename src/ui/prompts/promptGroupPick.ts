import { window } from 'vscode';
import type { Surface } from '../surface.ts';
import type { Grouping } from './promptGroups.ts';

const groupings: readonly Grouping[] = ['conversation', 'day'];

/** How the view gathers prompts from now on; undefined: as before. */
export async function askGrouping({ texts }: Pick<Surface, 'texts'>, now: Grouping): Promise<Grouping | undefined> {
  const items = groupings.map(grouping => ({
    label: texts.t(`grouping.${grouping}`),
    description: grouping === now ? '✓' : '',
    grouping,
  }));
  const picked = await window.showQuickPick(items, { placeHolder: texts.t('prompts.group.pick') });
  return picked?.grouping;
}
