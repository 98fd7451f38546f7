import { claimed, done } from '../../src/agents/hooks/hookSpool.ts';

/** Claims all that waits in a spool, as a window does, once it is told to: `claimHooks.ts SPOOL`. Prints the prompts. */
process.stdout.write('ready\n');
process.stdin.resume().on('end', async () => {
  for await (const one of claimed(process.argv[2]!, Date.now())) {
    if (!('records' in one)) continue;
    process.stdout.write(`${one.records.prompts[0]!.text}\n`);
    await done(one.file);
  }
});
