import type { PromptsDocument } from '../../cli/prompts.ts';
import type { Surface } from '../surface.ts';
import type { Listed } from './promptRegister.ts';

/** A line of its own between what was said at one time and at another. */
const apart = '\n\n---\n\n';

/** What was answered to a prompt in words, as the record has it; undefined where it cannot be read: the output channel says why. */
export async function promptAnswers(
  { line, log }: Pick<Surface, 'line' | 'log'>,
  { folder, agent, id }: Pick<Listed, 'folder' | 'agent' | 'id'>,
): Promise<string | undefined> {
  const asked = ['prompts', '--all', '--answers', '--agent', agent, '--json'];
  const { code, stdout, stderr } = await line.runCli(folder.uri, asked);
  if (code !== 0) {
    log.error(`The answers of ${agent} could not be read: ${stderr}`);
    return undefined;
  }
  const { prompts } = JSON.parse(stdout) as PromptsDocument;
  const given = prompts.find(prompt => prompt.id === id)?.given ?? [];
  return given.map(({ text }) => text).join(apart);
}
