/** Signs that begin a value, at most: one costs up to a hundred bytes of memory, and a thread has some hundred megabytes. */
const MOST = 4_000_000;
const [COMMA, LIST, OBJECT] = [0x2c, 0x5b, 0x7b];

/**
 * Throws for JSON text (or its bytes) that would take more memory than a thread has, whose end would be that of every tool's
 * records: nobody's record is like that but one that was made for it. Signs in strings count too.
 */
export function refuseManyValues(json: string | Uint8Array, most = MOST): void {
  if (json.length <= most) return;
  const bytes = typeof json === 'string' ? Buffer.from(json, 'latin1') : json;
  let values = 0;
  for (const byte of bytes) if (byte === COMMA || byte === LIST || byte === OBJECT) values++;
  if (values > most) throw Object.assign(new Error(), { code: 'too many values' });
}
