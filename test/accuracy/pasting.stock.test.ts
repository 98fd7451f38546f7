import { fresh, kept } from './label.ts';
import { group, type Scenario } from './scenario.ts';

const files = { 'chapter.md': 'The steppe was there.\n' };

/** A paste of text from another program, at the end of some typed words. */
function outside(name: string, text: string): Scenario {
  return {
    name,
    allows: ['initial', 'typed', 'pasted.external'],
    files,
    async run(stage) {
      const sheet = await stage.open('chapter.md');
      await sheet.type('She wrote: ');
      await stage.copyOutside(text);
      await stage.paste(sheet, text.replaceAll('\r\n', '\n'));
      sheet.came('pasted.external');
      await sheet.type(' and went on.');
    },
  };
}

group('pasting', [
  outside('one letter from outside', 'Q'),
  outside('29 characters from outside', 'a quotation of 29 characters.'),
  outside('30 characters from outside', 'a quotation of 30 characters..'),
  outside('5,000 characters from outside', 'A line of an outside text, 40 in all.\n'.repeat(132).slice(0, 5000)),
  outside('lines that end in two characters', 'First line.\r\nSecond line.\r\nThird line.'),
  {
    name: 'an own copy',
    allows: ['initial', 'typed'],
    files,
    async run(stage) {
      const sheet = await stage.open('chapter.md');
      await sheet.type('A typed sentence.\nAnd: ');
      await stage.press('ArrowUp', 'End', 'Shift+Home');
      await stage.copies('A typed sentence.');
      await stage.press('Control+End');
      await stage.paste(sheet, 'And: A typed sentence.');
      sheet.became(kept(sheet.told), kept('A typed sentence.', 'paste'));
    },
  },
  {
    name: 'over a selection',
    allows: ['initial', 'pasted.external'],
    files,
    async run(stage) {
      const sheet = await stage.open('chapter.md');
      await stage.press('Control+Home', 'Control+Shift+ArrowRight');
      await stage.copyOutside('That');
      await stage.paste(sheet, text => text.startsWith('That'));
      sheet.became(fresh('pasted.external', 'That', null), kept(' steppe was there.\n'));
    },
  },
]);
