/**
 * The columns of a pack, in the order in which they stand; true: signed. `README.md` says what each holds.
 */
export const layout = {
  /** Of every event: 0 columns, 1 a row. */
  row: false,
  /** Of every event in columns. */
  shape: false,
  session: false,
  document: false,
  tracker: false,
  first: true,
  placed: true,
  changes: false,
  /** Of every change of those. */
  from: true,
  deleted: false,
  inserted: false,
  spans: false,
  /** Of every span of those. */
  spanLength: false,
  spanSerial: true,
  /** Of every finding. */
  finding: true,
  /** Of the text of every change: 0 joined, 1 alone in UTF-8, 2 alone in UTF-16LE; of those alone, their bytes. */
  encoding: false,
  bytes: false,
  /** Of every row: its texts, counted from 1; 0 when it has no list of texts. */
  texts: false,
  /** Of every text of a row: 1 UTF-8, 2 UTF-16LE; its bytes. */
  rowEncoding: false,
  rowBytes: false,
  /** Of every event in columns; nothing above depends on these. */
  time: true,
  clock: true,
  zone: true,
  version: true,
} as const;

export type ColumnName = keyof typeof layout;

export const columnNames = Object.keys(layout) as readonly ColumnName[];

/** No number in a column is this large, so that differences of two stay exact. */
export const bound = 2 ** 50;

/** Texts of this many UTF-16 units or more stand alone, so that joined ones always fit one string. */
export const aloneFrom = 2 ** 16;
