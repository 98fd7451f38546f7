import { type QuickPickItem, window } from 'vscode';
import type { HooksDocument } from '../cli/hooks.ts';
import { isTextKey } from '../host/texts.ts';
import { remarks, tellFailure } from './cli.ts';
import type { CliResult } from './line.ts';
import type { ReadOnlyDocuments } from './readOnlyDocuments.ts';
import type { Surface } from './surface.ts';

type Tool = HooksDocument['tools'][number];
interface Item extends QuickPickItem {
  readonly tool: Tool;
}

/**
 * `holograph.hooks`: which AI tools tell at once what they write. Shows the exact change of their settings as a diff, and
 * makes it only when the person then says so.
 */
export async function chooseHooks(surface: Surface, documents: ReadOnlyDocuments): Promise<void> {
  const { texts } = surface;
  const listed = await asked(surface, []);
  if (listed.document === undefined) return tellFailure(surface, texts.t('hooks.failed'), listed.result);
  const picked = await window.showQuickPick<Item>(
    listed.document.tools.map(tool => itemOf(surface, tool)),
    {
      title: texts.t('hooks.title'),
      placeHolder: texts.t('hooks.pick'),
      canPickMany: true,
      matchOnDescription: true,
    },
  );
  if (picked === undefined) return;
  const wanted = new Set(picked.map(({ tool }) => tool.agent));
  const { tools } = listed.document;
  const steps: Step[] = [
    {
      action: 'install',
      agents: tools.filter(tool => wanted.has(tool.agent) && tool.state !== 'installed').map(nameOf),
    },
    { action: 'remove', agents: tools.filter(tool => !wanted.has(tool.agent) && isThere(tool)).map(nameOf) },
  ];
  const planned = await each(surface, steps, '--dry-run');
  const diff = planned.flatMap(({ document }) => document?.changes ?? []).map(change => change.diff);
  if (diff.join('') === '') return tellNothing(surface, planned);
  await documents.show('Holograph.diff', diff.join('\n'));
  const change = texts.t('hooks.change');
  if ((await window.showInformationMessage(texts.t('hooks.ask'), change)) !== change) return;
  await tell(surface, await each(surface, steps, '--yes'));
}

interface Step {
  readonly action: 'install' | 'remove';
  readonly agents: readonly string[];
}

interface Answer {
  readonly result: CliResult;
  /** Undefined: it could not be asked at all. */
  readonly document: HooksDocument | undefined;
}

function itemOf({ texts }: Surface, tool: Tool): Item {
  const state = tool.state === 'none' && !tool.found ? 'notFound' : tool.state;
  const key = `hooks.state.${state}`;
  return {
    label: tool.agent,
    description: isTextKey(key) ? texts.t(key) : state,
    detail: tool.files.join(' · '),
    picked: isThere(tool),
    tool,
  };
}

function isThere({ state }: Tool): boolean {
  return state === 'installed' || state === 'other';
}

function nameOf({ agent }: Tool): string {
  return agent;
}

async function each(surface: Surface, steps: readonly Step[], flag: string): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const { action, agents } of steps)
    if (agents.length > 0) answers.push(await asked(surface, [action, ...agents, flag]));
  return answers;
}

async function asked({ line, texts }: Surface, args: readonly string[]): Promise<Answer> {
  const result = await line.runCli(undefined, ['hooks', ...args, '--json', '--language', texts.language]);
  // What one file hinders leaves the rest done, and told.
  const document = result.stdout.startsWith('{') ? (JSON.parse(result.stdout) as HooksDocument) : undefined;
  return { result, document };
}

async function tellNothing(surface: Surface, planned: readonly Answer[]): Promise<void> {
  const failed = planned.find(({ document }) => document === undefined);
  if (failed) return tellFailure(surface, surface.texts.t('hooks.failed'), failed.result);
  const left = hindrances(surface, planned);
  if (left.length > 0) await window.showWarningMessage(left.join(' · '));
  else await window.showInformationMessage(surface.texts.t('hooks.nothing'));
}

async function tell(surface: Surface, made: readonly Answer[]): Promise<void> {
  const { texts } = surface;
  const failed = made.find(({ document }) => document === undefined);
  if (failed) return tellFailure(surface, texts.t('hooks.failed'), failed.result);
  const trusted = made.flatMap(({ document }) => document!.changes).filter(({ trust, done }) => trust && done);
  const said = [
    texts.t('hooks.changed'),
    ...trusted.map(({ agent }) => texts.t('hooks.trust', { agent })),
    ...hindrances(surface, made),
    ...made.flatMap(({ result }) => remarks(result)),
  ];
  await window.showInformationMessage(said.join(' · '));
}

function hindrances({ texts }: Surface, answers: readonly Answer[]): readonly string[] {
  const changes = answers.flatMap(({ document }) => document?.changes ?? []);
  return changes.flatMap(({ file, hindrance }) => (hindrance ? [texts.t(`hooks.left.${hindrance}`, { file })] : []));
}
