import type { Setter } from './cells.ts';
import { box, type Ground } from './ground.ts';
import { hatch } from './hatch.ts';
import { linesOf, widthOf } from './line.ts';
import { handIn, type Look } from './look.ts';
import { attributeOf, type Element, hasClass, textOf } from './nodes.ts';
import { black, handInks, type Ink, inkOf, points, rule, soft } from './sheet.ts';
import type { Strip } from './strip.ts';
import type { Tag } from './tag.ts';

export interface PictureForm {
  readonly setter: Setter;
  readonly x: number;
  readonly width: number;
}

/** A picture of the page's own: boxes, lines, circles and paths, and texts. It says in words what it shows. */
export function pictureStrip(svg: Element, tag: Tag, { setter, x, width }: PictureForm): Strip {
  const [left = 0, top = 0, across = 1, down = 1] = numbers(attributeOf(svg, 'viewBox') ?? '');
  const scale = Math.min(width / across, highest / down, 1);
  const height = down * scale;
  const alt = attributeOf(svg, 'aria-label') ?? '';
  return {
    height: height + 2,
    above: 7,
    paint(ground, y) {
      const figure = tag.inside('Figure', { alt, bbox: [x, y, x + across * scale, y + height] });
      figure.draw(ground.document, () => {
        new Drawing(ground, setter, { x: x - left * scale, y: y - top * scale, scale }).draw(svg);
      });
    },
  };
}

interface Frame {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

const smallest = 8;
/** A picture is never parted. */
const highest = 600;

class Drawing {
  readonly #ground: Ground;
  readonly #setter: Setter;
  readonly #frame: Frame;

  constructor(ground: Ground, setter: Setter, frame: Frame) {
    this.#ground = ground;
    this.#setter = setter;
    this.#frame = frame;
  }

  draw(element: Element): void {
    for (const child of element.children) {
      if (typeof child === 'string') continue;
      switch (child.name) {
        case 'g':
        case 'a':
          this.draw(child);
          break;
        case 'rect':
          this.#rect(child);
          break;
        case 'line':
          this.#line(child);
          break;
        case 'circle':
        case 'path':
        case 'polyline':
        case 'polygon':
          this.#path(child);
          break;
        case 'text':
          this.#text(child);
          break;
      }
    }
  }

  #rect(element: Element): void {
    const { x, y, scale } = this.#frame;
    const of = (name: string) => Number(attributeOf(element, name) ?? 0);
    const [width, height] = [of('width') * scale, of('height') * scale];
    const area = { x: x + of('x') * scale, y: y + of('y') * scale, width, height };
    const hand = handOf(element);
    if (hasClass(element, 'frame')) this.#ground.raw(`0 0 0 RG 0.7 w ${box(area.x, area.y, width, height)} S`);
    else if (hand !== undefined) this.#ground.raw(hatch(area, handInks[hand]));
    else if (hasClass(element, 'gap')) this.#ground.raw(hatch(area, gap));
    else if (hasClass(element, 'plate')) this.#ground.raw(`1 1 1 rg ${box(area.x, area.y, width, height)} f`);
    else this.#ground.raw(`0.93 0.93 0.93 rg ${box(area.x, area.y, width, height)} f`);
  }

  #line(element: Element): void {
    const { x, y, scale } = this.#frame;
    const of = (name: string) => Number(attributeOf(element, name) ?? 0) * scale;
    const [ink, weight, dash] = strokeOf(element);
    this.#ground.raw(
      `${inkOf(ink)} RG ${weight} w ${dash} 0 d ${points(x + of('x1'))} ${points(y + of('y1'))} m ${points(x + of('x2'))} ${points(y + of('y2'))} l S [] 0 d`,
    );
  }

  /** Outlines and curves, by pdfkit's own reader of paths. */
  #path(element: Element): void {
    const { document } = this.#ground;
    const { x, y, scale } = this.#frame;
    const hand = handOf(element);
    document.save();
    document
      .translate(x, y)
      .scale(scale)
      .path(pathOf(element))
      .lineWidth(1 / scale);
    if (hand === undefined) document.stroke();
    else {
      const [r, g, b] = handInks[hand].ink;
      const ink: [number, number, number] = [r * 255, g * 255, b * 255];
      if (element.name === 'polyline') document.stroke(ink);
      else document.fill(ink);
    }
    document.restore();
  }

  /** Letters do not shrink with the picture, but where they would leave it. */
  #text(element: Element): void {
    const { x, y, scale } = this.#frame;
    const at = x + Number(attributeOf(element, 'x') ?? 0) * scale;
    const ends = hasClass(element, 'lane') || hasClass(element, 'end') || attributeOf(element, 'text-anchor') === 'end';
    const middle = hasClass(element, 'middle') || attributeOf(element, 'text-anchor') === 'middle';
    const text = textOf(element);
    // A letter on its plate is as large as that.
    const wanted = hasClass(element, 'sign') ? 11 * scale : smallest;
    const full = widthOf(this.#setter.word(text, look(wanted)));
    const room = ends ? at - x : Number.POSITIVE_INFINITY;
    const size = full > room ? (wanted * room) / full : wanted;
    const cells = this.#setter.word(text, look(size));
    const width = widthOf(cells);
    const from = ends ? at - width : middle ? at - width / 2 : at;
    const [line] = linesOf(cells, Number.POSITIVE_INFINITY);
    this.#ground.line(line!, from, y + Number(attributeOf(element, 'y') ?? 0) * scale + (wanted === smallest ? 1 : 0));
  }
}

function look(size: number): Look {
  return { face: 'sans', size, ink: black };
}

const gap = { ink: [0.62, 0.62, 0.62], wash: [1, 1, 1], line: 'solid', fill: 'crossed' } as const;

/** Boxes name their hand as `f-ma`, or as text does. */
function handOf(element: Element): ReturnType<typeof handIn> {
  const name = /(?:^|\s|")f-(\w+)/.exec(attributeOf(element, 'class') ?? '')?.[1];
  return handIn(name === undefined ? element : { ...element, written: `class="${name}"` });
}

function strokeOf(element: Element): readonly [Ink, number, string] {
  if (hasClass(element, 'session')) return [black, 2.6, '[]'];
  if (hasClass(element, 'tick')) return [rule, 0.5, '[1.4 2]'];
  return [hasClass(element, 'base') ? rule : soft, 0.7, '[]'];
}

function pathOf(element: Element): string {
  const of = (name: string) => Number(attributeOf(element, name) ?? 0);
  if (element.name === 'path') return attributeOf(element, 'd') ?? '';
  if (element.name === 'circle') {
    const [x, y, r] = [of('cx'), of('cy'), of('r')];
    return `M${x - r} ${y}A${r} ${r} 0 1 0 ${x + r} ${y}A${r} ${r} 0 1 0 ${x - r} ${y}Z`;
  }
  const list = numbers(attributeOf(element, 'points') ?? '');
  const pairs = Array.from({ length: list.length >> 1 }, (_, i) => `${list[2 * i]} ${list[2 * i + 1]}`);
  return `M${pairs.join('L')}${element.name === 'polygon' ? 'Z' : ''}`;
}

function numbers(list: string): number[] {
  return (list.match(/-?[\d.]+/g) ?? []).map(Number);
}
