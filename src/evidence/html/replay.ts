import { hands } from '../../provenance/origin.ts';
import { mostFilmed, mostFrames } from '../film.ts';
import type { Report } from '../report.ts';
import { handClass } from './lines.ts';
import { text } from './markup.ts';
import type { Words } from './words.ts';

/**
 * Where the text writes itself: the script, which alone can show it, makes it seen; on paper there is nothing to see.
 * `alone`: on a page of its own, which says what it is.
 */
export function replayPlace({ replay }: Report, words: Words, where: 'report' | 'alone' = 'report'): string {
  const { frames, leftOut } = replay;
  const title = where === 'alone' ? '' : `<h3>${words.t('replay.title')}</h3>`;
  const cut = leftOut.map(path => `<li><bdi>${text(path)}</bdi></li>`).join('');
  const rule = words.t('replay.cut', { frames: mostFrames, characters: mostFilmed });
  const told = cut === '' ? '' : `<p class="small">${rule}</p><ul class="small">${cut}</ul>`;
  if (frames.length < 2) return told === '' ? '' : `<div class="replay">${title}${told}</div>`;
  const [first, last] = [frames[0]!.at, frames.at(-1)!.at];
  const intro = words.html('replay.intro', {
    frames: words.n(frames.length),
    first: words.dateTime(first),
    last: words.dateTime(last),
  });
  const alone = where === 'alone' ? ' data-alone' : '';
  return `<div id="replay" class="replay"${alone} hidden>${title}<p>${intro}</p>${told}</div>`;
}

/** The states for the script, as JSON in which nothing is markup and nothing is unseen. */
export function replayData({ replay, files }: Report, words: Words): string {
  const { frames } = replay;
  if (frames.length < 2) return '';
  const names = [...new Set(frames.map(({ file }) => file))];
  const shown = frames.map(({ at, event, file, parts }) => [
    names.indexOf(file),
    words.plain(words.dateTime(at)),
    event.slice(event.lastIndexOf(':') + 1),
    parts.map(part =>
      'from' in part
        ? [part.from, part.length]
        : [part.text, part.hands.map(([hand, length]) => [hands.indexOf(hand), length])],
    ),
  ]);
  const named = {
    play: words.t('replay.play'),
    pause: words.t('replay.pause'),
    speed: words.t('replay.speed'),
    state: words.t('replay.state'),
    entry: words.t('column.entry'),
    fresh: words.t('replay.fresh'),
  };
  const code = files.filter(({ passages }) => passages.unit === 'line').map(({ path }) => names.indexOf(path));
  const classes = hands.map(hand => handClass[hand]);
  const called = hands.map(hand => words.named('hand', hand));
  const json = JSON.stringify({ names, code, classes, hands: called, words: named, frames: shown });
  return `<div id="replay-data" hidden>${json.replace(unsafe, escaped)}</div>`;
}

/** What could be markup, or is not seen, or draws as the report's own marks do. */
const unsafe = /[<>&\u007f-\u00a0\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff⟦⟧]/g;

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
