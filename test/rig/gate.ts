import { Failure } from './progress.ts';

/**
 * Which proposed API an extension sees. `stock`: what its manifest declares, as in VS Code from
 * Microsoft. `open`: all of it, as code-server grants. The first is what we ship for, the second our oracle.
 */
export type Gate = 'stock' | 'open';
export const gates: readonly Gate[] = ['stock', 'open'];

/** Name of the environment variable by which a patched extension host is told its gate. */
export const gateVariable = 'HOLOGRAPH_GATE';

// code-server's build replaces the body of isProposedApiEnabled(extension, proposal) by `return true`.
const pattern = /function ([\w$]+)\(([\w$]+),([\w$]+)\)\{return ?!0\}/g;

/**
 * The extension host's bundle with its always-open gate made switchable. A proposal stands in a manifest
 * as `name` or `name@version`. Throws unless the gate is found exactly once: a silent miss would
 * make every test run with the gate open.
 */
export function switchableGate(bundle: string): string {
  const found = [...bundle.matchAll(pattern)];
  if (found.length !== 1) {
    throw new Failure(
      `The extension host has ${found.length} functions that look like the proposed-API gate; expected one.`,
      'The code-server version has changed: find the function again and mend test/rig/gate.ts.',
    );
  }
  return bundle.replace(
    pattern,
    (_, name: string, extension: string, proposal: string) =>
      `function ${name}(${extension},${proposal}){` +
      `return process.env.${gateVariable}!=="stock"||` +
      `(${extension}.enabledApiProposals??[]).some(p=>p===${proposal}||p.startsWith(${proposal}+"@"))}`,
  );
}
