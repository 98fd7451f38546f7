import assert from 'node:assert/strict';
import { style } from '../../../src/evidence/html/assets.ts';

/** Palettes as the style names them: on a screen by day, in the dark, in print. */
const css = style();
const palettes = {
  light: variables(css.slice(0, css.indexOf('prefers-color-scheme: dark'))),
  dark: variables(css.slice(css.indexOf('prefers-color-scheme: dark'), css.indexOf('* {'))),
  print: variables(css.slice(css.indexOf('@media print'))),
};

function variables(text: string): ReadonlyMap<string, string> {
  const pairs = [...text.matchAll(/--([\w-]+): (#[0-9a-f]{3,6});/g)].map(([, name, value]) => [name!, value!] as const);
  return new Map(pairs);
}

/** WCAG 2.2, relative luminance of an sRGB colour. */
function luminance(colour: string): number {
  const digits = colour.length === 4 ? [...colour.slice(1)].map(digit => digit + digit) : colour.slice(1).match(/../g)!;
  const [r, g, b] = digits.map(pair => {
    const part = Number.parseInt(pair, 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

describe('report style', () => {
  for (const [name, palette] of Object.entries(palettes)) {
    it(`${name}: every ink can be read on every ground it stands on (4.5 : 1)`, () => {
      const pairs = ['ma', 'me', 'ou', 'ea', 'un'].flatMap(hand => [
        [hand, 'paper'],
        [hand, `${hand}-wash`],
        ['ink', `${hand}-wash`],
      ]);
      pairs.push(['ink', 'paper'], ['soft', 'paper'], ['link', 'paper'], ['ink', 'wash'], ['soft', 'wash']);
      const poor = pairs.filter(([ink, ground]) => contrast(palette.get(ink!)!, palette.get(ground!)!) < 4.5);
      assert.deepEqual(poor, []);
    });
  }

  it('gives each hand an underline of its own', () => {
    const lines = ['ma', 'me', 'ou', 'ea', 'un'].map(
      hand => new RegExp(`\\n\\.${hand} \\{\\s*text-decoration: underline (\\w+)`).exec(css)?.[1],
    );
    assert.equal(new Set(lines).size, 5);
    assert.ok(!lines.includes(undefined));
  });

  it('asks for nothing from elsewhere', () => assert.doesNotMatch(css, /@import|url\((?!#)|https?:/));
});
