import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { pi } from '../../../../src/agents/tools/pi.ts';
import { picture, readAll } from '../recordPicture.ts';
import { PiSession } from '../smallSamples.ts';
import { cleanFolders, folder } from '../transcript.ts';

const call = 'toolu_0123456789abcdef';
const sonnet = 'anthropic/claude-sonnet-4-5';
const said = (text: string) => ({ type: 'text', text });

describe('pi', () => {
  after(cleanFolders);

  const edit = { path: 'a.md', oldText: 'a', newText: 'b' };
  const cases: readonly (readonly [string, (session: PiSession) => PiSession, string])[] = [
    ['a prompt with the model that answers', s => s.message('user', 'A').says(said('x')), `"A"@${sonnet}; =x of "A"`],
    [
      'parts of a prompt',
      s => s.message('user', [said('A'), { type: 'image' }]).says(said('x')),
      `"A"@${sonnet}; =x of "A"`,
    ],
    ['no thoughts', s => s.message('user', 'A').says({ type: 'thinking', thinking: 'x' }), `"A"@${sonnet}`],
    ['not what the person ran', s => s.message('bashExecution', 'x'), ''],
    ['one replacement', s => s.call(call, 'edit', edit), `${call} /work/a.md a→b of -`],
    [
      'several',
      s => s.call(call, 'edit', { path: 'a.md', edits: [edit, edit] }),
      `${call}.1 /work/a.md a→b of -; ${call}.2 /work/a.md a→b of -`,
    ],
    ['a file that it wrote', s => s.call(call, 'write', { path: '/b', content: 'x' }), `${call} /b ->x →x of -`],
    ['not a failed one', s => s.call(call, 'edit', edit, true), ''],
    ['not one that waits', s => s.says({ type: 'toolCall', id: call, name: 'edit', arguments: edit }), ''],
    ['not another tool', s => s.call(call, 'bash', { path: 'a', content: 'x' }), ''],
    [
      'the turn that led to it',
      s => s.message('user', 'A').call(call, 'edit', edit),
      `"A"@${sonnet}; ${call} /work/a.md a→b of "A"`,
    ],
  ];
  for (const [what, write, is] of cases) {
    it(what, async () => assert.equal(picture(await readAll(pi.reader(write(new PiSession(folder())).file))), is));
  }

  it('names a newer version, and reads on', async () => {
    const session = new PiSession(folder(), 4).message('user', 'A').says();
    assert.equal(picture(await readAll(pi.reader(session.file))), `"A"@${sonnet}; !unknown version`);
  });

  it('reads the prompt and the answer of the real sample', async function () {
    const sample = new URL('../../../../../shared/fixtures/agents/git-ai/pi-session-simple.jsonl', import.meta.url);
    if (!existsSync(sample)) this.skip();
    const records = await readAll(pi.reader(sample.pathname));
    assert.equal(
      picture(records),
      `"Please update src/main.rs"@${sonnet}; =I will update the file now. of "Please update src/main.rs"`,
    );
  });

  it('lies in one place for all folders', () => {
    const at = (env: object) => pi.places('/work', { env: { HOME: '/home/a', ...env }, platform: 'linux' });
    assert.deepEqual(at({}), ['/home/a/.pi/agent/sessions']);
    assert.deepEqual(at({ PI_CODING_AGENT_DIR: '/x' }), ['/x/sessions']);
  });
});
