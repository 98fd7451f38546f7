import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Memento, SecretStorage } from 'vscode';
import { EditorKey } from '../../src/editorKey.ts';
import { fileSigner } from '../../src/journal/keyFile.ts';
import { readableFingerprint, type Signer } from '../../src/journal/keys.ts';

/** What VS Code keeps for an extension, for all windows of one editor; each of them hears of what another puts there. */
class Kept {
  readonly secrets = new Map<string, string>();
  readonly state = new Map<string, unknown>();
  readonly #listeners = new Set<(event: { readonly key: string }) => void>();

  window(home: string): EditorKey {
    const secrets = {
      get: async (key: string) => this.secrets.get(key),
      store: async (key: string, value: string) => {
        this.secrets.set(key, value);
        for (const listener of this.#listeners) setImmediate(() => listener({ key }));
      },
      onDidChange: (listener: (event: { readonly key: string }) => void) => {
        this.#listeners.add(listener);
        return { dispose: () => this.#listeners.delete(listener) };
      },
    } as unknown as SecretStorage;
    const kept = {
      get: (key: string) => this.state.get(key),
      update: async (key: string, value: unknown) => void this.state.set(key, value),
    } as unknown as Memento;
    return new EditorKey({ secrets, kept, editor: 'Editor', home, log: { warn: () => undefined } });
  }
}

describe('the key of an editor', () => {
  let home: string;
  let kept: Kept;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'holograph-key-'));
    kept = new Kept();
  });
  afterEach(() => rmSync(home, { recursive: true }));
  const fingerprints = (signers: readonly Signer[] = []) => signers.map(({ fingerprint }) => fingerprint);

  it('is made on first use and is the same in the next window', async () => {
    const first = await kept.window(home).signer();
    const again = await kept.window(home).signer();
    assert.deepEqual([again.fingerprint, again.keeper], [first.fingerprint, first.keeper]);
    assert.match(first.keeper, /^Editor [0-9a-f]{8}$/);
    assert.equal(await kept.window(home).fingerprint(), readableFingerprint(first.fingerprint));
  });

  it('has its keeper’s name again when the secret store was emptied, so that the loss is seen', async () => {
    const before = await kept.window(home).signer();
    kept.secrets.clear();
    const after = await kept.window(home).signer();
    assert.notEqual(after.fingerprint, before.fingerprint);
    assert.equal(after.keeper, before.keeper);
  });

  it('that is replaced in one window is replaced in the others; the old one countersigns', async () => {
    const [one, two] = [kept.window(home), kept.window(home)];
    const before = await one.signer();
    await two.signer();
    const heard = new Promise<Signer>(resolve => two.onDidChange(resolve));
    const shown = await one.rotate();
    const after = await one.signer();
    assert.equal(shown, readableFingerprint(after.fingerprint));
    assert.deepEqual(fingerprints(after.former), [before.fingerprint]);
    assert.equal((await heard).fingerprint, after.fingerprint);
    assert.deepEqual(fingerprints((await two.signer()).former), [before.fingerprint]);
    await two.rotate();
    const third = await two.signer();
    assert.deepEqual(fingerprints(third.former), [after.fingerprint, before.fingerprint]);
  });

  it('is kept under a passphrase and comes back, what signed meanwhile behind it', async () => {
    const window = kept.window(home);
    const before = await window.signer();
    const copy = await window.copy('a long passphrase');
    kept.secrets.clear();
    const other = kept.window(home);
    const between = await other.signer();
    await assert.rejects(other.restore(copy, 'another passphrase'), { code: 'keyClosed' });
    assert.equal(await other.restore(copy, 'a long passphrase'), readableFingerprint(before.fingerprint));
    assert.deepEqual(fingerprints((await other.signer()).former), [between.fingerprint]);
    await other.restore(copy, 'a long passphrase');
    assert.deepEqual(fingerprints((await kept.window(home).signer()).former), [between.fingerprint]);
  });

  it('is one where two windows make the first one at once', async () => {
    const windows = [kept.window(home), kept.window(home)];
    await Promise.all(windows.map(window => window.signer()));
    await new Promise(resolve => setImmediate(() => setImmediate(resolve)));
    const [a, b] = await Promise.all(windows.map(window => window.signer()));
    assert.equal(a!.fingerprint, b!.fingerprint);
  });

  it('has the command line’s key of the same machine beside it', async () => {
    assert.equal((await kept.window(home).signer()).beside, undefined);
    const cli = fileSigner(join(home, 'cli-key.pem'), 'cli');
    assert.deepEqual(fingerprints((await kept.window(home).signer()).beside), [cli.fingerprint]);
  });
});
