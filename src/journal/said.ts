import { sameOrigin, unknown } from '../provenance/origin.ts';
import type { EventBody } from './event.ts';
import type { KeyBody } from './keyEvent.ts';
import { Keyring } from './keyring.ts';
import { fingerprintOf } from './keys.ts';
import { isRecord, recordKey } from './recordKey.ts';
import type { Replay } from './replay.ts';

/**
 * Whether the journal says this already: two windows read the same agents' records, and each finds the same
 * prompts, answers, edits, decisions and resolutions in them; and both ask git.
 */
export function isSaid(replay: Replay, body: EventBody): boolean {
  const { prompts, records, commits, origins, actors } = replay;
  if (body.kind === 'key') return isEntered(replay, body);
  if (body.kind === 'prompt') return prompts.has(body.id);
  if (isRecord(body)) return records.has(recordKey(body));
  if (body.kind === 'commit') {
    const said = commits.get(body.id);
    return said !== undefined && (body.made === undefined || said.made !== undefined);
  }
  if (body.kind !== 'resolution') return false;
  if (body.acts?.some(act => !sameOrigin(actors.get(act) ?? unknown, body.origin))) return false;
  for (const { origin } of origins.walk(body.ranges)) {
    if (!sameOrigin(origin, body.origin)) return false;
  }
  return true;
}

/** Two windows of one editor find that its key has to enter: what the first one has said, or made void, is not said again. */
function isEntered({ started, keys, size }: Replay, body: KeyBody): boolean {
  const journal = started?.journal ?? '';
  const ring = new Keyring(journal, keys);
  if (new Keyring(journal, [...keys, { ...body, sequence: size }]).wrong.length > ring.wrong.length) return true;
  const { publicKey, counter, replaces } = body;
  if (ring.active.some(key => fingerprintOf(key.publicKey) === replaces)) return false;
  return ring.isActive(publicKey) && (counter === undefined || ring.standsFor(counter.fingerprint, publicKey));
}
