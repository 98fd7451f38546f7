import type { ReadOnlyDocuments } from './readOnlyDocuments.ts';
import type { Surface } from './surface.ts';

/** `holograph.showPrompt`: a prompt's whole text, exactly as it was recorded. `id` comes from a link of ours. */
export async function showPrompt({ line, texts }: Surface, documents: ReadOnlyDocuments, id: unknown): Promise<void> {
  const prompt = typeof id === 'string' ? await line.promptOf(id) : undefined;
  if (prompt === undefined) return;
  const day = new Date(prompt.time).toISOString().slice(0, 19).replaceAll(':', '-');
  await documents.show(`${texts.t('prompt.tab')} ${day}.md`, prompt.text);
}
