import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readText } from '../../../src/journal/fileText.ts';
import { Workroom } from '../../support/workroom.ts';

describe('a file of the folder', () => {
  let room: Workroom;
  before(function () {
    // Links need a right of their own there.
    if (process.platform === 'win32') this.skip();
    room = new Workroom();
    room.write('a.md', 'inside');
    room.write('..odd.md', 'odd');
    room.write('.env', 'KEY=1');
    room.write('../outside.md', 'outside');
    mkdirSync(join(room.folder, 'sub'));
    const links = [
      ['sub/in.md', '../a.md'],
      ['out.md', join(dirname(room.folder), 'outside.md')],
      ['plain.md', '.env'],
      ['round.md', 'round.md'],
    ] as const;
    for (const [link, target] of links) symlinkSync(target, join(room.folder, link));
  });
  after(() => room?.clear());

  const cases: [path: string, text: string | object | undefined][] = [
    ['a.md', 'inside'],
    ['..odd.md', 'odd'],
    ['sub/in.md', 'inside'],
    ['out.md', { skip: 'excluded' }],
    ['plain.md', { skip: 'secret' }],
    ['round.md', { skip: 'unreadable' }],
    ['none.md', undefined],
  ];
  for (const [path, expected] of cases) {
    it(`${path}: ${JSON.stringify(expected)}`, () => {
      const read = readText(room.folder, path);
      assert.deepEqual(read && 'text' in read ? read.text : read, expected);
    });
  }
});
