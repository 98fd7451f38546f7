import { type Fields, fields, list, text } from '../reading/json.ts';
import { keyOf, type RequestEdit } from './chatTimeline.ts';
import { absolute } from './copilotEdit.ts';

/**
 * The edits of an editing session of VS Code's chat in its older form (`linearHistory`, until autumn 2025): for each
 * request states of its files, one before each step and one behind the last (`postEdit`; without it, what the last step
 * did is not told). `content`: a text by the name under which the session keeps it.
 */
export async function historyOf(
  state: Fields,
  content: (name: string) => Promise<string | undefined>,
): Promise<RequestEdit[]> {
  const out: RequestEdit[] = [];
  const [seen, history] = [new Set<string>(), list(state.linearHistory).map(fields)];
  const initial = new Map(list(state.initialFileContents).map(pair => [text(list(pair)[0]), text(list(pair)[1])]));
  for (const [index, item] of history.entries()) {
    const request = text(item?.requestId);
    if (!item || request === undefined) continue;
    const stops = item.stops === undefined ? [] : list(item.stops).map(stop => entriesIn(fields(stop)?.entries));
    // Still at work, or a form without it: nothing is sure yet.
    if (item.postEdit === undefined && index === history.length - 1) continue;
    const last = item.postEdit === undefined ? stops.at(-1) : entriesIn(item.postEdit);
    let place = 0;
    for (const [uri, entry] of last ?? []) {
      place++;
      const file = absolute(uri, undefined);
      const first = stops[0]?.get(uri)?.currentHash;
      const begun = first ?? (seen.has(uri) ? undefined : initial.get(uri)) ?? entry.originalHash;
      const [before, after] = [await content(text(begun) ?? ''), await content(text(entry.currentHash) ?? '')];
      if (file === undefined || after === undefined || before === after) continue;
      const edit = { request, file, place, epoch: index, after };
      out.push(before === undefined ? edit : { ...edit, before });
    }
    for (const uri of last?.keys() ?? []) seen.add(uri);
  }
  return out;
}

/** What the person decided about what a request did to a file. */
export interface Settled {
  /** `keyOf` of request and file. */
  readonly key: string;
  readonly outcome: 'accepted' | 'rejected';
}

/** States: 0 pending, 1 accepted, 2 rejected, of the newest request that wrote to the file. */
export function settledIn(state: Fields): readonly Settled[] {
  const recent = entriesIn(fields(state.recentSnapshot)?.entries);
  return [...recent].flatMap(([uri, entry]): Settled[] => {
    const request = text(fields(entry.telemetryInfo)?.requestId);
    const file = absolute(uri, undefined);
    if (request === undefined || file === undefined) return [];
    const key = keyOf(request, file);
    if (entry.state === 1) return [{ key, outcome: 'accepted' }];
    return entry.state === 2 ? [{ key, outcome: 'rejected' }] : [];
  });
}

function entriesIn(entries: unknown): ReadonlyMap<string, Fields> {
  const out = new Map<string, Fields>();
  for (const value of list(entries)) {
    const entry = fields(value);
    const uri = text(entry?.resource);
    if (entry && uri !== undefined) out.set(uri, entry);
  }
  return out;
}
