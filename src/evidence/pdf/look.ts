import type { Hand } from '../../provenance/origin.ts';
import { handClass } from '../html/lines.ts';
import type { FaceName } from './faces.ts';
import { attributeOf, type Element, hasClass } from './nodes.ts';
import { type Ink, soft } from './sheet.ts';

/** How letters stand. */
export interface Look {
  readonly face: FaceName;
  readonly size: number;
  readonly ink: Ink;
  /** Whose text it is, where it bears that hand's mark. */
  readonly hand?: Hand;
  /** In a frame: what stands for a letter and is none. */
  readonly framed?: true;
  /** Struck through. */
  readonly struck?: true;
  readonly underlined?: true;
  /** The id it leads to. */
  readonly target?: string;
  readonly lang?: string;
}

const handOf: ReadonlyMap<string, Hand> = new Map(
  Object.entries(handClass).map(([hand, name]) => [name, hand as Hand]),
);

/** The hand whose class an element bears. */
export function handIn(element: Element): Hand | undefined {
  for (const name of attributeOf(element, 'class')?.split(' ') ?? []) {
    const hand = handOf.get(name);
    if (hand !== undefined) return hand;
  }
  return undefined;
}

/** The look inside an element that stands in a line. */
export function lookIn(element: Element, look: Look): Look {
  switch (element.name) {
    case 'small':
      return { ...look, face: 'sans', size: Math.max(look.size - 1, least), ink: soft };
    case 'b':
    case 'strong':
      return { ...look, face: 'strong' };
    case 'code':
      return { ...look, face: 'mono' };
    case 'i':
      return { ...look, face: 'sans', size: Math.min(look.size * 0.76, 8.5) };
    case 'del':
      return { ...look, struck: true };
    case 'ins':
      return { ...look, underlined: true };
    case 'a': {
      const target = attributeOf(element, 'href');
      const linked: Look = target?.startsWith('#') ? { ...look, target: target.slice(1) } : look;
      // The bracket that opens a prompt's text.
      return look.hand === undefined ? linked : { ...linked, face: 'sans', size: Math.min(look.size * 0.76, 8.5) };
    }
    default:
      return spanIn(element, look);
  }
}

/** Smallest letters of what is to be read. */
export const least = 10;

function spanIn(element: Element, look: Look): Look {
  if (element.written === '') return look;
  const hand = handIn(element);
  const lang = attributeOf(element, 'lang');
  return {
    ...look,
    ...(lang !== undefined && { lang }),
    ...(hand !== undefined && hand !== 'human' && { hand }),
    ...(hasClass(element, 'swatch') && { face: 'sans', framed: true as const }),
    ...(hasClass(element, 'esc') && { face: 'sans', size: look.size * 0.7, framed: true as const }),
    ...(hasClass(element, 'zone') && { ink: soft }),
    ...(hasClass(element, 'empty') && { ink: soft, underlined: true as const }),
  };
}
