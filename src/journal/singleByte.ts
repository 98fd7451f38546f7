/**
 * One-byte encodings by their WHATWG labels (`windows-1251`, `koi8-r`, `iso-8859-5` …), both ways. The
 * runtime can only decode; encoding goes through the table of what each byte decodes to.
 */
const tables = new Map<string, readonly string[] | undefined>();

/** Whether each byte is one character in this encoding. */
export function isSingleByte(encoding: string): boolean {
  return tableOf(encoding) !== undefined;
}

/** The text, or undefined where a byte has no character or two bytes share one, so that it could not be written back. */
export function textOfSingle(bytes: Uint8Array, encoding: string): string | undefined {
  const text = new TextDecoder(encoding).decode(bytes);
  return text.includes('\ufffd') ? undefined : text;
}

/** Throws RangeError for a character that the encoding does not have. */
export function bytesOfSingle(text: string, encoding: string): Buffer {
  const bytes = new Map(tableOf(encoding)?.map((character, byte) => [character, byte]));
  const out = Buffer.alloc(text.length);
  for (let i = 0; i < text.length; i++) {
    const byte = bytes.get(text[i]!);
    if (byte === undefined) throw new RangeError(`${encoding} has no character ${text.charCodeAt(i).toString(16)}`);
    out[i] = byte;
  }
  return out;
}

function tableOf(encoding: string): readonly string[] | undefined {
  if (!tables.has(encoding)) tables.set(encoding, makeTable(encoding));
  return tables.get(encoding);
}

function makeTable(encoding: string): readonly string[] | undefined {
  if (!/^(windows-(125\d|874)|iso-8859-\d+|koi8-[ru]|ibm866|macintosh|x-mac-cyrillic)$/.test(encoding))
    return undefined;
  const table = Array.from({ length: 256 }, (_, byte) => new TextDecoder(encoding).decode(Uint8Array.of(byte)));
  return table.every(character => character.length === 1) ? table : undefined;
}
