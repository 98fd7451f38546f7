import { parseFingerprint } from '../journal/keys.ts';
import { type Call, Refusal } from './command.ts';

const groups = 16;

/**
 * The fingerprint of `--key`, and the paths. A fingerprint that was written in its groups without quotes reached us as
 * sixteen words, of which fifteen look like paths. Throws Refusal `error.key`.
 */
export function withFingerprint(call: Call): { readonly key: string | undefined; readonly paths: readonly string[] } {
  const asked = call.option('key');
  if (asked === undefined) return { key: undefined, paths: call.paths };
  const whole = parseFingerprint(asked);
  if (whole !== undefined) return { key: whole, paths: call.paths };
  const first = call.paths.findIndex((_, i) => isRun(call.paths.slice(i, i + groups - 1)));
  const joined = isGroup(asked) && first >= 0 ? [asked, ...call.paths.slice(first, first + groups - 1)].join('') : '';
  const key = parseFingerprint(joined);
  if (key === undefined) throw new Refusal('error.key', { key: asked });
  return { key, paths: call.paths.toSpliced(first, groups - 1) };
}

function isRun(words: readonly string[]): boolean {
  return words.length === groups - 1 && words.every(isGroup);
}

function isGroup(word: string): boolean {
  return /^[0-9a-f]{4}$/i.test(word);
}
