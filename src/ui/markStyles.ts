import {
  DecorationRangeBehavior,
  type DecorationRenderOptions,
  OverviewRulerLane,
  type TextEditorDecorationType,
  ThemeColor,
  Uri,
  window,
} from 'vscode';
import { colors } from '../host/ids.ts';
import { type Disposable, Store } from '../host/lifecycle.ts';
import { type Hand, hands } from '../provenance/origin.ts';
import type { LineHand } from './marks.ts';

/**
 * How each hand looks. The shape of the line alone tells the hands apart, for eyes and prints without
 * colour: text from before recording is plain, all others have a line of their own shape, and what is
 * not known stands in a box. Nothing grows with the text that is typed at its edge.
 */
export class MarkStyles implements Disposable {
  readonly #store = new Store();
  readonly text: Readonly<Record<Hand, TextEditorDecorationType>>;
  readonly gutter: Readonly<Record<LineHand, TextEditorDecorationType>>;
  readonly ruler: Readonly<Record<Hand, TextEditorDecorationType>>;

  constructor(extension: Uri) {
    const type = (options: DecorationRenderOptions) =>
      this.#store.add(
        window.createTextEditorDecorationType({ rangeBehavior: DecorationRangeBehavior.ClosedClosed, ...options }),
      );
    this.text = record(hands, hand => type(textStyle(hand)));
    this.gutter = record([...hands, 'mixed'] as const, hand =>
      type({ gutterIconPath: Uri.joinPath(extension, 'media', 'gutter', `${hand}.svg`), gutterIconSize: 'contain' }),
    );
    this.ruler = record(hands, hand =>
      type({ overviewRulerColor: new ThemeColor(colors[hand]), overviewRulerLane: lane(hand) }),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }
}

function textStyle(hand: Hand): DecorationRenderOptions {
  const borderColor = new ThemeColor(colors[hand]);
  switch (hand) {
    case 'human':
      return { borderColor, borderStyle: 'solid', borderWidth: '0 0 1px 0' };
    case 'machine':
      return {
        borderColor,
        borderStyle: 'double',
        borderWidth: '0 0 3px 0',
        backgroundColor: new ThemeColor(colors.machineBackground),
      };
    case 'mechanical':
      return { borderColor, borderStyle: 'dotted', borderWidth: '0 0 1px 0' };
    case 'outside':
      return { borderColor, borderStyle: 'dashed', borderWidth: '0 0 2px 0' };
    case 'earlier':
      return {};
    case 'unknown':
      return { borderColor, borderStyle: 'dashed', borderWidth: '1px' };
  }
}

/** The place in the ruler tells the hand beside the colour: people left, machines right, all else between. */
function lane(hand: Hand): OverviewRulerLane {
  switch (hand) {
    case 'human':
      return OverviewRulerLane.Left;
    case 'machine':
      return OverviewRulerLane.Right;
    case 'mechanical':
    case 'outside':
    case 'earlier':
    case 'unknown':
      return OverviewRulerLane.Center;
  }
}

function record<K extends string, V>(keys: readonly K[], make: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map(key => [key, make(key)])) as Record<K, V>;
}
