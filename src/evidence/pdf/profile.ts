/**
 * The colours that the page is printed in: sRGB (IEC 61966-2-1) as a matrix profile of ICC.1:2001-04 (version 2.4),
 * sections 6.1 (header), 6.4.5 (curve), 6.4.17 (description) and 6.5.13 (numbers). PDF/A wants one in the file itself.
 */
export function colourProfile(): Uint8Array {
  const curve = tag('curv', [
    ...long(curveSteps),
    ...Array.from({ length: curveSteps }, (_, i) => short(light(i))).flat(),
  ]);
  const members: [string, Uint8Array][] = [
    ['desc', described('sRGB')],
    ['cprt', tag('text', ascii('No copyright, use freely\0'))],
    ['wtpt', place(0.9642, 1, 0.8249)],
    // sRGB's primaries, adapted to the white of D50.
    ['rXYZ', place(0.43607, 0.22249, 0.01392)],
    ['gXYZ', place(0.38515, 0.71687, 0.09708)],
    ['bXYZ', place(0.14307, 0.06061, 0.7141)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const list: number[] = long(members.length);
  const bodies: number[] = [];
  const first = 128 + 4 + 12 * members.length;
  const places = new Map<Uint8Array, number>();
  for (const [name, body] of members) {
    if (!places.has(body)) {
      places.set(body, first + bodies.length);
      bodies.push(...body, ...Array.from({ length: -body.length & 3 }, () => 0));
    }
    list.push(...ascii(name), ...long(places.get(body)!), ...long(body.length));
  }
  return Uint8Array.from([...header(first + bodies.length), ...list, ...bodies]);
}

const curveSteps = 1024;

/** What the value of step `i` means as light, 0 to 65535. */
function light(i: number): number {
  const value = i / (curveSteps - 1);
  return Math.round(65_535 * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
}

function header(size: number): number[] {
  const zeros = (n: number) => Array.from({ length: n }, () => 0);
  const made = [2026, 1, 1, 0, 0, 0].flatMap(short);
  return [
    ...long(size),
    ...zeros(4),
    ...long(0x02400000),
    ...ascii('mntrRGB XYZ '),
    ...made,
    ...ascii('acsp'),
    ...zeros(28),
    ...[0.9642, 1, 0.8249].flatMap(fixed),
    ...zeros(48),
  ];
}

function described(name: string): Uint8Array {
  return tag('desc', [...long(name.length + 1), ...ascii(`${name}\0`), ...Array.from({ length: 78 }, () => 0)]);
}

function place(x: number, y: number, z: number): Uint8Array {
  return tag('XYZ ', [x, y, z].flatMap(fixed));
}

function tag(name: string, body: readonly number[]): Uint8Array {
  return Uint8Array.from([...ascii(name), 0, 0, 0, 0, ...body]);
}

function fixed(n: number): number[] {
  return long(Math.round(n * 65_536));
}

function long(n: number): number[] {
  return [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255];
}

function short(n: number): number[] {
  return [n >>> 8, n & 255];
}

function ascii(text: string): number[] {
  return [...text].map(char => char.charCodeAt(0));
}
