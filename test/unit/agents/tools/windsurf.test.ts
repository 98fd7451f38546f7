import assert from 'node:assert/strict';
import { appendFileSync, statSync, utimesSync } from 'node:fs';
import { windsurf } from '../../../../src/agents/tools/windsurf.ts';
import { picture, readAll } from '../recordPicture.ts';
import { transcript } from '../smallSamples.ts';
import { cleanFolders, folder } from '../transcript.ts';

type Step = readonly [string, object, object?];
const trajectory = '01a0fca4-011e-7a02-afa5-141a933cff15';

describe('windsurf', () => {
  after(cleanFolders);

  const ask: Step = ['user_input', { user_response: 'A' }];
  const code = (more: object = {}, line: object = {}): Step => [
    'code_action',
    { path: '/work/a.md', new_content: 'b', ...more },
    line,
  ];
  const cases: readonly (readonly [string, readonly Step[], string])[] = [
    ['a prompt and its answer', [ask, ['planner_response', { response: 'x' }]], '"A"@?; =x of "A"'],
    ['a file that it wrote', [code()], '1 /work/a.md →b of -'],
    ['one that it changed', [ask, code({ original_content: 'a' })], '"A"@?; 2 /work/a.md a→b of "A"'],
    ['an address', [code({ path: 'file:///work/%D0%B0.md' })], '1 /work/а.md →b of -'],
    ['not one that failed', [code({}, { status: 'error' })], ''],
    [
      'one that the person accepted',
      [code({ acknowledgement_type: 'ACKNOWLEDGEMENT_TYPE_ACCEPT' })],
      '1 /work/a.md →b of -; 1 accepted',
    ],
    ['one that the person rejected', [code({ acknowledgement_type: 'REJECT' })], '1 /work/a.md →b of -; 1 rejected'],
    [
      'one that nobody decided',
      [code({ acknowledgement_type: 'ACKNOWLEDGEMENT_TYPE_UNSPECIFIED' })],
      '1 /work/a.md →b of -',
    ],
    ['not what a shell did', [['run_command', { command: 'x' }]], ''],
    ['what is not known', [['propose_code', {}], code({ path: 7 })], '!unknown kind of step; !unknown form of an edit'],
  ];
  for (const [what, steps, is] of cases) {
    it(what, async () => {
      const records = await readAll(windsurf.reader(transcript(folder(), ...steps)));
      assert.equal(picture(records).replaceAll(`${trajectory}.`, ''), is);
    });
  }

  it('gives what it finds added the time of the change, and earlier turns that of the file', async () => {
    const file = transcript(folder(), ask, ask);
    const made = Math.floor(statSync(file).birthtimeMs);
    const [later, last] = [Math.ceil(made / 1000) + 100, Math.ceil(made / 1000) + 200];
    utimesSync(file, later, later);
    const reader = windsurf.reader(file);
    assert.deepEqual(
      (await reader.read()).prompts.map(({ time }) => time),
      [made, later * 1000],
    );
    appendFileSync(file, `${JSON.stringify({ type: 'user_input', user_input: { user_response: 'B' } })}\n`.repeat(2));
    utimesSync(file, last, last);
    assert.deepEqual(
      (await reader.read()).prompts.map(({ time }) => time),
      [last * 1000, last * 1000],
    );
  });

  it('lies where its hooks name it', () => {
    const places = windsurf.places('/work', { env: { HOME: '/home/a' }, platform: 'linux' });
    assert.deepEqual(places, ['/home/a/.windsurf/transcripts']);
  });
});
