import { type CancellationToken, ProgressLocation, type QuickPickItem, type WorkspaceFolder, window } from 'vscode';
import { knownServers, serverUrl } from '../evidence/timeStamps/servers.ts';
import { cancelled, complaint, tellFailure } from './cli.ts';
import { foldersThat, hasJournal, isStopped, pickRecorded } from './folders.ts';
import type { CliResult } from './line.ts';
import type { Surface } from './surface.ts';
import { TimeStamping } from './timeStamping.ts';
import { readAnswers, timeStampText } from './timeStampText.ts';

const agreedAs = 'holograph.timeStampsAgreed';

/** `holograph.timestamp`: says once what leaves this machine, has servers chosen, and has the newest state stamped. */
export async function timestamp(surface: Surface): Promise<void> {
  const { texts } = surface;
  const folder = await pickRecorded(surface);
  if (folder === undefined || !(await agreed(surface))) return;
  const chosen = serversIn(surface);
  const servers = chosen.length > 0 ? chosen : await chooseServers(surface);
  if (servers === undefined || servers.length === 0) return;
  const result = await window.withProgress(
    { location: ProgressLocation.Notification, title: texts.t('timestamp.asking'), cancellable: true },
    async (_, token) => {
      const made = await stamped(surface, folder, servers, [], token);
      return cancelled(token) ? undefined : made;
    },
  );
  if (result === undefined) return;
  const answers = readAnswers(result.stdout);
  if (answers === undefined) return tellFailure(surface, texts.t('timestamp.failed'), result);
  const text = timeStampText(answers, texts);
  surface.log.info(`${text}\n${result.stderr}`.trim());
  if (answers.servers.some(({ outcome }) => outcome === 'failed')) {
    const show = texts.t('action.showLog');
    if ((await window.showWarningMessage(text, show)) === show) surface.log.show();
  } else void window.showInformationMessage(text);
}

/** The servers of the person's settings that can be asked; one that cannot is no reason to ask nobody, or another. */
export function serversIn({ settings, log }: Pick<Surface, 'settings' | 'log'>): readonly string[] {
  const given = settings.timestampServers;
  const wrong = given.filter(url => serverUrl(url) === undefined);
  if (wrong.length > 0) log.warn(`holograph.timestampServers: ${wrong.length} of ${given.length} cannot be asked`);
  return given.filter(url => serverUrl(url) !== undefined);
}

/** Asks the servers for a folder's newest state, or with `--queued` for what waits. */
export async function stamped(
  { line, texts }: Pick<Surface, 'line' | 'texts'>,
  folder: WorkspaceFolder,
  servers: readonly string[],
  more: readonly string[],
  token?: CancellationToken,
): Promise<CliResult> {
  await line.flush();
  const named = servers.flatMap(server => ['--server', server]);
  return line.runCli(folder.uri, ['timestamp', '--json', '--language', texts.language, ...more, ...named], { token });
}

/** Has what waits stamped, while the window is open. */
export function timeStampingOf(surface: Surface): TimeStamping<WorkspaceFolder> {
  const { line, settings, log } = surface;
  return new TimeStamping({
    servers: () => serversIn(surface),
    onDidChange: settings.onDidChange,
    folders: () => foldersThat(line, state => hasJournal(state) && !isStopped(state)),
    ask: (folder, servers) => stamped(surface, folder, servers, ['--queued']),
    log,
  });
}

/** Before a package is made: what it is made at is stamped where the person has named servers. Says nothing but in the log. */
export async function stampedBefore(
  surface: Pick<Surface, 'line' | 'texts' | 'settings' | 'log'>,
  folder: WorkspaceFolder,
  token: CancellationToken,
): Promise<void> {
  const servers = serversIn(surface);
  if (servers.length === 0) return;
  const result = await stamped(surface, folder, servers, [], token);
  if (result.code !== 0) surface.log.warn(`time stamps: ${result.stdout} ${complaint(result)}`);
}

/** What leaves this machine is said once to each person; who closes the question has not agreed. */
async function agreed({ texts, kept }: Surface): Promise<boolean> {
  if (kept.person.get<boolean>(agreedAs) === true) return true;
  const yes = texts.t('timestamp.agree');
  const detail = texts.t('timestamp.leaves');
  const answer = await window.showInformationMessage(texts.t('timestamp.title'), { modal: true, detail }, yes);
  if (answer !== yes) return false;
  await kept.person.update(agreedAs, true);
  return true;
}

/** Lets the person choose servers, which from then on stamp what waits. */
async function chooseServers({ texts, settings }: Surface): Promise<readonly string[] | undefined> {
  const items = knownServers.map(({ operator, url, root }) => ({
    label: operator,
    description: url,
    detail: texts.t(`clock.${root}`),
    url,
  }));
  const other = { label: texts.t('timestamp.other'), url: undefined };
  const picked = await window.showQuickPick<QuickPickItem & { readonly url: string | undefined }>([...items, other], {
    title: texts.t('timestamp.title'),
    placeHolder: texts.t('timestamp.pick'),
    canPickMany: true,
  });
  if (picked === undefined) return undefined;
  const named = picked.includes(other) ? await askForServer(texts) : [];
  if (named === undefined) return undefined;
  const urls = [...picked.flatMap(({ url }) => (url === undefined ? [] : [url])), ...named];
  if (urls.length > 0) await settings.setTimestampServers(urls);
  return urls;
}

async function askForServer(texts: Surface['texts']): Promise<readonly string[] | undefined> {
  const given = await window.showInputBox({
    title: texts.t('timestamp.title'),
    prompt: texts.t('timestamp.url'),
    placeHolder: 'https://',
    validateInput: text => (serverUrl(text) === undefined ? texts.t('timestamp.urlWrong') : undefined),
  });
  const url = given === undefined ? undefined : serverUrl(given);
  return url === undefined ? undefined : [url];
}
