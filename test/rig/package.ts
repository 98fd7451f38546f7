import { relative } from 'node:path';
import { root } from './paths.ts';
import { cleanUp } from './processes.ts';
import { main, say } from './progress.ts';
import { packVsix } from './vsix.ts';

/** npm run package */
await main(async () => {
  const { path, size } = await packVsix();
  say(`${relative(root, path)} (${(size / 1e6).toFixed(1)} MB)`);
  return 0;
}, cleanUp);
