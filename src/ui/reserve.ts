import {
  ProgressLocation,
  Range,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  type WorkspaceFolder,
  window,
  workspace,
} from 'vscode';
import type { ReserveDocument, WrittenFile } from '../cli/reserve.ts';
import { tellFailure } from './cli.ts';
import { hasJournal, pickRecorded } from './folders.ts';
import { asTheyStand } from './label/labelEdit.ts';
import { positionOf } from './offsets.ts';
import type { Surface } from './surface.ts';

/** What the command line is asked: its options, and the folder that it is asked in. */
interface Asked {
  readonly folder: WorkspaceFolder;
  readonly argv: readonly string[];
}

/**
 * `holograph.reserveRights`: sets, removes or compares what bans the training of AI models on the work. What stands in open
 * texts is changed by one edit that can be undone, and saved; the rest is written, and all of it put on record.
 */
export async function reserveRights(surface: Surface, asked: unknown): Promise<void> {
  const { texts } = surface;
  const given = asked instanceof Uri ? asked : undefined;
  const folder = (given && workspace.getWorkspaceFolder(given)) ?? (await pickRecorded(surface));
  if (folder === undefined) return;
  if (!hasJournal(surface.line.stateOf(folder.uri)))
    return void window.showInformationMessage(texts.t('folder.noneRecorded'));
  const title = texts.t('reserve.title');
  const acts = (['set', 'remove', 'check'] as const).map(act => ({
    label: texts.t(`reserveAct.${act}`),
    detail: texts.t(`reserveAct.${act}.detail`),
    act,
  }));
  const picked = await window.showQuickPick(acts, { title });
  switch (picked?.act) {
    case undefined:
      return;
    case 'check':
      return check(surface, folder);
    case 'remove':
      return write(surface, { folder, argv: ['--remove', ...(given ? ['--', given.fsPath] : [])] });
    case 'set': {
      const argv = await pickForms(surface, folder, given);
      if (argv !== undefined) await write(surface, { folder, argv });
    }
  }
}

/** Which forms, each with what it does; for a site's, which folder is its root. */
async function pickForms(
  { texts }: Surface,
  folder: WorkspaceFolder,
  given: Uri | undefined,
): Promise<readonly string[] | undefined> {
  const title = texts.t('reserve.title');
  const forms = (['header', 'meta', 'notice', 'tdmrep', 'robots', 'rsl'] as const).map(form => ({
    label: texts.t(`reserveForm.${form}`),
    detail: texts.t(`reserveForm.${form}.detail`),
    picked: form === 'header',
    form,
  }));
  const picked = await window.showQuickPick(forms, {
    title,
    canPickMany: true,
    placeHolder: texts.t('reserve.pickForms'),
  });
  if (picked === undefined || picked.length === 0) return undefined;
  const named = picked.flatMap(({ form }) => ['--form', form]);
  const ofSite = picked.some(({ form }) => form === 'tdmrep' || form === 'robots' || form === 'rsl');
  const ofFiles = picked.some(({ form }) => form === 'header' || form === 'meta' || form === 'notice');
  const site = ofSite ? await pickSite(texts, folder) : [];
  if (site === undefined) return undefined;
  return [...named, ...site, ...(ofFiles ? ['--', (given ?? folder.uri).fsPath] : [])];
}

async function pickSite(texts: Surface['texts'], folder: WorkspaceFolder): Promise<readonly string[] | undefined> {
  const root = await pickRoot(texts, folder);
  if (root === undefined) return undefined;
  const url = await window.showInputBox({
    title: texts.t('reserve.title'),
    prompt: texts.t('reserve.url'),
    placeHolder: 'https://',
    validateInput: given =>
      given.trim() === '' || /^https?:\/\/[^\s/]+/.test(given.trim()) ? undefined : texts.t('reserve.urlHint'),
  });
  if (url === undefined) return undefined;
  return [`--site=${root.fsPath}`, ...(url.trim() === '' ? [] : [`--url=${url.trim()}`])];
}

/** Folders that are often a site's root, where they are there; or another. */
async function pickRoot(texts: Surface['texts'], folder: WorkspaceFolder): Promise<Uri | undefined> {
  const names = new Set((await workspace.fs.readDirectory(folder.uri)).map(([name]) => name));
  const often = ['public', 'site', 'static', 'www', 'web', 'docs', '_site'].filter(name => names.has(name));
  const items = [
    ...often.map(name => ({ label: name, root: Uri.joinPath(folder.uri, name) })),
    { label: folder.name, description: folder.uri.fsPath, root: folder.uri },
    { label: texts.t('reserve.otherSite'), root: undefined },
  ];
  const title = texts.t('reserve.pickSite');
  const picked = await window.showQuickPick(items, { title });
  if (picked === undefined || picked.root !== undefined) return picked?.root;
  const [other] =
    (await window.showOpenDialog({
      title,
      openLabel: texts.t('reserve.site'),
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: folder.uri,
    })) ?? [];
  return other;
}

async function write(surface: Surface, asked: Asked): Promise<void> {
  const { texts } = surface;
  const done = await window.withProgress(
    { location: ProgressLocation.Notification, title: texts.t('reserve.writing') },
    async () => {
      await saveAll(asked.folder);
      const isAsPlanned = asTheyStand();
      const plan = await ask(surface, { ...asked, argv: ['--dry-run', ...asked.argv] });
      if (plan === undefined) return undefined;
      if (!(await editOpen(surface, asked.folder, plan.files ?? [], isAsPlanned))) {
        void window.showErrorMessage(texts.t('reserve.failed'));
        return undefined;
      }
      // What stands in the texts now is on record; the other files and the acts come from the command line.
      return ask(surface, asked);
    },
  );
  if (done !== undefined) await tell(surface, asked.folder, done);
}

/**
 * By one edit that can be undone. It is recorded as a tool's: nobody typed it. False where the editor did not take it, or a
 * text is not as it was when that was planned: the places are not where they were.
 */
async function editOpen(
  { line }: Surface,
  folder: WorkspaceFolder,
  files: readonly WrittenFile[],
  isAsPlanned: (document: TextDocument) => boolean,
): Promise<boolean> {
  const edit = new WorkspaceEdit();
  const own = new Map<string, readonly string[]>();
  const open = new Map(workspace.textDocuments.map(document => [`${document.uri}`, document]));
  const documents = files.flatMap(({ place, was, changes }) => {
    const document = open.get(`${Uri.joinPath(folder.uri, place)}`);
    if (document === undefined || was !== 'changed') return [];
    for (const { from, to, insert } of changes)
      edit.replace(document.uri, new Range(positionOf(document, from), positionOf(document, to)), insert);
    own.set(
      `${document.uri}`,
      changes.map(({ insert }) => insert),
    );
    return [document];
  });
  if (documents.length === 0) return true;
  if (!documents.every(isAsPlanned)) return false;
  const taken = await line.own.write(own, () => workspace.applyEdit(edit));
  const saved = await Promise.all(documents.map(document => document.save()));
  return taken && saved.every(one => one);
}

async function tell(surface: Surface, folder: WorkspaceFolder, { places }: ReserveDocument): Promise<void> {
  const { texts } = surface;
  const of = (...did: string[]) => places.filter(one => did.includes(one.did));
  const [set, removed, told] = [of('set', 'changed'), of('removed'), of('cannot', 'already')];
  const said = [
    ...(set.length > 0 ? [texts.t('reserve.set', { n: set.length })] : []),
    ...(removed.length > 0 ? [texts.t('reserve.removed', { n: removed.length })] : []),
    ...(set.length + removed.length + told.length === 0 ? [texts.t('reserve.same')] : []),
    ...told.slice(0, 5).map(({ place, did, why, detail = '' }) => {
      return `${place}: ${texts.t(`reserveWhy.${did === 'already' || why === undefined ? 'already' : why}`, { detail })}`;
    }),
  ].join(' ');
  const undo = texts.t('reserve.undo');
  // What was changed has another text to go back to.
  const canUndo = set.length > 0 && set.every(({ did }) => did === 'set');
  const shown = told.length > 0 ? window.showWarningMessage : window.showInformationMessage;
  if ((await shown(said, ...(canUndo ? [undo] : []))) !== undo) return;
  const named = [...new Set(set.map(({ place }) => Uri.joinPath(folder.uri, place).fsPath))];
  const forms = [...new Set(set.map(({ form }) => form))].flatMap(form => ['--form', form]);
  await write(surface, { folder, argv: ['--remove', ...forms, '--', ...named] });
}

async function check(surface: Surface, folder: WorkspaceFolder): Promise<void> {
  const { texts } = surface;
  await saveAll(folder);
  const found = await ask(surface, { folder, argv: ['--check'] });
  if (found === undefined) return;
  const { faults = [] } = found;
  if (faults.length === 0) return void window.showInformationMessage(texts.t('reserve.agree'));
  const said = faults.slice(0, 5).map(({ place, why, detail }) => {
    return `${place}: ${texts.t(`reserveFault.${why}`, { detail })}`;
  });
  void window.showWarningMessage([texts.t('reserve.disagree', { n: faults.length }), ...said].join(' '));
}

/** What the command line answers; undefined, and told, where it cannot. */
async function ask({ line, texts, log }: Surface, { folder, argv }: Asked): Promise<ReserveDocument | undefined> {
  await line.flush();
  const result = await line.runCli(folder.uri, ['reserve', '--json', '--language', texts.language, ...argv]);
  if (result.code <= 1 && result.stdout !== '') return JSON.parse(result.stdout) as ReserveDocument;
  await tellFailure({ texts, log }, texts.t('reserve.failed'), result);
  return undefined;
}

/** What is written is what is recorded, and that is what is saved. */
async function saveAll(folder: WorkspaceFolder): Promise<void> {
  const unsaved = workspace.textDocuments.filter(
    document => document.isDirty && !document.isUntitled && workspace.getWorkspaceFolder(document.uri) === folder,
  );
  await Promise.all(unsaved.map(document => document.save()));
}
