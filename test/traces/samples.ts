import { type SequentialFile, type SessionLine, sequential, session, type Trace } from './trace.ts';

/** Small traces of our own in the recorded ones' formats. */
export function samples(): Trace[] {
  return [sequential('own sequential sample', file), session(line)];
}

const file: SequentialFile = {
  startContent: 'ab\n',
  endContent: 'a-b\n\nzz\n',
  txns: [
    { patches: [[1, 0, '-']] },
    // Two places in one step, each to the text left by the one before.
    {
      patches: [
        [4, 0, 'zx'],
        [6, 0, '\n'],
      ],
    },
    { patches: [[5, 1, 'z']] },
    { patches: [[4, 0, 'gone']] },
    { patches: [[4, 4, '']] },
    { patches: [[3, 0, '\n']] },
  ],
};

/** The machine's insertion is the second step; the last, told late by a clock that went back, corrects two places. */
const line: SessionLine = {
  id: 'own session sample',
  startContent: 'Once ',
  endContent: 'Once there was a fox!',
  dt: [0, 900, 350, -40],
  api: [1],
  multi: { '3': 2 },
  rel: [0, 0, 0, -3, 1],
  del: [0, 0, 0, 1, 1],
  len: [1, 14, 1, 1, 1],
  ins: 'there was a fax.o!',
};
