import type { Texts } from '../host/texts.ts';
import { bounds } from '../provenance/tally.ts';
import type { Figures, RecordingState } from './line.ts';
import { problemText } from './problemText.ts';
import { shareText } from './share.ts';

/** What the status bar says at a glance. */
export interface StatusText {
  /** With a codicon in front. */
  readonly text: string;
  /** The same for a screen reader. */
  readonly spoken: string;
  readonly alarm: boolean;
}

export function statusText(state: RecordingState, figures: Figures | undefined, texts: Texts): StatusText {
  const { t } = texts;
  const share = figures && shareText(bounds(figures.tally).human, texts.language);
  switch (state.kind) {
    case 'recording': {
      const said = share === undefined ? t('status.recording') : t('status.human', { share });
      const icon = state.toRead === undefined ? '$(record)' : '$(sync~spin)';
      return { text: `${icon} ${said}`, spoken: `${t('status.recording')}. ${said}`, alarm: false };
    }
    case 'paused':
      return { text: `$(debug-pause) ${t('status.paused')}`, spoken: t('status.paused'), alarm: false };
    case 'notRecorded':
      return {
        text: `$(circle-slash) ${t('status.notRecorded')}`,
        spoken: `${t('status.notRecorded')}. ${t(`notRecorded.${state.why}`)}`,
        alarm: false,
      };
    case 'problem':
      return {
        text: `$(warning) ${t('status.problem')}`,
        spoken: `${t('status.problem')}. ${problemText(state.problem, texts)}`,
        alarm: true,
      };
  }
}
