import { type TraceBody, type TraceEvent, type TraceHead, traceSchema, traceVersion } from '../../src/capture/trace.ts';

export type Of<K extends TraceBody['kind']> = Extract<TraceEvent, { readonly kind: K }>;

/** A trace as it was read, with what only later lines tell of earlier ones. */
export class TraceStory {
  readonly head: TraceHead;
  readonly events: readonly TraceEvent[];

  private constructor(head: TraceHead, events: readonly TraceEvent[]) {
    this.head = head;
    this.events = events;
  }

  /** Throws Error for what is no trace, or of a version that is not known. */
  static parse(text: string): TraceStory {
    const [head, ...events] = text
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line) as unknown);
    const of = head as Partial<TraceHead> | undefined;
    if (of?.schema !== traceSchema || of.version !== traceVersion) throw new Error('not a trace of this version');
    return new TraceStory(of as TraceHead, events as TraceEvent[]);
  }

  /** Texts that were open when the trace began: they stand before anything that happened. */
  get opening(): readonly Of<'opened'>[] {
    const first = this.events.findIndex(({ kind }) => kind !== 'opened');
    return this.events.slice(0, first < 0 ? undefined : first).filter(event => event.kind === 'opened');
  }

  /** Files that were there before the trace began, as far as it tells, with what they held. */
  filesBefore(): ReadonlyMap<string, Of<'opened'>> {
    const files = new Map<string, Of<'opened'>>();
    const made = new Set<string>();
    for (const event of this.events) {
      if (event.kind === 'disk' && event.what === 'created') made.add(event.path);
      if (event.kind === 'renamed') made.add(event.path);
      if (event.kind !== 'opened' || event.path === undefined || made.has(event.path)) continue;
      made.add(event.path);
      files.set(event.path, event);
    }
    return files;
  }

  /** A change of a clean text that no dirty state follows: its file was read again. */
  isReload(at: number): boolean {
    const event = this.events[at];
    if (event?.kind !== 'changed' || event.dirty || event.reason || event.changes.length === 0) return false;
    for (const next of this.events.slice(at + 1)) {
      if (next.at > event.at + 100) return true;
      if (next.kind !== 'changed' || next.document !== event.document) continue;
      return !(next.changes.length === 0 && next.dirty);
    }
    return true;
  }

  /** What could be read of an offer; undefined where nothing was. */
  textOf(offer: number): string | undefined {
    return this.events.find(event => event.kind === 'read' && event.offer === offer && event.text !== undefined)
      ? ''
      : undefined;
  }
}
