import { copyFile, mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { packagePictures } from './packagePictures.ts';
import { out, pictures, root } from './paths.ts';
import { cleanUp } from './processes.ts';
import { main, say } from './progress.ts';

/** What the README shows, and the picture that the suites `browser` and `host` take for it at each run. */
const chosen = {
  editor: 'session',
  explained: 'session-explained',
  prompts: 'session-prompts',
  walkthrough: 'walkthrough',
} as const;

/** npm run pictures: copies the chosen pictures of the last npm test into media/pictures, and draws its package. */
await main(async () => {
  const target = join(root, 'media', 'pictures');
  await mkdir(target, { recursive: true });
  for (const [name, taken] of Object.entries(chosen)) {
    await copyFile(join(pictures, `${taken}.png`), join(target, `${name}.png`));
    say(relative(root, join(target, `${name}.png`)));
  }
  for (const file of await packagePictures(join(out, 'session.zip'), target)) say(relative(root, file));
  return 0;
}, cleanUp);
