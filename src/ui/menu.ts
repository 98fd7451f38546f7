import { type Command, commands } from '../host/ids.ts';
import type { TextKey } from '../host/texts.ts';
import type { RecordingState } from './line.ts';

export interface MenuItem {
  readonly icon: string;
  readonly label: TextKey;
  readonly command: Command;
}

const origins: MenuItem = { icon: 'symbol-color', label: 'action.origins', command: commands.toggleDecorations };
const evidence: readonly MenuItem[] = [
  { icon: 'comment-discussion', label: 'action.prompts', command: commands.showPrompts },
  { icon: 'comment', label: 'action.recordPrompt', command: commands.recordPrompt },
  { icon: 'book', label: 'action.report', command: commands.showReport },
  { icon: 'package', label: 'action.export', command: commands.exportPackage },
  { icon: 'save', label: 'action.backup', command: commands.backup },
  { icon: 'watch', label: 'action.timestamp', command: commands.timestamp },
  { icon: 'mail', label: 'action.sealLine', command: commands.copySealLine },
];
const always: readonly MenuItem[] = [
  { icon: 'verified', label: 'action.verify', command: commands.verifyPackage },
  { icon: 'question', label: 'action.whatIsRecorded', command: commands.openWalkthrough },
  { icon: 'output', label: 'action.showLog', command: commands.showLog },
];

/** What the status bar's menu offers in a state, the likeliest first. */
export function menuItems(state: RecordingState): readonly MenuItem[] {
  switch (state.kind) {
    case 'recording':
      return [
        origins,
        ...evidence,
        { icon: 'debug-pause', label: 'action.pause', command: commands.pauseRecording },
        ...always,
      ];
    case 'paused':
      return [
        { icon: 'record', label: 'action.resume', command: commands.resumeRecording },
        origins,
        ...evidence,
        ...always,
      ];
    case 'notRecorded':
      return [{ icon: 'record', label: 'action.start', command: commands.startRecording }, ...always];
    case 'problem':
      return [
        ...always.toReversed(),
        ...evidence,
        { icon: 'debug-pause', label: 'action.pause', command: commands.pauseRecording },
      ];
  }
}
