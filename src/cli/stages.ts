import type { Stage } from '../evidence/stage.ts';
import type { Io } from './command.ts';
import type { Words } from './words.ts';

/** The line that tells a person at a terminal what is being done; it leaves no trace. */
export interface StageLine {
  tell(stage: Stage): void;
  /** Takes the line away, before another is written. */
  clear(): void;
}

/** `quiet`: nobody reads it. Whoever runs the command line as a part of it hears of the stages through `io.stage`. */
export function stageLine({ stderr, stage: told }: Io, words: Words, quiet: boolean): StageLine {
  const shown = !quiet && stderr.isTTY === true;
  let there = false;
  return {
    tell(stage) {
      told?.(stage);
      if (!shown) return;
      stderr.write(`\r\u001b[K${words.t(`stage.${stage}`)}`);
      there = true;
    },
    clear() {
      if (there) stderr.write('\r\u001b[K');
      there = false;
    },
  };
}
