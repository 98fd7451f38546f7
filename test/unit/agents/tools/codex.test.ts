import assert from 'node:assert/strict';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { codex } from '../../../../src/agents/tools/codex.ts';
import { ownWords } from '../../../../src/agents/tools/codexPrompt.ts';
import { picture, readAll } from '../recordPicture.ts';
import { cleanFolders, folder } from '../transcript.ts';
import { patchOf, Rollout, success } from './codexSample.ts';

const [one, two] = ['call_1_0cwhUrkwAls4ADIPW', 'call_2_0cwhUrkwAls4ADIPW'];
const patch = patchOf('*** Update File: a.md', '@@', '-old', '+new');
const failed = 'apply_patch verification failed: Failed to find expected lines in a.md';

describe('codex', () => {
  after(cleanFolders);

  const shown = async ({ file }: Rollout) =>
    picture(await readAll(codex.reader(file)))
      .replaceAll(one, '1')
      .replaceAll(two, '2');
  const began = (meta?: object) => new Rollout(folder(), meta);
  const gpt = 'openai/gpt-5-codex';

  describe('prompts', () => {
    const cases: readonly (readonly [string, (rollout: Rollout) => Rollout, string])[] = [
      ['with its model', rollout => rollout.turn().prompt('A'), `"A"@${gpt}`],
      [
        'each with its own',
        r => r.turn('o3').prompt('A').says('x').turn().prompt('A'),
        `"A"@openai/o3; "A"@${gpt}; =x of "A"`,
      ],
      [
        'the model named behind it, as in older versions',
        rollout => rollout.event({ type: 'user_message', message: 'A', kind: 'plain' }).turn(),
        `"A"@${gpt}`,
      ],
      ['no model before one is named', rollout => rollout.prompt('A').says('x'), '"A"@?; =x of "A"'],
      [
        'sent while the model was at work',
        r => r.turn().prompt('A').prompt('B').says('x'),
        `"A"@${gpt}; "B"@${gpt}; =x of "B"`,
      ],
      [
        'an event and an item, once',
        rollout =>
          rollout
            .turn()
            .prompt('A')
            .event({ type: 'item_completed', item: item('A') })
            .prompt('A'),
        `"A"@${gpt}; "A"@${gpt}`,
      ],
      [
        'the item of newer versions',
        r =>
          r
            .turn()
            .user('A')
            .event({ type: 'item_completed', item: item('A') }),
        `"A"@${gpt}`,
      ],
      [
        'messages alone, as in the first versions',
        rollout => rollout.turn().user('A').says('x'),
        `"A"@${gpt}; =x of "A"`,
      ],
      [
        'a picture alone is none, nor what follows it of the one before',
        r => r.turn().prompt('A').event({ type: 'user_message', message: '' }).patch(one, patch, success),
        `"A"@${gpt}; 1 /work/a.md old\\n→new\\n of -`,
      ],
      ['not what Codex says to the model', rollout => rollout.turn().user('<environment_context>x').says('x'), ''],
      ['not what another agent asks', rollout => rollout.turn().prompt('A').says('x'), ''],
    ];
    for (const [what, write, is] of cases) {
      const meta = what.includes('another agent') ? { source: { subagent: 'review' } } : {};
      it(what, async () => assert.equal(await shown(write(began(meta))), is));
    }

    const words: readonly (readonly [string, string | undefined])[] = [
      [' A\nB ', 'A\nB'],
      ['# Context from my IDE setup:\n\n## Open tabs:\n- a.md\n\n## My request for Codex:\nShorten it', 'Shorten it'],
      ['# Context from my IDE setup:\n\n## My request for Codex:\n', undefined],
      ['What is ## My request for Codex: here?', 'What is ## My request for Codex: here?'],
      ['<turn_aborted>\nx</turn_aborted>', undefined],
      ['# AGENTS.md instructions for /work', undefined],
      ['', undefined],
    ];
    for (const [said, is] of words) it(JSON.stringify(said), () => assert.equal(ownWords(said), is));
  });

  describe('edits', () => {
    const cases: readonly (readonly [string, (rollout: Rollout) => Rollout, string])[] = [
      ['by the call, where the output says so', r => r.patch(one, patch, success), '1 /work/a.md old\\n→new\\n'],
      ['not a refused one', rollout => rollout.patch(one, patch, failed), ''],
      ['not one that waits', rollout => rollout.patch(one, patch), ''],
      [
        'not one that was stopped',
        r => r.patch(one, patch).event({ type: 'turn_aborted' }).says('x').event({ type: 'task_complete' }),
        '=x',
      ],
      [
        "by the tool's own account",
        r =>
          r
            .patch(one, patch)
            .applied(one, { '/work/a.md': { type: 'update', unified_diff: '@@ -1 +1 @@\n-a\n+b\n' } })
            .output(one, success),
        '1 /work/a.md a\\n→b\\n',
      ],
      [
        'once, if the account comes last',
        r => r.patch(one, patch, success).applied(one, { b: { type: 'add', content: 'x' } }),
        '1 /work/a.md old\\n→new\\n',
      ],
      [
        'of a script, which has an account and no call',
        r => r.applied(one, { b: { type: 'add', content: 'x' } }),
        '1 /work/b ->x →x',
      ],
      [
        'in the account of newer versions',
        r =>
          r.event({
            type: 'item_completed',
            item: {
              type: 'FileChange',
              id: one,
              status: 'completed',
              changes: { b: { type: 'delete', content: 'x' } },
            },
          }),
        '1 /work/b x>-',
      ],
      ['in the account of older versions', r => r.applied(one, { b: { add: { content: 'x' } } }), '1 /work/b ->x →x'],
      [
        'not a failed one',
        r =>
          r
            .patch(one, patch)
            .applied(one, { b: { type: 'add', content: 'x' } }, false)
            .output(one, failed),
        '',
      ],
      [
        'several files, in the order of their names',
        r =>
          r.applied(one, {
            b: { type: 'add', content: 'x' },
            a: { type: 'update', unified_diff: '@@\n-a\n+b\n@@\n+c', move_path: 'z' },
          }),
        '1.1 /work/b ->x →x; 1.2 /work/z a\\n→b\\n; 1.3 /work/z →c\\n',
      ],
      [
        'of a record that keeps no results',
        r => r.patch(one, patch).says('x').event({ type: 'task_complete' }),
        '1 /work/a.md old\\n→new\\n; =x',
      ],
      ['not before the model has gone on', r => r.patch(one, patch).event({ type: 'task_complete' }), ''],
      [
        'undone',
        r => r.patch(one, patch, success).event({ type: 'undo_completed', success: true }),
        '1 /work/a.md old\\n→new\\n; 1 undone',
      ],
      ['a malformed patch', r => r.patch(one, 'x', success), '!patch not understood'],
      ['a result that says nothing', r => r.patch(one, patch, 'Hm.'), '!result of a patch not understood'],
      [
        'two calls',
        r => r.patch(one, patch).patch(two, patch, success).output(one, success),
        '2 /work/a.md old\\n→new\\n; 1 /work/a.md old\\n→new\\n',
      ],
    ];
    for (const [what, write, is] of cases) {
      it(what, async () => {
        const all = await shown(write(began().turn().prompt('A')));
        assert.equal(all.replaceAll(' of "A"', ''), [`"A"@${gpt}`, is].filter(Boolean).join('; '));
      });
    }

    it('keeps calls with ids that count anew in every conversation apart', async () => {
      const ids = async (text: string) =>
        (await readAll(codex.reader(began().patch('call_0', patchOf('*** Add File: a', `+${text}`), success).file)))
          .edits[0]?.id;
      assert.notEqual(await ids('x'), await ids('y'));
      assert.equal(await ids('x'), await ids('x'));
    });
  });

  describe('records', () => {
    it('of old versions have no envelope', async () => {
      const { file } = began();
      const lines = [
        { id: 'a', timestamp: '2025-06-01T10:00:00Z', instructions: null },
        {
          type: 'message',
          role: 'user',
          content: [{ text: '<environment_context>\nCurrent working directory: /w\n' }],
        },
        { record_type: 'state' },
        { type: 'message', role: 'user', content: [{ text: 'A' }] },
        {
          type: 'function_call',
          name: 'shell',
          call_id: one,
          arguments: JSON.stringify({ command: ['apply_patch', patch] }),
        },
        { type: 'function_call_output', call_id: one, output: success },
      ];
      writeFileSync(file, lines.map(line => `${JSON.stringify(line)}\n`).join(''));
      const records = await readAll(codex.reader(file));
      assert.equal(picture(records).replaceAll(one, '1'), '"A"@?; 1 /w/a.md old\\n→new\\n of "A"');
      assert.deepEqual([records.prompts[0]?.time, records.prompts[0]?.conversation], [Date.UTC(2025, 5, 1, 10), 'a']);
    });

    it('of a fork repeat messages and calls under the same names', async () => {
      const of = (meta: object) =>
        began(meta).turn('o3', 'a'.repeat(36)).prompt('A').patch(one, patch, success).says('x');
      const [first, fork] = await Promise.all(
        [{}, { id: 'other' }].map(async meta => readAll(codex.reader(of(meta).file))),
      );
      const names = (records: typeof first) =>
        [...records!.prompts, ...records!.edits, ...records!.answers].map(({ id }) => id.split(':').at(-1));
      assert.deepEqual(names(first), names(fork));
      assert.notEqual(first?.prompts[0]?.id, fork?.prompts[0]?.id);
    });

    it('name what may hold prompts or edits and is not known, once', async () => {
      const rollout = began().add({ type: 'future', payload: {} }, { type: 'future', payload: {} });
      rollout.event({ type: 'user_prompt_2' }).event({ type: 'token_count' }).item({ type: 'file_edit_call' });
      assert.equal(await shown(rollout), '!unknown future; !unknown user_prompt_2; !unknown file_edit_call');
    });

    it('are packed when they are old', async () => {
      const { file } = began().turn().prompt('A').patch(one, patch, success);
      const plain = await readAll(codex.reader(file));
      writeFileSync(`${file}.zst`, zstdCompressSync(readFileSync(file)));
      const reader = codex.reader(`${file}.zst`);
      assert.deepEqual(await readAll(reader), plain);
      assert.deepEqual((await readAll(reader)).edits, []);
    });

    it('of a subagent belong to the prompt that was asked when it was started', async () => {
      const at = folder();
      const parent = new Rollout(at).turn().prompt('A').says('x');
      const source = {
        subagent: { thread_spawn: { parent_thread_id: '019c4b43-1451-7af3-be4c-5576369bf1ba', depth: 1 } },
      };
      const sub = new Rollout(join(at, 'sub'), { id: 'sub', source }, Date.UTC(2026, 0, 2, 11));
      const file = join(at, 'rollout-2026-01-02T11-00-00-sub.jsonl');
      renameSync(sub.turn().prompt('B').patch(one, patch, success).file, file);
      const later = { type: 'user_message', message: 'C' };
      parent.add({ timestamp: '2026-01-02T12:00:00Z', type: 'event_msg', payload: later });
      const [asked] = (await readAll(codex.reader(parent.file))).prompts;
      const { prompts, edits } = await readAll(codex.reader(file));
      assert.deepEqual([prompts, edits.map(({ prompt }) => prompt)], [[], [asked?.id]]);
    });

    it('are followed while they grow', async () => {
      const rollout = began().turn().prompt('A');
      const reader = codex.reader(rollout.file);
      assert.equal(picture(await reader.read()), `"A"@${gpt}`);
      rollout.patch(one, patch);
      assert.equal(picture(await reader.read()), '');
      rollout.output(one, success);
      assert.match(picture(await reader.read()), /^call_1\S+ \/work\/a.md old\\n→new\\n/);
    });

    it('lie in one place for all folders', () => {
      const at = (env: object) => codex.places('/work', { env: { HOME: '/home/a', ...env }, platform: 'linux' });
      assert.deepEqual(at({}), ['/home/a/.codex/sessions', '/home/a/.codex/archived_sessions']);
      assert.deepEqual(at({ CODEX_HOME: '/x' }), ['/x/sessions', '/x/archived_sessions']);
      const names = ['2026/01/02/rollout-a.jsonl', 'rollout-a.jsonl.zst', 'history.jsonl', 'rollout-a.json'];
      assert.deepEqual(
        names.filter(name => codex.isRecord(name)).map(name => basename(name)),
        ['rollout-a.jsonl', 'rollout-a.jsonl.zst'],
      );
    });
  });
});

function item(text: string): object {
  return { type: 'UserMessage', id: '019df825-eae9-77a2-9130-d2352a24993b', content: [{ type: 'text', text }] };
}
