import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { fingerprintOf, type Signer } from '../journal/keys.ts';
import { Refusal } from './command.ts';

/** What an editor hands to the thread that runs a command: the key stays with the editor. */
export interface LentKey {
  readonly keeper: string;
  /** PEM of the SubjectPublicKeyInfo. */
  readonly publicKey: string;
  /** Those of the keys that it replaced, which sign its entry into a journal. */
  readonly former?: readonly string[];
}

/** How long the editor may take for one signature (ms), and how often its answer is looked for. */
const PATIENCE = 30_000;
const PAUSE = 5;

/**
 * A signer that asks over the port: `{sign: Uint8Array, by: public key}` goes out, `{signature: Uint8Array}` comes back.
 * Blocks its thread meanwhile, which is the command's own.
 */
export function threadSigner({ keeper, publicKey, former = [] }: LentKey, port: MessagePort): Signer {
  return {
    former: former.map(key => threadSigner({ keeper, publicKey: key }, port)),
    keeper,
    publicKey,
    fingerprint: fingerprintOf(publicKey),
    sign(bytes) {
      port.postMessage({ sign: bytes, by: publicKey });
      const nobody = new Int32Array(new SharedArrayBuffer(4));
      for (let waited = 0; waited < PATIENCE; waited += PAUSE) {
        const answer = receiveMessageOnPort(port)?.message as { readonly signature?: Uint8Array } | undefined;
        if (answer?.signature instanceof Uint8Array) return answer.signature;
        if (answer !== undefined) break;
        Atomics.wait(nobody, 0, 0, PAUSE);
      }
      throw new Refusal('error.signer');
    },
  };
}
