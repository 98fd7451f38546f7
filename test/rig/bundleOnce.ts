import { bundle } from './build.ts';
import { main } from './progress.ts';

/** npm run build, and F5 in VS Code: bundles the product into dist/, on a fresh clone too. */
await main(
  async () => {
    await bundle(process.argv.slice(2));
    return 0;
  },
  async () => undefined,
);
