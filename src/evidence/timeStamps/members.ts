import type { Member } from '../bag.ts';
import { sealStampName } from '../closing.ts';
import type { SealedSource } from '../integrity.ts';
import { byCodeUnit } from '../names.ts';
import type { KeptTimeStamp, RecordedAt, SealedState } from './kept.ts';
import type { PlacedTimeStamp } from './verified.ts';

const folder = 'seal/timestamps/';

/**
 * `seal/timestamps/NNNN-K.tsr` and `.pem`: the answers over checkpoint NNNN, K from 1, and the certificates kept with
 * each. NNNN is the checkpoint's number in `seal/checkpoints/`.
 */
export function timeStampMembers({
  checkpoints,
  timeStamps = [],
}: Pick<SealedSource, 'checkpoints' | 'timeStamps'>): Member[] {
  const counts = new Map<string, number>();
  return timeStamps.flatMap(({ note, answer, certificates }) => {
    const count = (counts.get(note) ?? 0) + 1;
    counts.set(note, count);
    const name = `${folder}${numberOf(checkpoints.indexOf(note))}-${count}`;
    return [
      { name: `${name}.tsr`, bytes: answer },
      { name: `${name}.pem`, bytes: Buffer.from(certificates, 'utf8') },
    ];
  });
}

/** The time stamps among a package's members. One that stands under no name that a package has is left out. */
export function timeStampsAmong(
  members: ReadonlyMap<string, Uint8Array>,
  checkpoints: readonly string[],
  recordedAt?: RecordedAt,
): (KeptTimeStamp & { readonly member: string })[] {
  const notes = new Map(checkpoints.map((note, i) => [numberOf(i), note]));
  const answers = [...members].flatMap(([member, answer]) => {
    const [, checkpoint = ''] = /^seal\/timestamps\/(\d{4,})-[1-9]\d*\.tsr$/.exec(member) ?? [];
    const note = notes.get(checkpoint);
    const certificates = members.get(member.replace(/tsr$/, 'pem'));
    if (note === undefined || certificates === undefined) return [];
    const recorded = recordedAt && (() => recordedAt(Number(note.split('\n')[1])));
    return [{ member, note, answer, certificates: Buffer.from(certificates).toString('utf8'), recorded }];
  });
  return answers.sort((a, b) => byCodeUnit(...padded(a.member, b.member)));
}

/** The time stamps over the seal, each with its certificates; in their order. */
export function sealStampsAmong(members: ReadonlyMap<string, Uint8Array>, seal: SealedState): PlacedTimeStamp[] {
  const found: PlacedTimeStamp[] = [];
  for (let rank = 1; ; rank++) {
    const { answer: member, certificates: beside } = sealStampName(rank);
    const [answer, certificates] = [members.get(member), members.get(beside)];
    if (answer === undefined || certificates === undefined) return found;
    found.push({
      note: undefined,
      member,
      answer,
      certificates: Buffer.from(certificates).toString('utf8'),
      seal,
    });
  }
}

/** So that the tenth comes behind the ninth. */
function padded(a: string, b: string): [string, string] {
  const [one, other] = [a, b].map(name =>
    name.replace(/-(\d+)\./, (_, digits: string) => `-${digits.padStart(6, '0')}.`),
  );
  return [one!, other!];
}

function numberOf(rank: number): string {
  return String(rank + 1).padStart(4, '0');
}
