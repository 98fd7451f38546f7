import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { packageSoftware } from '../evidence/software.ts';
import { appendEvents } from '../journal/append.ts';
import type { Consented } from '../journal/catalogue.ts';
import { dataHome, ownFolder } from '../journal/home.ts';
import { keptKey, leastPassphrase, openedKey } from '../journal/keptKey.ts';
import { keyEntries } from '../journal/keyEntry.ts';
import { firstKeyIn, forgetFormer, knownSigner, putFirst, rotatedIn } from '../journal/keyFile.ts';
import { Keyring } from '../journal/keyring.ts';
import { readableFingerprint, type Signer, signerOf } from '../journal/keys.ts';
import { JournalError } from '../journal/problem.ts';
import { keyKeeper, keyPath } from './checkpointed.ts';
import { type Call, type Command, Refusal } from './command.ts';
import { table } from './help.ts';
import { reading, textOf, withCatalogue } from './journals.ts';
import { writeWhole } from './output.ts';

/** What `holograph key --json` prints. Form: `media/schema/key.schema.json`. */
export interface KeyDocument {
  readonly schema: 'holograph.key';
  readonly version: 1;
  /** The key that signs; null where there is none yet. */
  readonly own: { readonly keeper: string; readonly fingerprint: string } | null;
  /** Those of the journal of the folder that is looked in. */
  readonly keys: readonly {
    readonly keeper: string;
    readonly fingerprint: string;
    readonly event: string;
    readonly standing: 'active' | 'replaced' | 'lost';
  }[];
  /** Journals that could not be told of a new key: there it will say that the former one was not at hand. */
  readonly untold: readonly string[];
}

const actions = { show, rotate, export: keep, restore } as const;

export const keyCommand: Command = {
  name: 'key',
  usage: '[rotate | export --out FILE | restore FILE] [--passphrase FILE]',
  about: 'help.keyCommand',
  options: {
    out: { about: 'help.keyOut', value: 'FILE' },
    passphrase: { about: 'help.passphrase', value: 'FILE' },
  },
  run(call) {
    const [action = 'show', ...rest] = call.paths;
    if (!Object.hasOwn(actions, action)) throw new Refusal('error.keyAction', { action });
    const extra = action === 'restore' ? rest.slice(1) : rest;
    if (extra.length > 0) throw new Refusal('error.arguments', { detail: extra.join(' ') });
    return actions[action as keyof typeof actions](call, rest);
  },
};

function show(call: Call, _: readonly string[], untold: readonly string[] = []): number {
  const own = call.io.signer ?? knownSigner(keyPath(call.io), keyKeeper);
  const here = withCatalogue(call, catalogue => catalogue.find(call.folder));
  const { id, ring } = here ? ringOf(here) : { id: '', ring: new Keyring('', []) };
  const keys = ring.all.map(({ event, fingerprint, standing }) => {
    return { keeper: event.keeper, fingerprint, event: `${id}:${event.sequence}`, standing };
  });
  const known = own ? { keeper: own.keeper, fingerprint: own.fingerprint } : null;
  const head = { schema: 'holograph.key', version: 1 } as const;
  if (call.json) {
    call.document({ ...head, own: known, keys, untold } satisfies KeyDocument);
    return 0;
  }
  call.print(
    known ? call.words.t('key.own', { key: readableFingerprint(known.fingerprint) }) : call.words.t('key.none'),
  );
  const rows = keys.map(({ keeper, fingerprint, standing, event }): [string, string] => {
    const named = `${readableFingerprint(fingerprint)}  ${event}`;
    return [
      keeper.replace(/\p{Cc}+/gu, ' '),
      standing === 'active' ? named : `${named}, ${call.words.t(`key.${standing}`)}`,
    ];
  });
  if (rows.length > 0) call.print(`${call.words.t('key.here')}\n${table(rows)}`);
  return 0;
}

/** The new key enters every journal that knows the old one, by the old one's hand; then the old one is forgotten. */
function rotate(call: Call): number {
  const path = own(call);
  if (knownSigner(path, keyKeeper) === undefined) throw new Refusal('error.noKey');
  return told(call, rotatedIn(path, keyKeeper), path);
}

function keep(call: Call): number {
  const out = call.option('out');
  if (out === undefined) throw new Refusal('error.missing', { what: '--out FILE' });
  const path = own(call);
  if (knownSigner(path, keyKeeper) === undefined) throw new Refusal('error.noKey');
  const file = resolve(call.io.cwd, out);
  if (existsSync(file)) throw new Refusal('error.exists', { file });
  writeWhole(file, keptKey(firstKeyIn(path), passphraseOf(call)), 0o600);
  call.note(call.words.t('key.kept', { file }));
  return show(call, []);
}

/** What signs now is kept behind the restored key, so that it countersigns its coming back. */
function restore(call: Call, [given]: readonly string[]): number {
  if (given === undefined) throw new Refusal('error.missing', { what: 'FILE' });
  const path = own(call);
  const pem = openedKey(textOf(resolve(call.io.cwd, given)), passphraseOf(call));
  const { publicKey } = signerOf(keyKeeper, pem);
  for (const journal of journalsOf(call)) {
    if (ringOf(journal).ring.isRetired(publicKey)) throw new Refusal('error.keyReplaced', { folder: journal.folder });
  }
  return told(call, putFirst(path, keyKeeper, pem), path);
}

/** Enters the key where its keeper has had another one. What cannot be told now is named, and told at the next chance. */
function told(call: Call, signer: Signer, path: string): number {
  const untold: string[] = [];
  for (const journal of journalsOf(call)) {
    try {
      enter(journal, signer);
    } catch (error) {
      if (!(error instanceof JournalError)) throw error;
      untold.push(journal.journal);
      call.note(call.words.t('key.untold', { folder: journal.folder, code: error.problem.code }));
    }
  }
  if (untold.length === 0) forgetFormer(path);
  return show(call, [], untold);
}

function enter(journal: Consented, signer: Signer): void {
  const { id, ring, keys } = ringOf(journal);
  const concerns = ring.all.some(({ event }) => event.keeper === signer.keeper);
  const entries = concerns ? keyEntries(id, keys, signer) : [];
  if (entries.length > 0)
    appendEvents(
      journal.file,
      packageSoftware,
      entries.map(body => ({ body })),
    );
}

function ringOf({ file }: Consented) {
  return reading(file, reader => {
    const keys = reader.keys();
    return { id: reader.id, keys, ring: new Keyring(reader.id, keys) };
  });
}

function journalsOf(call: Call): readonly Consented[] {
  return withCatalogue(call, catalogue => catalogue.list()) ?? [];
}

/** Path of the command line's own key. An editor's key lies with the editor. */
function own({ io }: Call): string {
  if (io.signer !== undefined) throw new Refusal('error.editorKey');
  ownFolder(dataHome(io.env));
  return keyPath(io);
}

/** The first line of the file that was named, else of the environment. Throws Refusal where there is none, or a short one. */
function passphraseOf(call: Call): string {
  const file = call.option('passphrase');
  const given =
    file === undefined ? call.io.env.HOLOGRAPH_PASSPHRASE : textOf(resolve(call.io.cwd, file), { pipe: true });
  const [line = ''] = (given ?? '').split(/\r?\n/u);
  if (line === '') throw new Refusal('error.missing', { what: '--passphrase FILE' });
  if ([...line].length < leastPassphrase) throw new Refusal('error.passphrase', { least: leastPassphrase });
  return line;
}
