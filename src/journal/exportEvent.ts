/**
 * An evidence package was made of the first `size` events of the journal; this one is appended afterwards, and in no package
 * of those. It changes no text.
 */
export interface ExportBody {
  readonly kind: 'exported';
  /** As the package's manifest has it: 16 hexadecimal digits. */
  readonly exportId: string;
  /** SHA-256 of the whole archive, hex. */
  readonly archiveDigest: string;
  readonly size: number;
  readonly profile: 'kz-contribution' | 'kz-composite' | 'kz-prompt' | 'kz-program' | 'us' | 'generic';
  readonly language: 'en' | 'ru' | 'kk';
  readonly by: 'person' | 'command';
}

/** Whether it names a package of events before it. Takes any JSON. */
export function fitsExport({ exportId, archiveDigest, size }: ExportBody, sequence: number): boolean {
  const hex = (value: unknown, digits: number) =>
    typeof value === 'string' && value.length === digits && /^[0-9a-f]+$/.test(value);
  return hex(exportId, 16) && hex(archiveDigest, 64) && Number.isSafeInteger(size) && size > 0 && size <= sequence;
}
