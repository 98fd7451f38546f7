import { type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { Texts } from '../../host/texts.ts';
import type { Surface } from '../surface.ts';
import { toolName } from '../toolNames.ts';
import { asksNothing, type Filtered, isShown, type PromptFilter } from './promptFilter.ts';

interface Choice extends QuickPickItem {
  /** What is asked from then on; a promise where it is still to be asked for. */
  readonly filter?: () => PromptFilter | Promise<PromptFilter | undefined>;
}

/** Which prompts the view shows from now on: one more thing is asked of them, or nothing. Undefined: as before. */
export async function askFilter(
  { texts }: Pick<Surface, 'texts'>,
  prompts: readonly Filtered[],
  now: PromptFilter,
): Promise<PromptFilter | undefined> {
  const picked = await window.showQuickPick(choices(texts, prompts, now), {
    placeHolder: texts.t('prompts.filter.pick'),
    matchOnDescription: true,
  });
  return picked?.filter?.();
}

function choices(texts: Texts, prompts: readonly Filtered[], now: PromptFilter): Choice[] {
  const { t } = texts;
  const counted = (label: string, filter: PromptFilter): Choice => {
    const n = prompts.filter(prompt => isShown(prompt, filter)).length;
    return { label, description: t('prompts.count', { n }), filter: () => filter };
  };
  const agents = [...new Set(prompts.map(({ agent }) => agent))].sort();
  const models = [...new Set(prompts.map(({ model }) => model))].sort();
  return [
    ...(asksNothing(now) ? [] : [{ label: t('prompts.filter.none'), filter: () => ({}) }]),
    { label: t('prompts.filter.words'), filter: () => askWords(texts, now) },
    counted(t('prompts.filter.led'), { ...now, led: true }),
    counted(t('prompts.filter.notLed'), { ...now, led: false }),
    counted(t('prompts.filter.marked'), { ...now, marked: true }),
    counted(t('prompts.filter.noted'), { ...now, noted: true }),
    { label: t('prompts.filter.agent'), kind: QuickPickItemKind.Separator },
    ...agents.map(agent => counted(toolName(agent), { ...now, agent })),
    { label: t('prompts.filter.model'), kind: QuickPickItemKind.Separator },
    ...models.map(model => counted(model ?? t('prompts.noModel'), { ...now, model })),
  ];
}

async function askWords({ t }: Texts, now: PromptFilter): Promise<PromptFilter | undefined> {
  const words = await window.showInputBox({ prompt: t('prompts.filter.words.ask'), value: now.words ?? '' });
  if (words === undefined) return undefined;
  const { words: _, ...rest } = now;
  return words.trim() === '' ? rest : { ...rest, words: words.trim() };
}
