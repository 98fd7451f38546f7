import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { type Disposable, Store } from './host/lifecycle.ts';
import type { Log } from './host/log.ts';
import { Fault } from './journal/fault.ts';
import { keptKey, openedKey } from './journal/keptKey.ts';
import { knownSigner } from './journal/keyFile.ts';
import { keeperOf, newKey, pemsIn, readableFingerprint, type Signer } from './journal/keys.ts';
import type { KeyCare } from './ui/line.ts';

/** Where the private keys lie in the secret store: PEM, the one that signs first, those that it replaced behind it. */
const secret = 'holograph.key';
/** Where this editor's name among the keepers of keys lies: it outlives the secret store, so that a loss is noticed. */
const name = 'holograph.keeper';

export interface EditorKeyOptions {
  readonly secrets: vscode.SecretStorage;
  readonly kept: vscode.Memento;
  /** Name of the editor, by which people tell its key from others. */
  readonly editor: string;
  /** Holograph's data folder. */
  readonly home: string;
  readonly log: Pick<Log, 'warn'>;
}

/**
 * This editor's key. It lies in the secret store, is made on first use, and all windows share it: what one of them puts
 * there the others hear of. Mutable; lives as long as the extension.
 */
export class EditorKey implements KeyCare, Disposable {
  readonly #options: EditorKeyOptions;
  readonly #store = new Store();
  readonly #listeners = new Set<(signer: Signer) => void>();
  #signer: Promise<Signer> | undefined;

  constructor(options: EditorKeyOptions) {
    this.#options = options;
    this.#store.add(options.secrets.onDidChange(({ key }) => void (key === secret && this.#reload())));
  }

  /** Another key signs from now on. */
  onDidChange(listener: (signer: Signer) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  signer(): Promise<Signer> {
    this.#signer ??= this.#read();
    return this.#signer;
  }

  async fingerprint(): Promise<string> {
    return readableFingerprint((await this.signer()).fingerprint);
  }

  rotate(): Promise<string> {
    return this.#putFirst(newKey().privateKey);
  }

  async copy(passphrase: string): Promise<string> {
    await this.signer();
    const [own = ''] = pemsIn((await this.#options.secrets.get(secret)) ?? '');
    return keptKey(own, passphrase);
  }

  /** What signed until now is kept behind it: it countersigns the coming back. Rejects with Fault `keyClosed`. */
  async restore(copy: string, passphrase: string): Promise<string> {
    return this.#putFirst(openedKey(copy, passphrase));
  }

  /** In each journal the key that it takes the place of countersigns it. */
  async #putFirst(pem: string): Promise<string> {
    const { secrets } = this.#options;
    await this.signer();
    const others = pemsIn((await secrets.get(secret)) ?? '').filter(one => one !== pem);
    await secrets.store(secret, [pem, ...others].join(''));
    await this.#reload();
    return this.fingerprint();
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #read(): Promise<Signer> {
    const { secrets } = this.#options;
    // Of two windows that make the first key at once both read what was put there last.
    if ((await secrets.get(secret)) === undefined) await secrets.store(secret, newKey().privateKey);
    const pems = (await secrets.get(secret)) ?? '';
    return { ...keeperOf(await this.#keeper(), pems), ...this.#beside() };
  }

  async #reload(): Promise<void> {
    const before = await this.#signer;
    const pems = await this.#options.secrets.get(secret);
    // An emptied store takes no key away from a window that has it.
    if (before === undefined || pems === undefined || pemsIn(pems).length === 0) return;
    const now = await this.#read();
    if (now.fingerprint === before.fingerprint) return;
    // A window that holds a key nobody else has seen yet countersigns with it.
    const former = [...(now.former ?? []), before].filter((one, i, all) => all.findIndex(same(one)) === i);
    const signer = { ...now, former };
    this.#signer = Promise.resolve(signer);
    for (const listener of this.#listeners) listener(signer);
  }

  async #keeper(): Promise<string> {
    const { kept, editor } = this.#options;
    const known = kept.get<string>(name);
    if (known !== undefined) return known;
    const made = `${editor} ${randomBytes(4).toString('hex')}`;
    await kept.update(name, made);
    return made;
  }

  /** The command line's key on this machine: whoever has both is one person. */
  #beside(): Pick<Signer, 'beside'> {
    try {
      const signer = knownSigner(join(this.#options.home, 'cli-key.pem'), 'cli');
      return signer === undefined ? {} : { beside: [signer] };
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      this.#options.log.warn(`the command line's key is not used: ${error.message}`);
      return {};
    }
  }
}

function same({ fingerprint }: Signer): (other: Signer) => boolean {
  return other => other.fingerprint === fingerprint;
}
