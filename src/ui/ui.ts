import { type ExtensionContext, env, Uri } from 'vscode';
import { type Disposable, Store } from '../host/lifecycle.ts';
import type { Log } from '../host/log.ts';
import type { Settings } from '../host/settings.ts';
import { chooseLanguage, Texts } from '../host/texts.ts';
import { Chat } from './chat.ts';
import { registerCommands } from './commands.ts';
import { Consent } from './consent.ts';
import { keepContexts } from './contextKeys.ts';
import { Decorations } from './decorations.ts';
import { WorkPage } from './describe/workPage.ts';
import { PassageHover } from './hover.ts';
import { LabelProblems } from './label/labelProblems.ts';
import type { Line } from './line.ts';
import { Problems } from './problems.ts';
import { PromptForm } from './promptForm.ts';
import { PromptView } from './prompts/promptView.ts';
import { ReadOnlyDocuments } from './readOnlyDocuments.ts';
import { begin } from './recording.ts';
import { ReplayPanel } from './replayPanel.ts';
import { ReportPanel } from './reportPanel.ts';
import { ReviewView } from './review/reviewView.ts';
import { StatusBar } from './statusBar.ts';
import type { Surface } from './surface.ts';
import { timeStampingOf } from './timestamp.ts';
import { TraceFile } from './traceFile.ts';
import { Works } from './works.ts';

/**
 * Opens everything a person sees over the line. What it answers owns all of it. `opened` settles when
 * the line knows which folders have consent: until then no state is shown and nothing is asked.
 */
export function openUi(
  context: ExtensionContext,
  line: Line,
  settings: Settings,
  log: Log,
  opened: Promise<unknown> = Promise.resolve(),
): Disposable {
  const store = new Store();
  const language = () => chooseLanguage(settings.language, env.language);
  const texts = new Texts(language());
  // First of all listeners, so that those after it already draw in the new language.
  store.add(settings.onDidChange(() => texts.speak(language())));
  const surface: Surface = {
    line,
    works: new Works({ line, texts, log }),
    texts,
    settings,
    log,
    extension: context.extensionUri,
    scratch: Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'reports'),
    kept: { workspace: context.workspaceState, person: context.globalState },
  };
  const decorations = store.add(new Decorations(surface));
  const documents = store.add(new ReadOnlyDocuments());
  const parts = {
    decorations,
    hover: store.add(new PassageHover(surface, decorations)),
    reportPanel: store.add(new ReportPanel(surface)),
    replayPanel: store.add(new ReplayPanel(surface)),
    promptForm: store.add(new PromptForm(surface)),
    chat: store.add(new Chat(surface)),
    prompts: store.add(new PromptView(surface, documents)),
    review: store.add(new ReviewView(surface)),
    documents,
    traceFile: store.add(new TraceFile(surface)),
    workPage: store.add(new WorkPage(surface)),
  };
  store.add(registerCommands(surface, parts, context.extension.id));
  store.add(keepContexts(line));
  store.add(new Problems(surface));
  const show = () => {
    if (store.isDisposed) return;
    store.add(new StatusBar(surface));
    store.add(new LabelProblems(surface));
    store.add(new Consent(surface));
    const begun = surface.works.askAll((folder, record) => begin(surface, folder, 'person', record));
    begun.catch((failure: unknown) => log.error('The journals of the folders could not be looked for', failure));
    store.add(timeStampingOf(surface));
  };
  // What hindered the opening is told by the line, as a problem of a folder; the state is shown all the same.
  opened.then(show, show);
  return store;
}
