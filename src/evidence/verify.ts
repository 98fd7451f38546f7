import { type ListAlgorithm, listFaults, type Member } from './bag.ts';
import { checkpointFaults, checkpointIn } from './checkpoints.ts';
import { closingMember, isAfterSeal, nationalMember, sheetMember } from './closing.ts';
import { anchorIn, heldSizes } from './held.ts';
import { exportIdOf, manifestMember } from './manifest.ts';
import { byCodeUnit } from './names.ts';
import { verifyNational } from './national/verified.ts';
import { type PackagedJournal, readPackagedJournal } from './packagedJournal.ts';
import { eventsMember, saltsMember } from './packageSource.ts';
import { keyMember, sealDigest, sealMember } from './seal.ts';
import type { SealedState } from './timeStamps/kept.ts';
import { sealStampsAmong, timeStampsAmong } from './timeStamps/members.ts';
import { trustOf } from './timeStamps/trust.ts';
import { type TimeStampFindings, verifyTimeStamps } from './timeStamps/verified.ts';
import { type Unzipped, unzip, ZipFault, type ZipLimits } from './unzip.ts';
import {
  type NotChecked,
  type Subject,
  type Verification,
  type Vouched,
  verificationOf,
  type Wrong,
} from './verification.ts';
import { contentFaults, inputsIn } from './verifyContents.ts';
import { keyStanding, type OpenedSeal, openSeal, textOf } from './verifySeal.ts';

/**
 * The stranger's check of an evidence package: archive, lists, seal, key, events, tree and checkpoints,
 * and then every member made again from the events. It trusts nothing in the package; what `vouched`
 * holds comes from elsewhere. Never throws for anything the bytes can be; `limits` bounds memory.
 */
export function verifyPackage(archive: Uint8Array, vouched: Vouched = {}, limits?: ZipLimits): Verification {
  try {
    return new PackageCheck(archive, unzip(archive, limits), vouched).verification();
  } catch (fault) {
    if (!(fault instanceof ZipFault)) throw fault;
    return verificationOf({
      subject: { form: 'package' },
      wrong: [{ member: fault.member, what: fault.code }],
      notChecked: [{ member: '', why: 'archive' }],
      keyKnown: false,
      anchoredTo: null,
    });
  }
}

const required = [eventsMember, saltsMember, manifestMember, keyMember, sealMember, sheetMember, closingMember];

class PackageCheck {
  readonly #archive: Uint8Array;
  readonly #unzipped: Unzipped;
  readonly #vouched: Vouched;
  readonly #wrong: Wrong[] = [];
  readonly #notChecked: NotChecked[] = [];
  #subject: Subject = { form: 'package' };
  #keyKnown = false;
  #anchoredTo: Verification['anchoredTo'] = null;
  #stamped: TimeStampFindings | undefined;
  #signatures: Verification['signatures'] = [];

  constructor(archive: Uint8Array, unzipped: Unzipped, vouched: Vouched) {
    this.#archive = archive;
    this.#unzipped = unzipped;
    this.#vouched = vouched;
  }

  verification(): Verification {
    const missing = required.filter(name => !this.#unzipped.members.has(name));
    this.#wrong.push(...missing.map(member => ({ member, what: 'missing' as const })), ...this.#listed());
    if (missing.length === 0) this.#sealed();
    else this.#notChecked.push({ member: '', why: 'events' });
    return verificationOf({
      subject: this.#subject,
      wrong: once(this.#wrong),
      notChecked: this.#notChecked,
      keyKnown: this.#keyKnown,
      anchoredTo: this.#anchoredTo,
      ...(this.#stamped && { anchoredAt: this.#stamped.anchoredAt, timeStamps: this.#stamped.timeStamps }),
      signatures: this.#signatures,
    });
  }

  /** The bag's lists, by which a changed, missing or added member is named. */
  #listed(): Wrong[] {
    const all = [...this.#unzipped.members].map(([name, bytes]): Member => ({ name, bytes }));
    const payload = all.filter(({ name }) => name.startsWith('data/'));
    const unlisted = new Set([sealMember, closingMember, tagList]);
    const tags = all.filter(({ name }) => !name.startsWith('data/') && !unlisted.has(name) && !isAfterSeal(name));
    return [
      ...this.#faultsOf('manifest-sha256.txt', payload, 'sha256'),
      ...this.#faultsOf('manifest-sha512.txt', payload, 'sha512'),
      ...this.#faultsOf(tagList, tags, 'sha256'),
    ];
  }

  #faultsOf(list: string, members: readonly Member[], algorithm: ListAlgorithm): Wrong[] {
    if (!this.#unzipped.members.has(list)) return [{ member: list, what: 'missing' }];
    const faults = listFaults(textOf(this.#unzipped, list), members, algorithm);
    if (faults === undefined) return [{ member: list, what: 'listMalformed' }];
    return faults.map(({ name, what }) => ({ member: name, what }));
  }

  #sealed(): void {
    const seal = openSeal(this.#archive, this.#unzipped);
    const opened = 'facts' in seal ? seal : undefined;
    if (!('facts' in seal)) this.#wrong.push(...seal);
    if (opened) this.#subject = { ...this.#subject, key: opened.fingerprint, exportId: opened.facts.exportId };
    const journal = this.#journal();
    if (journal === undefined) {
      this.#notChecked.push({ member: '', why: 'events' });
      return;
    }
    this.#subject = { ...this.#subject, journal: journal.id, size: journal.size, root: journal.root };
    if (journal.follows !== undefined) {
      this.#notChecked.push({ member: eventsMember, why: 'earlierJournal', detail: journal.follows });
    }
    if (opened) this.#facts(opened, journal);
    // What was changed after sealing is named by now; making it all again would only find the same.
    if (opened && this.#wrong.length === 0) this.#contents(journal, opened);
    else this.#notChecked.push({ member: '', why: 'refused' });
    if (opened) this.#key(opened, journal);
    this.#timeStamps(journal, opened);
    if (opened) this.#national();
    this.#anchor(journal);
  }

  #journal(): PackagedJournal | undefined {
    const { members } = this.#unzipped;
    const notes = this.#notes();
    const sizes = new Set(notes.flatMap(note => checkpointIn(note)?.size ?? []));
    if (this.#vouched.since !== undefined) for (const size of heldSizes(this.#vouched.since)) sizes.add(size);
    const journal = readPackagedJournal(members.get(eventsMember)!, members.get(saltsMember)!, sizes);
    if ('what' in journal) {
      this.#wrong.push(journal);
      return undefined;
    }
    const faults = checkpointFaults(this.#checkpoints(), journal);
    this.#wrong.push(...faults);
    if (this.#checkpoints().length === 0) this.#wrong.push({ member: 'seal/checkpoints/0001.txt', what: 'missing' });
    return journal;
  }

  #checkpoints(): Member[] {
    return [...this.#unzipped.members]
      .filter(([name]) => name.startsWith('seal/checkpoints/'))
      .map(([name, bytes]): Member => ({ name, bytes }))
      .sort((a, b) => byCodeUnit(a.name, b.name));
  }

  #notes(): string[] {
    return this.#checkpoints().map(({ bytes }) => Buffer.from(bytes).toString('utf8'));
  }

  #facts({ facts }: OpenedSeal, journal: PackagedJournal): void {
    const same = facts.journal === journal.id && facts.size === journal.size && facts.root === journal.root;
    if (!same) this.#wrong.push({ member: sealMember, what: 'sealStatement', detail: 'journal' });
  }

  #key(seal: OpenedSeal, journal: PackagedJournal): void {
    const { known, wrong } = keyStanding(seal, journal, this.#vouched.key);
    this.#keyKnown = known;
    this.#wrong.push(...wrong);
  }

  #timeStamps({ moments }: PackagedJournal, seal: OpenedSeal | undefined): void {
    const notes = this.#notes();
    const { members } = this.#unzipped;
    // A seal that was refused covers nothing.
    const overSeal = seal === undefined ? [] : sealStampsAmong(members, sealedStateOf(members, seal));
    const kept = [...timeStampsAmong(members, notes), ...overSeal];
    const stamped = verifyTimeStamps(kept, notes, this.#vouched, size => moments.get(size));
    this.#stamped = stamped;
    this.#wrong.push(...stamped.wrong);
    this.#notChecked.push(...stamped.notChecked);
  }

  #national(): void {
    const { members } = this.#unzipped;
    const cms = members.get(nationalMember);
    if (cms === undefined) return;
    const found = verifyNational(cms, members.get(sealMember)!, trustOf(this.#vouched.roots));
    this.#signatures = found.signatures;
    this.#wrong.push(...found.wrong);
    this.#notChecked.push(...found.notChecked);
  }

  #anchor(journal: PackagedJournal): void {
    const since = this.#stamped?.since ?? this.#vouched.since;
    if (since === undefined) return;
    const anchor = anchorIn(since, journal);
    if ('what' in anchor) this.#wrong.push(anchor);
    else this.#anchoredTo = anchor;
  }

  #contents(journal: PackagedJournal, seal: OpenedSeal): void {
    const { members } = this.#unzipped;
    const inputs = inputsIn(textOf(this.#unzipped, manifestMember));
    if (typeof inputs === 'string') {
      this.#wrong.push({ member: manifestMember, what: inputs });
      return;
    }
    const record = [eventsMember, saltsMember].map((name): Member => ({ name, bytes: members.get(name)! }));
    const checkpoints = this.#notes();
    const source = {
      id: journal.id,
      size: journal.size,
      root: journal.root,
      events: () => journal.events(),
      ...(journal.taken && { taken: journal.taken }),
      checkpoints,
      timeStamps: timeStampsAmong(members, checkpoints, size => journal.moments.get(size)),
    };
    if (inputs.key !== seal.fingerprint)
      this.#wrong.push({ member: manifestMember, what: 'notDerived', detail: 'key' });
    if (exportIdOf(source, inputs) !== seal.facts.exportId) {
      this.#wrong.push({ member: sealMember, what: 'sealStatement', detail: 'exportId' });
    }
    const { wrong, notChecked } = contentFaults(members, source, inputs, textOf(this.#unzipped, keyMember), record);
    this.#wrong.push(...wrong);
    this.#notChecked.push(...notChecked);
  }
}

function sealedStateOf(members: ReadonlyMap<string, Uint8Array>, { facts }: OpenedSeal): SealedState {
  return { digest: sealDigest(members.get(sealMember)!), size: facts.size };
}

const tagList = 'tagmanifest-sha256.txt';

/** Each member with the first thing that is wrong with it: the later checks only find the same again. */
function once(wrong: readonly Wrong[]): Wrong[] {
  const named = new Set<string>();
  return wrong.filter(({ member, what }) => {
    const name = member === '' ? ` ${what}` : member;
    if (named.has(name)) return false;
    named.add(name);
    return true;
  });
}
