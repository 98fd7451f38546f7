import { setFlagsFromString } from 'node:v8';

/** Megabytes of the young generation of a thread that makes a report or verifies. */
export const youngMegabytes = 4;

/**
 * Keeps this process's young generation as small as it begins. A journal is read in small pieces that are done with at
 * once; where V8 lets that generation grow, such pieces lie there until a third of the process is made of them.
 */
export function boundMemory(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
