import fc from 'fast-check';
import type { EventChange, Finding, JournalEvent } from '../../src/journal/event.ts';
import { bases, kinds, placements } from '../../src/provenance/origin.ts';

/** Texts as VS Code may send them: any UTF-16, white space and lone surrogates among it. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('', 'a', ' ', '\n', '\ud800', '\udc00a', 'мен сен', 'x\u00a0y\u3000z', '🌍 ok', '\ufeff\u200b'),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.array(fc.integer({ min: 0xd7ff, max: 0xe000 }), { maxLength: 4 }).map(units => String.fromCharCode(...units)),
);

/** Counts, small ones first; some too large for columns. */
const count: fc.Arbitrary<number> = fc.oneof(
  { weight: 8, arbitrary: fc.nat(300) },
  { weight: 3, arbitrary: fc.nat() },
  { weight: 2, arbitrary: fc.maxSafeNat() },
);
const signed: fc.Arbitrary<number> = fc.oneof(fc.integer({ min: -840, max: 840 }), fc.maxSafeInteger());

const head = { time: signed, monotonic: signed, zone: signed, session: count };

const origin = {
  kind: fc.constantFrom(...kinds),
  basis: fc.constantFrom(...bases),
  rule: fc.constantFrom('keyboard', 'none', 'paste\ud800'),
};
const finding: fc.Arbitrary<Finding> = fc.oneof(
  fc.record({ ...origin, length: count }),
  fc.record({ ...origin, length: count, prompt: anyText }),
  fc.record({ ...origin, length: count, commit: anyText }),
);

const observation = fc.record(
  {
    by: fc.constantFrom('editor' as const, 'watcher' as const),
    selection: fc.constantFrom('keyboard' as const, 'mouse' as const),
    carets: fc.boolean(),
    mark: anyText,
    transfer: fc.record({
      how: fc.constant('paste' as const),
      from: fc.constant('outside' as const),
      equal: fc.boolean(),
    }),
    detailedReason: fc.record({
      source: anyText,
      metadata: fc.dictionary(anyText, fc.oneof(fc.nat(), anyText, fc.constant(null), fc.array(fc.boolean()))),
    }),
  },
  { requiredKeys: ['by'] },
);

const replacement: fc.Arbitrary<{ change: EventChange; text: string }> = fc.record({
  change: fc.oneof(
    { weight: 4, arbitrary: fc.record({ from: count, to: count }) },
    {
      weight: 1,
      arbitrary: fc.record({
        from: count,
        to: count,
        spans: fc.array(fc.record({ length: count, serial: count }), { maxLength: 3 }),
      }),
    },
  ),
  text: anyText,
});

const actor = fc.record({
  kind: fc.constantFrom(...kinds),
  basis: fc.constantFrom(...bases),
  rule: fc.constantFrom('keyboard', 'none', 'қатар'),
});

const step = fc.record({ document: count, tracker: count, version: count, first: count });

/** Events of `changed`, most of them such as columns hold; others break what columns expect. */
const changed = fc
  .tuple(
    fc.record(head),
    step,
    fc.oneof(
      { weight: 5, arbitrary: fc.tuple(replacement) },
      { weight: 1, arbitrary: fc.array(replacement, { maxLength: 3 }) },
    ),
    fc.constantFrom(...placements),
    fc.oneof(
      { weight: 4, arbitrary: fc.tuple(finding) },
      { weight: 1, arbitrary: fc.array(finding, { maxLength: 3 }) },
    ),
    observation,
    fc.record({ placed: count, actor, texts: fc.array(anyText, { maxLength: 2 }) }, { requiredKeys: [] }),
  )
  .map(([common, numbers, replacements, placement, findings, seen, odd]) => ({
    ...common,
    kind: 'changed' as const,
    ...numbers,
    changes: replacements.map(({ change }) => change),
    placement,
    findings,
    observation: seen,
    texts: replacements.map(({ text }) => text),
    ...odd,
  }));

const row = fc.oneof(
  fc.record({ ...head, kind: fc.constant('sessionEnd' as const) }),
  fc.record({ ...head, kind: fc.constant('prompt' as const), id: anyText, asked: signed, texts: fc.tuple(anyText) }),
  fc.record({
    ...head,
    kind: fc.constant('promptNote' as const),
    prompt: anyText,
    texts: fc.tuple(anyText),
  }),
  fc.record({
    ...head,
    kind: fc.constant('exhibit' as const),
    what: fc.constantFrom('draft' as const, 'terms' as const),
    fileDigest: anyText,
    size: count,
    by: fc.constant('person' as const),
    texts: fc.tuple(anyText, anyText),
  }),
  fc.record({
    ...head,
    kind: fc.constant('milestone' as const),
    by: fc.constant('command' as const),
    texts: fc.tuple(anyText),
  }),
  fc.record({
    ...head,
    kind: fc.constant('review' as const),
    files: fc.array(fc.record({ document: count, saved: count })),
    by: fc.constant('person' as const),
    texts: fc.tuple(anyText, anyText, anyText, anyText),
  }),
  fc.record({
    ...head,
    kind: fc.constant('restriction' as const),
    form: fc.constantFrom('header' as const, 'robots' as const),
    act: fc.constant('set' as const),
    fileDigest: anyText,
    by: fc.constant('person' as const),
    texts: fc.tuple(anyText, anyText),
  }),
  fc.record({
    ...head,
    kind: fc.constant('notice' as const),
    act: fc.constant('sent' as const),
    notice: count,
    dated: anyText,
    by: fc.constant('command' as const),
    texts: fc.tuple(anyText, anyText),
  }),
  fc.record({
    ...head,
    kind: fc.constant('label' as const),
    act: fc.constant('written' as const),
    document: count,
    saved: count,
    form: fc.constantFrom('markdown' as const, 'sidecar' as const),
    by: fc.constant('person' as const),
    texts: fc.tuple(anyText, anyText),
  }),
  fc.record({
    ...head,
    kind: fc.constant('exported' as const),
    exportId: fc.constant('0123456789abcdef'),
    archiveDigest: fc.constant('0123456789abcdef'.repeat(4)),
    size: count,
    profile: fc.constantFrom('kz-composite' as const, 'generic' as const),
    language: fc.constantFrom('en' as const, 'kk' as const),
    by: fc.constant('command' as const),
  }),
  fc.record({ ...head, kind: fc.constant('answer' as const), id: anyText, answered: signed, texts: fc.tuple(anyText) }),
  fc.record({
    ...head,
    kind: fc.constant('decision' as const),
    edit: anyText,
    decided: signed,
    outcome: fc.constantFrom('accepted' as const, 'rejected' as const, 'undone' as const),
  }),
  fc.record({
    ...head,
    kind: fc.constant('commit' as const),
    id: anyText,
    authored: signed,
    texts: fc.tuple(anyText),
  }),
  fc.record({
    ...head,
    kind: fc.constant('repeats' as const),
    ranges: fc.array(fc.record({ length: count, serial: count }), { maxLength: 3 }),
    of: anyText,
  }),
  fc.record({
    ...head,
    kind: fc.constant('agentEdit' as const),
    path: anyText,
    texts: fc.array(anyText, { maxLength: 2 }),
  }),
);

/** Events without their sequence, ordinary and strange: the formats give back whatever is plain JSON. */
export const anyEvents: fc.Arbitrary<JournalEvent[]> = fc
  .tuple(fc.nat(2 ** 40), fc.array(fc.oneof({ weight: 3, arbitrary: changed }, row), { minLength: 1, maxLength: 12 }))
  .map(([first, events]) =>
    events.map((event, i) => structuredClone({ ...event, sequence: first + i }) as JournalEvent),
  );

/** A letter typed as a person does, `n` characters behind the beginning. */
export function typed(sequence: number, n: number, text = 'a'): JournalEvent {
  return {
    sequence,
    time: 1_780_000_000_000 + sequence * 170,
    monotonic: 5_000 + sequence * 170,
    zone: 300,
    session: 1,
    kind: 'changed',
    document: 1,
    tracker: 1,
    version: n + 1,
    changes: [{ from: n, to: n }],
    first: 4_294_967_296 + n,
    placement: 'insert',
    findings: [{ kind: 'typed', basis: 'asserted', rule: 'keyboard', length: text.length }],
    observation: { by: 'editor', selection: 'keyboard', carets: true },
    texts: [text],
  };
}
