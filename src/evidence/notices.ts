import { noticeTexts } from '../journal/rightsEvent.ts';
import type { EventOf } from './keptEvents.ts';
import { stamp } from './moment.ts';
import { exhibitNamed } from './restrictions.ts';

type Said = Readonly<Record<(typeof noticeTexts)[number], string>>;

/** A notice to a service provider, and what became of it. */
export interface NoticeEntry extends Omit<Said, 'addresses'> {
  /** `N-01`: its place among the journal's notices. */
  readonly name: string;
  /** Where the material stands, as the person names it. */
  readonly addresses: readonly string[];
  readonly at: string;
  readonly event: string;
  readonly by: 'person' | 'command';
  /** Oldest first; all of it as the person says. */
  readonly acts: readonly NoticeAct[];
}

export interface NoticeAct {
  readonly act: 'sent' | 'answered';
  readonly at: string;
  readonly event: string;
  /** The day on which it was, as the person says. */
  readonly dated: string | null;
  readonly channel: NonNullable<EventOf<'notice'>['channel']> | null;
  readonly outcome: NonNullable<EventOf<'notice'>['outcome']> | null;
  /** To whom, or by whom. */
  readonly who: string;
  readonly remarks: string;
  /** By when the person looks for an answer. */
  readonly due: string | null;
  /** The receipt or the answer, as `EX-01`. */
  readonly exhibit: string | null;
}

interface Kept {
  readonly notice: readonly EventOf<'notice'>[];
  readonly exhibit: readonly EventOf<'exhibit'>[];
}

/** The notices of one journal in the order in which they were drawn. An act of a notice that there is not means nothing. */
export function noticeEntries(journal: string, { notice, exhibit }: Kept): NoticeEntry[] {
  const drawn = notice.filter(({ act }) => act === 'drawn');
  return drawn.map((event, i): NoticeEntry => {
    const own = notice.filter(one => one.act !== 'drawn' && one.notice === event.sequence);
    const { addresses, ...said } = saidIn(event.texts);
    return {
      name: noticeName(i + 1),
      ...said,
      addresses: addresses.split('\n').filter(line => line.trim() !== ''),
      at: stamp(event),
      event: `${journal}:${event.sequence}`,
      by: event.by,
      acts: own.map((one): NoticeAct => {
        const [who = '', remarks = ''] = one.texts ?? [];
        return {
          act: one.act === 'answered' ? 'answered' : 'sent',
          at: stamp(one),
          event: `${journal}:${one.sequence}`,
          dated: one.dated ?? null,
          channel: one.channel ?? null,
          outcome: one.outcome ?? null,
          who,
          remarks,
          due: one.due ?? null,
          exhibit: exhibitNamed(one.exhibit, exhibit),
        };
      }),
    };
  });
}

export function noticeName(number: number): string {
  return `N-${String(number).padStart(2, '0')}`;
}

/** The day by which an answer is looked for and none is on record; null: there is none, or it was answered. */
export function openSince({ acts }: NoticeEntry): string | null {
  const last = acts.at(-1);
  return last === undefined || last.act === 'answered' ? null : last.due;
}

function saidIn(texts: readonly string[] = []): Said {
  return Object.fromEntries(noticeTexts.map((name, i) => [name, texts[i] ?? ''])) as Said;
}
