import { TimeWatch } from '../../src/journal/timeWatch.ts';

/** Prints the breaks in this process's time, each a line, and `looks` when it has begun. */
const watch = new TimeWatch({ still: 1000, step: 60_000 });
process.stdout.write('looks\n');
setInterval(() => {
  for (const { reason, note } of watch.look()) process.stdout.write(`${reason} ${note}\n`);
}, 50);
