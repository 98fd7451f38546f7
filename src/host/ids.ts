/**
 * Every id that the manifest and the code share, once. `test/unit/host/manifest.test.ts` holds this
 * file and `package.json` together: an id in one and not in the other fails.
 */

/** Commands a person can find in the palette. */
export const commands = {
  startRecording: 'holograph.startRecording',
  pauseRecording: 'holograph.pauseRecording',
  resumeRecording: 'holograph.resumeRecording',
  toggleDecorations: 'holograph.toggleDecorations',
  explainPassage: 'holograph.explainPassage',
  recordPrompt: 'holograph.recordPrompt',
  /** Of the prompts' view. Arguments: none, which means the row that is selected there, or [prompt id]. */
  showPrompts: 'holograph.showPrompts',
  showPromptText: 'holograph.showPromptText',
  showWholePrompt: 'holograph.showWholePrompt',
  showPromptAnswer: 'holograph.showPromptAnswer',
  notePrompt: 'holograph.notePrompt',
  protectPrompt: 'holograph.protectPrompt',
  copyPrompt: 'holograph.copyPrompt',
  filterPrompts: 'holograph.filterPrompts',
  unfilterPrompts: 'holograph.unfilterPrompts',
  groupPrompts: 'holograph.groupPrompts',
  refreshPrompts: 'holograph.refreshPrompts',
  showReport: 'holograph.showReport',
  /** Arguments: none, which means the active editor's file or else a whole work, or [uri of a file]. */
  replay: 'holograph.replay',
  openReportInBrowser: 'holograph.openReportInBrowser',
  saveReport: 'holograph.saveReport',
  describeWork: 'holograph.describeWork',
  /** Arguments: none, or [uri of a file], as the explorer gives it. */
  attachExhibit: 'holograph.attachExhibit',
  setMilestone: 'holograph.setMilestone',
  review: 'holograph.review',
  /** Arguments: none, or [row of a file] of the review's view. */
  recordReview: 'holograph.recordReview',
  /** Arguments: none, or [uri of a folder]. */
  openReviewPolicy: 'holograph.openReviewPolicy',
  refreshReview: 'holograph.refreshReview',
  /** Arguments: none, or [uri of a file], as the explorer gives it. */
  labelWork: 'holograph.labelWork',
  /** Arguments: none, or [uri of a file or folder], as the explorer gives it. */
  reserveRights: 'holograph.reserveRights',
  exportPackage: 'holograph.exportPackage',
  saveForms: 'holograph.saveForms',
  timestamp: 'holograph.timestamp',
  signPackage: 'holograph.signPackage',
  verifyPackage: 'holograph.verifyPackage',
  backup: 'holograph.backup',
  restore: 'holograph.restore',
  doctor: 'holograph.doctor',
  hooks: 'holograph.hooks',
  copySealLine: 'holograph.copySealLine',
  showKey: 'holograph.showKey',
  rotateKey: 'holograph.rotateKey',
  keepKey: 'holograph.keepKey',
  restoreKey: 'holograph.restoreKey',
  redact: 'holograph.redact',
  openMenu: 'holograph.openMenu',
  openWalkthrough: 'holograph.openWalkthrough',
  /** Arguments: none, or [{file: path, scrambled: boolean}] of a caller that asks nobody. */
  recordTrace: 'holograph.recordTrace',
  stopTrace: 'holograph.stopTrace',
  showLog: 'holograph.showLog',
} as const;
export type Command = (typeof commands)[keyof typeof commands];

/** Commands that only links inside our own texts call; the manifest does not name them. */
export const linkCommands = {
  /** Arguments: [prompt id]. */
  showPrompt: 'holograph.showPrompt',
  /** Of the review's view: a file at its longest machine run. Arguments: [uri of a folder, path in it]. */
  showReviewed: 'holograph.showReviewed',
  /** Of a problem that a label has. Arguments: [uri of the file]. */
  updateLabel: 'holograph.updateLabel',
  /** Of a button under an answer of our chat participant. Arguments: [{text, prompt?: id}]. */
  insertAnswer: 'holograph.insertAnswer',
} as const;

/** Commands that only keybindings of ours run; no palette shows them. */
export const keyCommands = {
  /** A command that accepts ghost text has just run. Arguments: [its id]. */
  noteAccepted: 'holograph.noteAccepted',
} as const;

/** Settings, without the prefix `holograph.`. */
export const settings = {
  language: 'language',
  exclude: 'exclude',
  agents: 'agents',
  withholdSecrets: 'withholdSecrets',
  decorationsHands: 'decorations.hands',
  decorationsGutter: 'decorations.gutter',
  decorationsOverviewRuler: 'decorations.overviewRuler',
  reportLanguage: 'report.language',
  timestampServers: 'timestampServers',
} as const;
export const settingsPrefix = 'holograph';

/** Context keys that `when` clauses of the manifest read. */
export const contexts = {
  /** Some folder of the window is recorded and not paused. */
  recording: 'holograph.recording',
  /** Some folder of the window is paused. */
  paused: 'holograph.paused',
  /** Some folder of the window has a journal. */
  hasJournal: 'holograph.hasJournal',
  /** A trace is being recorded in this window. */
  tracing: 'holograph.tracing',
  /** The prompts' view shows some of them only. */
  promptsFiltered: 'holograph.promptsFiltered',
  /** Origins are being shown. */
  decorations: 'holograph.decorations',
} as const;

/** The container in the activity bar, and what stands in it. */
export const viewContainer = 'holograph';
export const views = {
  prompts: 'holograph.prompts',
  review: 'holograph.reviewView',
} as const;

export const walkthrough = 'start';
export const reportPanel = 'holograph.report';
export const replayPanel = 'holograph.replayPanel';
export const promptForm = 'holograph.promptForm';
/** The page to describe the work, an editor of `holograph.json`. */
export const workPage = 'holograph.work';
/** The participant of the editor's chat. */
export const chatParticipant = 'holograph.chat';
/** Scheme of our read-only documents: a prompt's text, the result of a verification. */
export const readOnlyScheme = 'holograph';

/** Theme colours, as `contributes.colors` has them. */
export const colors = {
  human: 'holograph.human',
  machine: 'holograph.machine',
  machineBackground: 'holograph.machineBackground',
  mechanical: 'holograph.mechanical',
  outside: 'holograph.outside',
  earlier: 'holograph.earlier',
  unknown: 'holograph.unknown',
} as const;
