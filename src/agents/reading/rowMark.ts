import type { Tables } from './sqlite.ts';

/** Rows remembered to find one's place again. */
const REMEMBERED = 1000;

/**
 * How far a growing table was read, by row numbers. A row that is deleted gives its number away, and others may take
 * it: so each look asks first whether the last rows are still those that were read, and goes back to one that is.
 */
export class RowMark {
  #seen: { readonly row: number; readonly key: string }[] = [];

  /** The row behind which to read on; 0 for all. `column` tells one row from another. */
  found(tables: Tables, table: string, column: string): number {
    for (let last = this.#seen.at(-1); last; last = this.#seen.at(-1)) {
      const row = tables.row(`SELECT ${column} AS key FROM ${table} WHERE rowid = ?`, last.row);
      if (row && String(row.key) === last.key) return last.row;
      this.#seen.pop();
    }
    return 0;
  }

  read(row: number, key: string): void {
    this.#seen.push({ row, key });
    if (this.#seen.length > REMEMBERED * 2) this.#seen = this.#seen.slice(-REMEMBERED);
  }
}
