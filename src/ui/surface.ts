import type { Memento, Uri } from 'vscode';
import type { Log } from '../host/log.ts';
import type { Settings } from '../host/settings.ts';
import type { Texts } from '../host/texts.ts';
import type { Line } from './line.ts';
import type { Works } from './works.ts';

/** What the parts of the editor's surface share. A part names the fields it uses and takes no more. */
export interface Surface {
  readonly line: Line;
  readonly works: Works;
  readonly texts: Texts;
  readonly settings: Settings;
  readonly log: Log;
  /** The extension's own folder: icons and pictures. */
  readonly extension: Uri;
  /** A folder of this window's own for files made again at will, such as the report that is shown. */
  readonly scratch: Uri;
  /** Kept for this workspace, and for the person on this machine. */
  readonly kept: { readonly workspace: Memento; readonly person: Memento };
}
