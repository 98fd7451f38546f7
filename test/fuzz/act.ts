import type { EditorText } from './editorText.ts';
import type { EditorWindow } from './editorWindow.ts';
import type { World } from './world.ts';

/** One act of a story: its name, and numbers that choose window, file, places and sizes. */
export interface Act {
  readonly name: string;
  readonly story: number;
  readonly window: number;
  readonly file: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** What an act is done with. */
export interface Doing {
  readonly world: World;
  readonly window: EditorWindow;
  readonly text: EditorText;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

export type Do = (doing: Doing) => void | Promise<void>;
