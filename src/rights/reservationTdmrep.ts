import type { ReservationForm, Reserved } from './reservation.ts';
import { deletion, insertion, replaced } from './reservationBlock.ts';

/**
 * `/.well-known/tdmrep.json` of the TDM Reservation Protocol: a list of rules, each of a location. Ours is of `/`. JSON has no
 * comments: our rule is known by its letters.
 */
export const tdmrepForm: ReservationForm = {
  put(text = '', { policy, eol }) {
    const stands = rule(policy);
    const own = alone.exec(text);
    if (own !== null) {
      const passage = { from: own.index, to: own.index + own[0].length };
      return { changes: own[0] === stands ? [] : [replaced(passage, stands)], stands };
    }
    if (text.trim() === '') return { changes: [{ from: 0, to: text.length, insert: fileOf(stands, eol) }], stands };
    const read = rulesIn(text);
    if ('cannot' in read) return read;
    const { rules, behind } = read;
    const whole = rules.find(one => one.location === '/' || one.location === '/*');
    if (whole?.['tdm-reservation'] === 1) return { already: true };
    const open = whole ?? rules.find(one => one['tdm-reservation'] === 0);
    if (open !== undefined) return { cannot: 'contrary', detail: JSON.stringify(open) };
    const gap = rules.length === 0 ? '' : `,${/^\s*\[(\s*)/.exec(text)?.[1] ?? ''}`;
    return { changes: [insertion(behind, `${gap}${stands}`)], stands };
  },
  take(text) {
    const own = alone.exec(text)?.[0];
    if (own === undefined) return [];
    if ([fileOf(own, '\n'), fileOf(own, '\r\n')].includes(text)) return [deletion(0, text.length)];
    const gone = behindOthers.exec(text) ?? beforeOthers.exec(text)!;
    return [deletion(gone.index, gone.index + gone[0].length)];
  },
  standing: text => alone.exec(text)?.[0],
};

const alone = /\{"location":"\/","tdm-reservation":1(?:,"tdm-policy":"(?:[^"\\]|\\.)*")?\}/;
const behindOthers = new RegExp(`,\\s*${alone.source}`);
const beforeOthers = new RegExp(`${alone.source}(?:\\s*,\\s*)?`);

function rule(policy: string | undefined): string {
  return `{"location":"/","tdm-reservation":1${policy === undefined ? '' : `,"tdm-policy":${JSON.stringify(policy)}`}}`;
}

/** A file that has nothing else: no list that was there before looks so. */
function fileOf(own: string, eol: string): string {
  return `[${eol}  ${own}${eol}]${eol}`;
}

type Rules = readonly { readonly location?: unknown; readonly 'tdm-reservation'?: unknown }[];

/** The rules, and where one may be put behind them. */
function rulesIn(
  text: string,
): { readonly rules: Rules; readonly behind: number } | Extract<Reserved, { cannot: string }> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { cannot: 'foreign', detail: error instanceof Error ? error.message : String(error) };
  }
  if (!Array.isArray(json) || !json.every(one => typeof one === 'object' && one !== null && !Array.isArray(one)))
    return { cannot: 'foreign', detail: 'tdmrep.json' };
  const end = text.lastIndexOf(']');
  return { rules: json as Rules, behind: json.length === 0 ? text.indexOf('[') + 1 : text.lastIndexOf('}', end) + 1 };
}
