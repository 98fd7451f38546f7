import { existsSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { FileFormat } from '../journal/event.ts';
import { decodeFile, encodeFile, fileDigest } from '../journal/files.ts';
import { type Change, ChangeSet } from '../text/change.ts';
import { demandFile } from './inputFile.ts';
import type { Rewrite } from './rewrite.ts';

const plain: FileFormat = { encoding: 'utf-8', bom: false, eol: '\n' };

/** A text file that is changed in some places, and every other byte of it kept. */
export class ReservedFile {
  readonly path: string;
  /** Before the changes, with the line ends that the file has; undefined: there is no such file. */
  readonly #before: string | undefined;
  readonly #was: Uint8Array | undefined;
  readonly #format: FileFormat;
  /** The same with `\n` line ends, as a record has it. */
  readonly recordable: string | undefined;
  #changes: ChangeSet;
  #gone = false;

  private constructor(
    path: string,
    was: Uint8Array | undefined,
    before: string | undefined,
    recordable: string | undefined,
    format: FileFormat,
  ) {
    this.path = path;
    this.#was = was;
    this.#before = before;
    this.recordable = recordable;
    this.#format = format;
    this.#changes = ChangeSet.empty(before?.length ?? 0);
  }

  /** `known`: the one-byte encoding that the record has it in. Undefined: no text that can be written again. Throws Refusal. */
  static read(path: string, known?: string): ReservedFile | undefined {
    if (!existsSync(path)) return new ReservedFile(path, undefined, undefined, undefined, plain);
    demandFile(path);
    const bytes = readFileSync(path);
    const decoded = decodeFile(bytes, known);
    if ('skip' in decoded) return undefined;
    const { text, format } = decoded;
    const units = { ...format, encoding: 'utf-16le', bom: false };
    return new ReservedFile(path, bytes, Buffer.from(encodeFile(text, units)).toString('utf16le'), text, format);
  }

  /** Before anything was changed. */
  get wasThere(): boolean {
    return this.#before !== undefined;
  }

  get isThere(): boolean {
    return this.#before !== undefined && !this.#gone;
  }

  get eol(): FileFormat['eol'] {
    return this.#format.eol;
  }

  /** As the changes leave it; undefined: no file. */
  get text(): string | undefined {
    if (this.#gone || (this.#before === undefined && this.#changes.isEmpty)) return undefined;
    return this.#changes.apply(this.#before ?? '');
  }

  get isChanged(): boolean {
    return this.#gone || !this.#changes.isEmpty;
  }

  /** Whether its encoding has all of these letters. */
  holds(text: string): boolean {
    try {
      encodeFile(text, this.#format);
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }

  /** In offsets of `text`. */
  change(changes: readonly Change[]): void {
    this.#changes = this.#changes.compose(ChangeSet.of(this.#changes.newLength, changes));
  }

  /** It is to be deleted. */
  drop(): void {
    this.#gone = true;
  }

  /** What it will be, as the record states it; undefined: no file. */
  get after(): { readonly format: FileFormat; readonly fileDigest: string } | undefined {
    const bytes = this.#bytes;
    if (bytes === undefined) return undefined;
    const decoded = decodeFile(bytes, this.#format.encoding);
    return { format: 'format' in decoded ? decoded.format : this.#format, fileDigest: fileDigest(bytes) };
  }

  /** The changes in offsets of the recorded text, whose line ends are one `\n`. */
  get recorded(): readonly Change[] {
    const before = this.#before ?? '';
    const at = (offset: number) => offset - (before.slice(0, offset).match(/\r\n/g)?.length ?? 0);
    return this.#changes.changes.map(({ from, to, insert }) => ({
      from: at(from),
      to: at(to),
      insert: insert.replaceAll('\r\n', '\n'),
    }));
  }

  get rewrite(): Rewrite {
    return { file: this.path, was: this.#was, becomes: this.#bytes };
  }

  get #bytes(): Uint8Array | undefined {
    const { text } = this;
    return text === undefined ? undefined : encodeFile(text, { ...this.#format, eol: '\n', others: [] });
  }

  /** Of one that is deleted its folder goes too, where it is the one that such a file alone is in. */
  tidy(): void {
    const folder = dirname(resolve(this.path));
    if (!this.#gone || this.#was === undefined || existsSync(this.path)) return;
    if (basename(folder) === '.well-known' && readdirSync(folder).length === 0) rmdirSync(folder);
  }
}
