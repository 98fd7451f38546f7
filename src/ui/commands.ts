import { commands, window } from 'vscode';
import { type Command, commands as ids, linkCommands, walkthrough } from '../host/ids.ts';
import { type Disposable, Store } from '../host/lifecycle.ts';
import { backUp } from './backup.ts';
import type { Chat } from './chat.ts';
import type { Decorations } from './decorations.ts';
import type { WorkPage } from './describe/workPage.ts';
import { examineRecords } from './doctor.ts';
import { attachExhibit, setMilestone } from './exhibits.ts';
import { exportPackage } from './exportPackage.ts';
import { chooseHooks } from './hooks.ts';
import type { PassageHover } from './hover.ts';
import { keepKey, restoreKey } from './keyCopy.ts';
import { labelWork, updateLabel } from './label/labelWork.ts';
import { openMenu } from './openMenu.ts';
import type { PromptForm } from './promptForm.ts';
import type { PromptView } from './prompts/promptView.ts';
import type { ReadOnlyDocuments } from './readOnlyDocuments.ts';
import { pauseRecording, resumeRecording, startRecording } from './recording.ts';
import { redact } from './redact.ts';
import type { ReplayPanel } from './replayPanel.ts';
import { openReportInBrowser } from './reportInBrowser.ts';
import type { ReportPanel } from './reportPanel.ts';
import { reserveRights } from './reserve.ts';
import { restoreBackup } from './restore.ts';
import type { ReviewView } from './review/reviewView.ts';
import { rotateKey, showKey } from './rotateKey.ts';
import { saveForms } from './saveForms.ts';
import { saveReport } from './saveReport.ts';
import { copySealLine } from './sealLine.ts';
import { signPackage } from './sign.ts';
import type { Surface } from './surface.ts';
import { timestamp } from './timestamp.ts';
import type { TraceFile } from './traceFile.ts';
import { verifyPackage } from './verifyPackage.ts';

/** The parts with a life of their own that commands reach. */
export interface Parts {
  readonly decorations: Decorations;
  readonly hover: PassageHover;
  readonly reportPanel: ReportPanel;
  readonly replayPanel: ReplayPanel;
  readonly promptForm: PromptForm;
  readonly chat: Chat;
  readonly prompts: PromptView;
  readonly review: ReviewView;
  readonly documents: ReadOnlyDocuments;
  readonly traceFile: TraceFile;
  readonly workPage: WorkPage;
}

/** Registers every command. One that fails says so once and leaves the reason in the output channel. */
export function registerCommands(surface: Surface, parts: Parts, extensionId: string): Disposable {
  const store = new Store();
  const table: Readonly<Record<Command, (asked?: unknown) => unknown>> = {
    [ids.startRecording]: () => startRecording(surface),
    [ids.pauseRecording]: () => pauseRecording(surface),
    [ids.resumeRecording]: () => resumeRecording(surface),
    [ids.toggleDecorations]: () => parts.decorations.toggle(),
    [ids.explainPassage]: () => parts.hover.explain(),
    [ids.recordPrompt]: () => parts.promptForm.show(),
    [ids.showPrompts]: () => parts.prompts.show(),
    [ids.showPromptText]: asked => parts.prompts.showText(asked),
    [ids.showWholePrompt]: asked => parts.prompts.showWhole(asked),
    [ids.showPromptAnswer]: asked => parts.prompts.showAnswer(asked),
    [ids.notePrompt]: asked => parts.prompts.note(asked),
    [ids.protectPrompt]: asked => parts.prompts.protect(asked),
    [ids.copyPrompt]: asked => parts.prompts.copy(asked),
    [ids.filterPrompts]: () => parts.prompts.filter(),
    [ids.unfilterPrompts]: () => parts.prompts.unfilter(),
    [ids.groupPrompts]: () => parts.prompts.group(),
    [ids.refreshPrompts]: () => parts.prompts.refresh(),
    [ids.showReport]: () => parts.reportPanel.show(),
    [ids.replay]: asked => parts.replayPanel.show(asked),
    [ids.openReportInBrowser]: () => openReportInBrowser(surface),
    [ids.saveReport]: () => saveReport(surface),
    [ids.describeWork]: () => parts.workPage.show(),
    [ids.attachExhibit]: asked => attachExhibit(surface, asked),
    [ids.setMilestone]: () => setMilestone(surface),
    [ids.review]: () => parts.review.show(),
    [ids.recordReview]: asked => parts.review.record(asked),
    [ids.openReviewPolicy]: asked => parts.review.openPolicy(asked),
    [ids.refreshReview]: () => parts.review.refresh(),
    [ids.labelWork]: asked => labelWork(surface, asked),
    [ids.reserveRights]: asked => reserveRights(surface, asked),
    [ids.exportPackage]: () => exportPackage(surface),
    [ids.saveForms]: () => saveForms(surface),
    [ids.timestamp]: () => timestamp(surface),
    [ids.signPackage]: () => signPackage(surface),
    [ids.verifyPackage]: () => verifyPackage(surface, parts.documents),
    [ids.backup]: () => backUp(surface),
    [ids.restore]: () => restoreBackup(surface),
    [ids.doctor]: () => examineRecords(surface, parts.documents),
    [ids.hooks]: () => chooseHooks(surface, parts.documents),
    [ids.copySealLine]: () => copySealLine(surface),
    [ids.showKey]: () => showKey(surface),
    [ids.rotateKey]: () => rotateKey(surface),
    [ids.keepKey]: () => keepKey(surface),
    [ids.restoreKey]: () => restoreKey(surface),
    [ids.redact]: () => redact(surface),
    [ids.openMenu]: () => openMenu(surface),
    [ids.openWalkthrough]: () =>
      commands.executeCommand('workbench.action.openWalkthrough', `${extensionId}#${walkthrough}`, false),
    [ids.recordTrace]: asked => parts.traceFile.record(asked),
    [ids.stopTrace]: () => parts.traceFile.stop(),
    [ids.showLog]: () => surface.log.show(),
  };
  const register = (id: string, run: (...args: readonly unknown[]) => unknown) =>
    store.add(commands.registerCommand(id, (...args: readonly unknown[]) => guarded(surface, id, () => run(...args))));
  for (const [id, run] of Object.entries(table)) register(id, run);
  register(linkCommands.showPrompt, id => parts.prompts.reveal(id));
  register(linkCommands.showReviewed, (folder, path) => parts.review.open(folder, path));
  register(linkCommands.updateLabel, uri => updateLabel(surface, uri));
  register(linkCommands.insertAnswer, answer => parts.chat.insert(answer));
  return store;
}

async function guarded({ texts, log }: Surface, id: string, run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (failure) {
    log.error(`${id} failed`, failure);
    const show = texts.t('action.showLog');
    if ((await window.showErrorMessage(texts.t('command.failed'), show)) === show) log.show();
  }
}
