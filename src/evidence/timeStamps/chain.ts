import { type Certified, isIssuedBy, isSame, isValidAt, mayIssue } from './certificates.ts';

/** Certificates that the person who checks takes for true, and those that this program's runtime comes with. */
export interface Trust {
  readonly given: readonly Certified[];
  readonly wellKnown: readonly Certified[];
}

export interface Chain {
  /** The signer's first, each issued by the next; ends with the anchor, or where nothing more is known. */
  readonly certificates: readonly Certified[];
  readonly anchor: 'given' | 'wellKnown' | undefined;
}

/** No chain of a time stamp server is longer. */
const longest = 8;

/**
 * Leads from a certificate to one that is trusted, by way of `pool`; all were valid at `time` (ms since 1970 UTC)
 * and allowed to issue. Without such a way: the first one as far as it goes. Trust says nothing of revocation.
 */
export function chainOf(leaf: Certified, pool: readonly Certified[], time: number, trust: Trust): Chain {
  return wayUp([leaf], pool, time, trust, new Map());
}

/** `tried`: how far up those of the pool stood from which no way led further: from above that, none does either. */
function wayUp(
  below: readonly Certified[],
  pool: readonly Certified[],
  time: number,
  trust: Trust,
  tried: Map<Certified, number>,
): Chain {
  const last = below.at(-1)!;
  const anchor = anchorIn(trust, one => isSame(one, last));
  if (anchor !== undefined || below.length === longest) return { certificates: below, anchor: anchor?.by };
  const issues = (one: Certified) =>
    isIssuedBy(last, one) &&
    isValidAt(one, time) &&
    mayIssue(one, below.length - 1) &&
    !below.some(other => isSame(one, other));
  const above = anchorIn(trust, issues);
  if (above !== undefined) return { certificates: [...below, above.certificate], anchor: above.by };
  let first: Chain | undefined;
  for (const one of pool) {
    // Certificates that all issue each other have more ways between them than anyone can go.
    if ((tried.get(one) ?? longest) <= below.length || !issues(one)) continue;
    const found = wayUp([...below, one], pool, time, trust, tried);
    if (found.anchor !== undefined) return found;
    tried.set(one, below.length);
    first ??= found;
  }
  return first ?? { certificates: below, anchor: undefined };
}

function anchorIn(trust: Trust, fits: (one: Certified) => boolean) {
  for (const by of ['given', 'wellKnown'] as const) {
    const certificate = trust[by].find(fits);
    if (certificate !== undefined) return { by, certificate };
  }
  return undefined;
}
