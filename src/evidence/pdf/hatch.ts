import { box } from './ground.ts';
import { type HandInk, inkOf, points } from './sheet.ts';

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Fills an area with a hand's pattern: lines and dots that a printer without colours keeps apart. */
export function hatch(area: Area, { fill, ink, wash }: HandInk): string {
  const { x, y, width, height } = area;
  const whole = box(x, y, width, height);
  if (fill === 'full') return `${inkOf(ink)} rg ${whole} f`;
  return `q ${whole} W n ${inkOf(wash)} rg ${whole} f ${inkOf(ink)} RG ${lines(area, fill)} Q`;
}

function lines({ x, y, width, height }: Area, fill: Exclude<HandInk['fill'], 'full'>): string {
  switch (fill) {
    case 'slanted':
      return `1.5 w ${steps(-height, width, 3.6, at => segment(x + at, y + height, x + at + height, y))}`;
    case 'level':
      return `1.1 w ${steps(1.8, height, 3.6, at => segment(x, y + at, x + width, y + at))}`;
    case 'upright':
      return `0.9 w ${steps(1.2, width, 3.6, at => segment(x + at, y, x + at, y + height))}`;
    case 'dots':
      return `1.1 w 1 J ${steps(1.5, height, 3, at => `[0 3] 0 d ${segment(x + 1.5, y + at, x + width, y + at)}`)} [] 0 d`;
    case 'crossed': {
      const rising = steps(-height, width, 4.2, at => segment(x + at, y + height, x + at + height, y));
      const falling = steps(-height, width, 4.2, at => segment(x + at, y, x + at + height, y + height));
      return `0.6 w ${rising} ${falling}`;
    }
  }
}

function steps(from: number, to: number, step: number, draw: (at: number) => string): string {
  const parts: string[] = [];
  for (let at = from; at < to; at += step) parts.push(draw(at));
  return parts.join(' ');
}

function segment(x1: number, y1: number, x2: number, y2: number): string {
  return `${points(x1)} ${points(y1)} m ${points(x2)} ${points(y2)} l S`;
}
