import { commands } from '../host/ids.ts';
import type { Texts } from '../host/texts.ts';
import { hands } from '../provenance/origin.ts';
import { bounds } from '../provenance/tally.ts';
import type { Figures, JournalSize, RecordingState } from './line.ts';
import { commandLink, plain } from './markdown.ts';
import { problemText } from './problemText.ts';
import { partText, shareText } from './share.ts';
import { words } from './words.ts';

/** Commands that the tooltip's links may run. */
export const tooltipCommands: readonly string[] = [
  commands.startRecording,
  commands.resumeRecording,
  commands.showReport,
  commands.toggleDecorations,
  commands.showLog,
];

/** The status bar's tooltip in Markdown: the state, the file's figures, and each figure's definition. */
export function statusTooltip(
  state: RecordingState,
  file: { readonly name: string; readonly figures: Figures } | undefined,
  texts: Texts,
  size?: JournalSize,
): string {
  const paragraphs = [`**Holograph** · ${plain(stateText(state, texts))}`];
  if (file !== undefined) paragraphs.push(...figureTexts(file.name, file.figures, texts));
  if (size !== undefined) paragraphs.push(plain(sizeText(size, texts)));
  paragraphs.push(links(state, texts));
  return paragraphs.join('\n\n');
}

function stateText(state: RecordingState, texts: Texts): string {
  const { t } = texts;
  switch (state.kind) {
    case 'recording':
      return state.toRead === undefined
        ? t('status.recording.more')
        : t('status.recording.reading', { files: state.toRead });
    case 'paused':
      return t('status.paused.more');
    case 'notRecorded':
      return t(`notRecorded.${state.why}`);
    case 'problem':
      return problemText(state.problem, texts);
  }
}

function figureTexts(name: string, { tally, coverage }: Figures, texts: Texts): string[] {
  const { t, language } = texts;
  const { human, machine } = bounds(tally);
  const rows = hands
    .filter(hand => (tally.hands[hand] ?? 0) > 0)
    .map(hand => {
      const n = tally.hands[hand] ?? 0;
      return `| ${plain(t(words.hand(hand)))} | ${texts.number(n)} | &ensp;${plain(partText(n, tally.length, language))} |`;
    });
  const table = [`| ${plain(name)} | ${plain(t('figures.characters'))} | |`, '|:--|--:|--:|', ...rows].join('\n');
  const figure = (label: string, value: string, definition: string) =>
    `**${plain(label)}: ${plain(value)}** ${plain(definition)}`;
  const figures = [
    figure(t('figures.human'), shareText(human, language), t('figures.human.definition')),
    figure(t('figures.machine'), shareText(machine, language), t('figures.machine.definition')),
  ];
  if (coverage === undefined) figures.push(plain(t('figures.coverage.elsewhere')));
  else {
    const { observed, entered } = coverage;
    const share = entered === 0 ? t('figures.coverage.none') : partText(observed, entered, language);
    figures.push(figure(t('figures.coverage'), share, t('figures.coverage.definition')));
  }
  return tally.length === 0 ? [plain(t('figures.empty'))] : [table, ...figures];
}

/** In the largest unit that leaves a place before the point, as the language writes it. */
function sizeText({ bytes, events }: JournalSize, { t, language }: Texts): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const rank = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  const size = new Intl.NumberFormat(language, { style: 'unit', unit: units[rank]!, maximumFractionDigits: 1 });
  return t('figures.journal', { events, size: size.format(bytes / 1000 ** rank) });
}

function links(state: RecordingState, { t }: Texts): string {
  const start = commandLink(t('action.start'), commands.startRecording);
  const report = commandLink(t('action.report'), commands.showReport);
  const origins = commandLink(t('action.origins'), commands.toggleDecorations);
  switch (state.kind) {
    case 'recording':
      return `${origins} · ${report}`;
    case 'paused':
      return `${commandLink(t('action.resume'), commands.resumeRecording)} · ${report}`;
    case 'notRecorded':
      return state.why === 'consent' ? start : '';
    case 'problem':
      return commandLink(t('action.showLog'), commands.showLog);
  }
}
