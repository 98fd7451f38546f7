import assert from 'node:assert/strict';
import { gateVariable, switchableGate } from '../../rig/gate.ts';

const bundle = 'var a=1;function Oe(i,t){return!0}function b(x){return!0}';

describe('the gate for proposed API', () => {
  const granted = (variable: string | undefined, proposals: readonly string[] | undefined): boolean => {
    const gate = new Function('process', `${switchableGate(bundle)};return Oe`)({
      env: { [gateVariable]: variable },
    }) as (extension: { enabledApiProposals?: readonly string[] | undefined }, proposal: string) => boolean;
    return gate({ enabledApiProposals: proposals }, 'textDocumentChangeReason');
  };

  it('stock: only what the manifest declares', () => assert.equal(granted('stock', undefined), false));
  it('stock: another proposal', () => assert.equal(granted('stock', ['scmActionButton']), false));
  it('stock: declared', () => assert.equal(granted('stock', ['textDocumentChangeReason']), true));
  it('stock: declared with its version', () => assert.equal(granted('stock', ['textDocumentChangeReason@2']), true));
  it('open: everything', () => assert.equal(granted('open', undefined), true));
  it('no word: as the bundle came', () => assert.equal(granted(undefined, undefined), true));

  it('a bundle without the gate is refused', () => assert.throws(() => switchableGate('var a=1'), /has 0 functions/));
  it('a bundle with two is refused', () => assert.throws(() => switchableGate(bundle + bundle), /has 2 functions/));
});
