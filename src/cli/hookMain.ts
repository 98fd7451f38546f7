import { receive } from './hook.ts';

/** The receiver of hooks as a program of its own, small enough to start at once: `hook.cjs hook AGENT`. */
const { stdin, stdout, env } = process;
// A tool that reads no answer may have closed its end.
stdout.on('error', () => process.exit(0));
void receive(process.argv.at(-1) ?? '', { stdin, stdout, env, cwd: process.cwd() }).then(() => {
  // The tool may keep its end of standard input open.
  stdout.write('', () => process.exit(0));
});
