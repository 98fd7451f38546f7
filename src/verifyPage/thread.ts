import type { Verification, Vouched } from '../evidence/verification.ts';
import { verifyPackage } from '../evidence/verify.ts';

/** What the page asks of its thread. */
export interface Question {
  readonly archive: Uint8Array;
  readonly vouched: Vouched;
}

/** What the thread answers; `failed`: a fault of this page, not of the package. */
export type Answer = { readonly found: Verification } | { readonly failed: string };

/** What a thread sees of itself. */
interface Thread {
  onmessage: ((event: { readonly data: Question }) => void) | null;
  postMessage(answer: Answer): void;
}

const thread = globalThis as unknown as Thread;
thread.onmessage = ({ data }) => {
  try {
    thread.postMessage({ found: verifyPackage(data.archive, data.vouched) });
  } catch (error) {
    thread.postMessage({ failed: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
  }
};
