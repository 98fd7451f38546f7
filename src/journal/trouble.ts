/** What an examination can find; the words that people see are made from these names. */
export type TroubleCode =
  /** The runtime cannot load SQLite. */
  | 'runtime'
  /** The data folder cannot be written. */
  | 'homeReadonly'
  /** The data folder lies on a drive of another machine, where SQLite's log cannot be shared. */
  | 'network'
  /** Little room is left; `detail` is the bytes. */
  | 'diskLow'
  /** Others than the owner can read it; `detail` is its mode, octal. */
  | 'rights'
  /** The catalogue is damaged or gone, though there are journals. */
  | 'catalogue'
  /** A journal that the catalogue does not know. */
  | 'unlisted'
  /** A journal that the catalogue knows and that is gone. */
  | 'gone'
  /** A journal that is damaged; `detail` says where. */
  | 'damaged'
  | 'newer'
  | 'unreadable'
  /** A damaged journal that recording no longer uses: kept as it is. */
  | 'setAside'
  /** A second copy of a journal, which went another way. */
  | 'fork'
  /** A damaged journal of which a readable copy lies beside it; `detail` is its number of events. */
  | 'recovered'
  /** The recorded folder is not where it was. */
  | 'folderGone'
  /** `holograph.json` names another work than the folder's journal; `detail` is that work. */
  | 'otherWork'
  /** Another folder is recorded as the same work; `detail` is that folder. */
  | 'sameWork'
  /** Acts in a file that the next start takes in. */
  | 'spooled'
  /** Acts in a file that no session can take in. */
  | 'stranded'
  /** A part of a file that a killed process left. */
  | 'leftover'
  /** The index of text that returns is damaged: it is made anew. */
  | 'index'
  /** What was taken out may still stand in bytes that the file no longer uses. */
  | 'unpurged'
  /** The command line's key is no key. */
  | 'key';

/** `wrong`: something is to be done. `note`: good to know. */
export type TroubleLevel = 'wrong' | 'note';

/** What a repair does about it, if it can do something; all of it is safe. */
export type Remedy = 'rights' | 'catalogue' | 'enter' | 'recover' | 'takeIn' | 'remove' | 'index' | 'purge';

/** One thing that an examination found, as plain data. */
export interface Trouble {
  readonly code: TroubleCode;
  readonly level: TroubleLevel;
  readonly path: string;
  readonly detail?: string;
  readonly remedy?: Remedy;
}
