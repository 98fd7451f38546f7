import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Keys that a person may sign with: all RSA, as the national authority gave them besides GOST. */
export type NationalKeyKind = 'good' | 'expired' | 'other' | 'short' | 'login' | 'ciphers';

const subject = '/CN=ТЕСТОВ ТЕСТ/SN=ТЕСТОВ/serialNumber=IIN123456789011/C=KZ/O=ТОО ТЕСТ/OU=BIN123456789021/GN=ТЕСТОВИЧ';

/**
 * A certification authority with the key of a person, by OpenSSL, named as the national authority names. Lives in a
 * folder until `remove`.
 */
export class NationalKey {
  readonly #folder = mkdtempSync(join(tmpdir(), 'holograph-national-'));
  readonly #made = new Set<string>();

  constructor() {
    const request = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'root.key', '-subj', '/C=KZ/CN=TEST ROOT (RSA)'];
    this.#run('req', '-x509', ...request, '-out', 'root.pem', '-days', '3650');
  }

  /** PEM of the root certificate. */
  get root(): string {
    return readFileSync(this.path('root.pem'), 'utf8');
  }

  path(name: string): string {
    return join(this.#folder, name);
  }

  /** CMS over bytes, beside which it stands; `options`: of `openssl cms -sign`, such as `-nodetach`. */
  sign(bytes: Uint8Array, kind: NationalKeyKind = 'good', ...options: string[]): Buffer {
    this.#certificate(kind);
    writeFileSync(this.path('signed'), bytes);
    const signer = ['-signer', `${kind}.pem`, '-inkey', `${kind}.key`, '-certfile', 'root.pem'];
    const how = ['-binary', '-in', 'signed', '-nosmimecap', '-outform', 'DER', '-out', 'cms'];
    this.#run('cms', '-sign', ...how, ...signer, ...(options.includes('-md') ? [] : ['-md', 'sha256']), ...options);
    return readFileSync(this.path('cms'));
  }

  /** What `openssl cms -verify` says of a signature beside these bytes. */
  accepts(bytes: Uint8Array, cms: Uint8Array): boolean {
    writeFileSync(this.path('content'), bytes);
    writeFileSync(this.path('checked'), cms);
    const argv = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', 'checked', '-content', 'content'];
    const trust = ['-CAfile', 'root.pem', '-purpose', 'any', '-out', 'out'];
    return spawnSync('openssl', [...argv, ...trust], { cwd: this.#folder }).status === 0;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #certificate(kind: NationalKeyKind): void {
    if (this.#made.has(kind)) return;
    this.#made.add(kind);
    const key = ['-newkey', kind === 'short' ? 'rsa:1024' : 'rsa:2048', '-nodes', '-keyout', `${kind}.key`];
    this.#run('req', '-utf8', ...key, '-out', 'request', '-subj', subject);
    const usage = kind === 'ciphers' ? 'keyEncipherment' : 'digitalSignature,nonRepudiation';
    // As the national authority has it: what for, and whose.
    const purpose = kind === 'login' ? 'clientAuth' : 'emailProtection';
    writeFileSync(
      this.path('extensions'),
      `keyUsage=critical,${usage}\nextendedKeyUsage=${purpose},1.2.398.3.3.4.1.1\n`,
    );
    const by = ['-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial', '-extfile', 'extensions'];
    const days = kind === 'expired' ? '-1' : '365';
    this.#run('x509', '-req', '-in', 'request', ...by, '-days', days, '-out', `${kind}.pem`);
  }

  #run(...argv: string[]): void {
    execFileSync('openssl', argv, { cwd: this.#folder, stdio: ['ignore', 'ignore', 'pipe'] });
  }
}
