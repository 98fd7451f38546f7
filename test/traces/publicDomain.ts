/** One thing that a writer does, where the caret stands; `rest` in milliseconds. */
export type Act =
  | { readonly type: string }
  | { readonly press: string; readonly times?: number }
  | { readonly rest: number }
  | { readonly paste: string }
  | { readonly complete: string }
  | { readonly select: string }
  | { readonly after: string };

/** A work that is in the public domain and how it is written anew: bursts, slips, moves, a quotation, a machine's words. */
export interface PublicWork {
  readonly file: string;
  readonly acts: readonly Act[];
  /** The whole, to the letter. */
  readonly text: string;
  readonly pasted?: string;
  readonly completed?: string;
}

const begin =
  'Four score and seven years ago our fathers brought forth on this continent, a new nation, conceived in Liberty, and dedicated to the proposition that all men are created equal.';
const war =
  'Now we are engaged in a great civil war, testing whether that nation, or any nation so conceived and so dedicated, can long endure. We are met on a great battle-field of that war. We have come to dedicate a portion of that field, as a final resting place for those who here gave their lives that that nation might live.';
const fitting = ' It is altogether fitting and proper that we should do this.';
const larger =
  'But, in a larger sense, we can not dedicate -- we can not consecrate -- we can not hallow -- this ground. The brave men, living and dead, who struggled here, have consecrated it, far above our poor power to add or detract. The world will little note, nor long remember what we say here, but it can never forget what they did here. It is for us the living, rather, to be dedicated here to the unfinished work which they who fought here have thus far so nobly advanced. It is rather for us to be here dedicated to the great task remaining before us -- that from these honored dead we take increased devotion to that cause for which they gave the last full measure of devotion -- that we here highly resolve that these dead shall not have died in vain --';
const birth = ' that this nation, under God, shall have a new birth of freedom -- and that government of the people,';
const people = ' by the people, for the people, shall not perish from the ';
const last = 'earth.';

/** Abraham Lincoln, at Gettysburg, 19 November 1863: the copy that he signed for Alexander Bliss. */
export const address: PublicWork = {
  file: 'address.txt',
  acts: [
    { type: 'Four score and sevin' },
    { press: 'Backspace', times: 2 },
    { type: begin.slice('Four score and sev'.length, 75) },
    { rest: 400 },
    { type: begin.slice(75) },
    { press: 'Enter', times: 2 },
    // A sentence that finds its place later.
    { type: `${fitting.trim()} ` },
    { rest: 300 },
    { type: war },
    { select: `${fitting.trim()} ` },
    { press: 'Control+x' },
    { rest: 600 },
    { press: 'Control+End' },
    { type: ' ' },
    { press: 'Control+v' },
    { rest: 600 },
    { press: 'Backspace' },
    { press: 'Enter', times: 2 },
    { paste: larger },
    { type: birth },
    { complete: `${people}land.` },
    { select: 'land.' },
    { type: last },
  ],
  text: `${begin}\n\n${war}${fitting}\n\n${larger}${birth}${people}${last}`,
  pasted: larger,
  completed: people,
};

const storm = [
  'Буря мглою небо кроет,',
  'Вихри снежные крутя;',
  'То, как зверь, она завоет,',
  'То заплачет, как дитя.',
];
const eyes = ['Көзімнің қарасы,', 'Көңілімнің санасы,', 'Бітпейді іштегі,', 'Ғашықтық жарасы.'];

/** The first lines of Alexander Pushkin's Winter Evening (1825) and of Abai Qunanbaiuly's Közimniñ qarasy (1891). */
export const stanzas: PublicWork = {
  file: 'stanzas.txt',
  acts: [
    { type: 'Буря мглою неба' },
    { press: 'Backspace' },
    { type: storm.join('\n').slice('Буря мглою неб'.length) },
    { rest: 300 },
    { press: 'Enter', times: 2 },
    { type: eyes.join('\n') },
  ],
  text: `${storm.join('\n')}\n\n${eyes.join('\n')}`,
};
