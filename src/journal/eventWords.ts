import type { Observation, Transfer } from '../classify/observation.ts';
import { bases, kinds, type Origin, placements } from '../provenance/origin.ts';
import type { BesideBody } from './besideEvent.ts';
import type { EventBody, EventKind, FileFormat, GapReason, JournalEvent, Outcome, SkipReason } from './event.ts';
import type { ExhibitKind } from './exhibitEvent.ts';
import type { ExportBody } from './exportEvent.ts';
import type { LabelBody, LabelForm } from './labelEvent.ts';
import type { RestrictionForm } from './rightsEvent.ts';

/** What a member may say. `optional`: it may be absent. */
interface Words {
  readonly words: ReadonlySet<unknown>;
  readonly optional: boolean;
}

type Lists = Readonly<Record<string, Words>>;
/** The members of something that say a word of a list, its kind aside: with these types none is forgotten. */
type Listed<T> = { readonly [M in keyof T as IsListed<M, NonNullable<T[M]>> extends true ? M : never]-?: Words };
type IsListed<M, T> = M extends 'kind'
  ? false
  : [T] extends [string | boolean]
    ? string extends T
      ? false
      : true
    : false;
type OfKinds = { readonly [K in EventKind as keyof Listed<Of<K>> extends never ? never : K]: Listed<Of<K>> };
type OfOthers = {
  origin: Listed<Origin> & { kind: Words };
  observation: Listed<Observation>;
  transfer: Listed<Transfer>;
  format: Listed<FileFormat>;
};
type Of<K extends EventKind, B = EventBody> = B extends { kind: infer Own } ? (K extends Own ? B : never) : never;
type By<K extends EventKind> = Extract<Of<K>, { by: unknown }>['by'];
type Gives = Of<'agentEdit'>['gives'];
type Seen<M extends keyof Observation> = NonNullable<Observation[M]>;
type Said<B, M extends keyof B> = NonNullable<B[M]>;

type Acting = 'consent' | 'paused' | 'resumed' | 'attached' | 'redaction' | BesideBody['kind'];

const acting = one(of<By<Acting>>({ person: 0, command: 0 }));
const either = one([true, false]);
/** Said, or not. */
const flag = maybe([true]);

/**
 * Members of events that say one word of a closed list, by what has the member: an origin (finding, actor), an
 * observation, its transfer, the format of a file, or an event of that kind. The page's list, and the types'.
 */
export const eventWords = {
  origin: { kind: one(kinds), basis: one(bases) },
  consent: { by: acting, granted: either },
  paused: { by: acting },
  resumed: { by: acting },
  attached: { by: acting },
  redaction: { by: acting },
  key: { lost: flag },
  opened: { restores: flag },
  saved: { seen: flag },
  format: { bom: either, eol: one(of<FileFormat['eol']>({ '\n': 0, '\r\n': 0 })) },
  changed: { placement: one(placements) },
  observation: {
    by: one(of<Seen<'by'>>({ editor: 0, reload: 0, watcher: 0, open: 0, start: 0, baseline: 0 })),
    reason: maybe(of<Seen<'reason'>>({ undo: 0, redo: 0 })),
    selection: maybe(of<Seen<'selection'>>({ keyboard: 0, mouse: 0, command: 0 })),
    removes: maybe(of<Seen<'removes'>>({ selection: 0, caret: 0 })),
    saving: maybe(of<Seen<'saving'>>({ manual: 0, delay: 0, focus: 0 })),
    carets: maybe([true, false]),
    behind: flag,
    surrounds: flag,
    pastesUnseen: flag,
    eol: flag,
    coarse: flag,
  },
  transfer: {
    how: one(of<Transfer['how']>({ paste: 0, drop: 0 })),
    from: one(of<Transfer['from']>({ tracked: 0, editor: 0, outside: 0 })),
    equal: maybe([true, false]),
  },
  skipped: {
    reason: one(of<SkipReason>({ large: 0, binary: 0, encoding: 0, excluded: 0, secret: 0, unreadable: 0, scheme: 0 })),
  },
  gap: {
    reason: one(
      // biome-ignore format: a list
      of<GapReason>({
        crash: 0, notRunning: 0, paused: 0, shadow: 0, unreadable: 0, channel: 0, disk: 0, clock: 0, agentRecord: 0,
        sleep: 0, restored: 0,
      }),
    ),
  },
  prompt: { by: one(of<By<'prompt'>>({ record: 0, person: 0, import: 0 })) },
  decision: { outcome: one(of<Outcome>({ accepted: 0, rejected: 0, undone: 0 })), reconstructed: flag },
  answer: { reconstructed: flag },
  agentEdit: {
    gives: one(of<Gives>({ none: 0, after: 0, replaced: 0, both: 0 })),
    everywhere: flag,
    completion: flag,
    unchecked: flag,
    reconstructed: flag,
    elsewhere: flag,
  },
  promptNote: { protect: maybe([true, false]) },
  exhibit: {
    what: one(of<ExhibitKind>({ draft: 0, plan: 0, letter: 0, version: 0, agreement: 0, terms: 0, other: 0 })),
    by: acting,
  },
  exhibitRemoved: { purged: flag, by: acting },
  milestone: { by: acting },
  review: { approved: maybe([true, false]), by: acting },
  restriction: {
    form: one(of<RestrictionForm>({ header: 0, meta: 0, tdmrep: 0, robots: 0, rsl: 0, notice: 0 })),
    act: one(of<Of<'restriction'>['act']>({ set: 0, changed: 0, removed: 0, published: 0 })),
    created: flag,
    by: acting,
  },
  notice: {
    act: one(of<Of<'notice'>['act']>({ drawn: 0, sent: 0, answered: 0 })),
    channel: maybe(of<NonNullable<Of<'notice'>['channel']>>({ email: 0, form: 0, post: 0, hand: 0, other: 0 })),
    outcome: maybe(of<NonNullable<Of<'notice'>['outcome']>>({ removed: 0, partly: 0, refused: 0, other: 0 })),
    by: acting,
  },
  label: {
    act: one(of<LabelBody['act']>({ written: 0, removed: 0 })),
    form: one(of<LabelForm>({ markdown: 0, html: 0, latex: 0, text: 0, code: 0, sidecar: 0 })),
    level: maybe(of<Said<LabelBody, 'level'>>({ edited: 0, parts: 0, generated: 0 })),
    source: maybe(
      of<Said<LabelBody, 'source'>>({
        compositeWithTrainedAlgorithmicMedia: 0,
        compositeSynthetic: 0,
        trainedAlgorithmicMedia: 0,
      }),
    ),
    reviewed: flag,
    wording: maybe(of<Said<LabelBody, 'wording'>>({ generic: 0, eu: 0, kz: 0 })),
    language: maybe(of<Said<LabelBody, 'language'>>({ en: 0, ru: 0, kk: 0 })),
    by: acting,
  },
  exported: {
    profile: one(
      of<ExportBody['profile']>({
        'kz-contribution': 0,
        'kz-composite': 0,
        'kz-prompt': 0,
        'kz-program': 0,
        us: 0,
        generic: 0,
      }),
    ),
    language: one(of<ExportBody['language']>({ en: 0, ru: 0, kk: 0 })),
    by: acting,
  },
} as const satisfies OfKinds & OfOthers & Readonly<Record<string, Lists>>;

/** Throws RangeError where an event says what no list has: nobody could tell what it means. Takes any JSON. */
export function demandWords(event: JournalEvent): void {
  const { kind } = event;
  const lists = (eventWords as Readonly<Partial<Record<EventKind, Lists>>>)[kind];
  if (lists !== undefined) demand(lists, event);
  if (kind === 'baseline' || kind === 'opened' || kind === 'saved') demand(eventWords.format, event.format);
  if (kind === 'baseline') demand(eventWords.origin, event.finding);
  else if (kind === 'resolution') demand(eventWords.origin, event.origin);
  else if (kind === 'changed') {
    const { findings, actor, observation } = event;
    for (const finding of findings) demand(eventWords.origin, finding);
    if (actor !== undefined) demand(eventWords.origin, actor);
    demand(eventWords.observation, observation);
    if (observation.transfer !== undefined) demand(eventWords.transfer, observation.transfer);
  }
}

/** Whether kind and basis are of the lists. */
export function fitsOrigin({ kind, basis }: Pick<Origin, 'kind' | 'basis'>): boolean {
  return eventWords.origin.kind.words.has(kind) && eventWords.origin.basis.words.has(basis);
}

/** Whether all that an observation says in words of lists is of them. */
export function fitsObservation(seen: Observation): boolean {
  const { transfer } = seen;
  if (strange(eventWords.observation, seen) !== undefined) return false;
  return transfer === undefined || strange(eventWords.transfer, transfer) === undefined;
}

export function fitsPlacement(placement: unknown): boolean {
  return eventWords.changed.placement.words.has(placement);
}

function demand(lists: Lists, of: object): void {
  const member = strange(lists, of);
  if (member === undefined) return;
  throw new RangeError(`no ${member} that there is: ${JSON.stringify((of as Record<string, unknown>)[member])}`);
}

/** The first member that says none of its words. */
function strange(lists: Lists, of: object): string | undefined {
  for (const member in lists) {
    const { words, optional } = lists[member]!;
    const said: unknown = (of as Record<string, unknown>)[member];
    if (!(optional && said === undefined) && !words.has(said)) return member;
  }
  return undefined;
}

/** Every word of a union, once. */
function of<T extends string>(words: Readonly<Record<T, 0>>): readonly string[] {
  return Object.keys(words);
}

function one(words: readonly unknown[]): Words {
  return { words: new Set(words), optional: false };
}

function maybe(words: readonly unknown[]): Words {
  return { words: new Set(words), optional: true };
}
