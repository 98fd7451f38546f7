import type { Setter } from './cells.ts';
import { linesOf } from './line.ts';
import type { Look } from './look.ts';
import { attributeOf, type Element } from './nodes.ts';
import { inkOf, points, soft } from './sheet.ts';
import type { Strip } from './strip.ts';
import { artifact, type Tag } from './tag.ts';

export interface ContentsForm {
  readonly setter: Setter;
  readonly look: Look;
  readonly x: number;
  readonly width: number;
}

/** A line of the contents: its number, where it leads to, and the page, which is known when all is laid out. */
export function contentsStrip(item: Element, number: number, toc: Tag, form: ContentsForm): Strip {
  const { setter, look, x, width } = form;
  const tag = toc.inside('TOCI');
  const link = item.children.find(child => typeof child !== 'string' && child.name === 'a');
  const target = link === undefined || typeof link === 'string' ? undefined : attributeOf(link, 'href')?.slice(1);
  const label = setter.word(`${number}`, look);
  const [line] = linesOf(setter.cells(item.children, look, false), width - 50);
  return {
    height: 16,
    above: 0,
    paint(ground, y) {
      const foot = y + 12;
      const page = target === undefined ? undefined : ground.places.get(target);
      ground.line(linesOf(label, 30)[0]!, x, foot, tag);
      ground.line(line!, x + 22, foot, tag);
      if (page === undefined) return;
      const shown = linesOf(setter.word(String(page), look), 60)[0]!;
      const [from, to] = [x + 28 + line!.width, x + width - shown.width - 6];
      if (to > from) {
        artifact(ground.document, 'Layout', () =>
          ground.raw(
            `${inkOf(soft)} RG 0.7 w [0.7 3] 0 d ${points(from)} ${points(foot)} m ${points(to)} ${points(foot)} l S [] 0 d`,
          ),
        );
      }
      ground.line(shown, x + width - shown.width, foot, tag);
    },
  };
}
