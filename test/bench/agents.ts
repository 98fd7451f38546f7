import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claudeCode } from '../../src/agents/claudeCode.ts';
import { Matcher } from '../../src/agents/match.ts';

const folder = mkdtempSync(join(tmpdir(), 'holograph-bench-'));

/** A transcript of edits to a file of 40,000 characters, read from its start and again when nothing is new. */
async function reading(megabytes: number): Promise<void> {
  const file = join(folder, 'talk.jsonl');
  write(file, megabytes * 1e6);
  const reader = claudeCode.reader(file);
  const watch = new Pauses();
  const start = performance.now();
  const floor = memory();
  let [edits, peak] = [0, 0];
  for (let more: true | undefined = true; more; ) {
    const records = await reader.read();
    edits += records.edits.length;
    more = records.more;
    peak = Math.max(peak, memory());
  }
  const cold = performance.now() - start;
  const longest = watch.end();
  const again = performance.now();
  await reader.read();
  say(`read ${megabytes} MB, ${edits} edits`, `${cold.toFixed(0)} ms, longest pause ${longest.toFixed(0)} ms`);
  say('  memory beside what was there', `${((peak - floor) / 1e6).toFixed(0)} MB at most, uncollected`);
  say('  nothing new', `${(performance.now() - again).toFixed(2)} ms`);
}

/** Edits in chains over some files, among changes of which one in ten is theirs. */
async function matching(edits: number, changes: number): Promise<void> {
  const files = 200;
  const state = (n: number) => n.toString(16).padStart(64, '0');
  const matcher = new Matcher('/work');
  const path = (n: number) => `/work/${n % files}.md`;
  const start = performance.now();
  for (let n = 0; n < changes; n++) {
    const fresh = [{ length: 3, serial: n * 10, at: 0 }];
    matcher.addChange({ path: path(n), before: state(n), after: state(n + files), act: n, time: n * 100, fresh });
  }
  let found = 0;
  const step = changes / edits;
  for (let n = 0; n < changes; n += step) {
    const digests = { beforeDigest: state(n), afterDigest: state(n + files) };
    matcher.addEdit({
      id: `agent:talk:${n}`,
      agent: 'agent',
      conversation: 'talk',
      time: n * 100,
      file: path(n),
      ...digests,
    });
    if (n % (step * 10) === 0) found += (await matcher.matches()).length;
  }
  found += (await matcher.matches()).length;
  say(`match ${edits} edits to ${changes} changes`, `${(performance.now() - start).toFixed(0)} ms, ${found} explained`);
}

/** The longest time for which the loop did not turn, ms. */
class Pauses {
  #last = performance.now();
  #longest = 0;
  readonly #timer = setInterval(() => this.#note(), 1);

  end(): number {
    this.#note();
    clearInterval(this.#timer);
    return this.#longest;
  }

  #note(): void {
    const now = performance.now();
    this.#longest = Math.max(this.#longest, now - this.#last);
    this.#last = now;
  }
}

function memory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function write(file: string, size: number): void {
  const text = 'A line of the text.\n'.repeat(2000);
  const head = { sessionId: 's', timestamp: '2026-01-01T00:00:01Z' };
  const out = openSync(file, 'w');
  for (let n = 0, written = 0; written < size; n++) {
    const id = `call${n}`;
    const [old_string, new_string] = [`(${n})`, `(${n + 1})`];
    const call = { type: 'tool_use', id, name: 'Edit', input: { file_path: '/work/a.md', old_string, new_string } };
    const toolUseResult = { oldString: old_string, newString: new_string, originalFile: text + old_string };
    const lines = [
      { ...head, type: 'assistant', message: { model: 'claude-x', content: [call] } },
      { ...head, type: 'user', message: { content: [{ type: 'tool_result', tool_use_id: id }] }, toolUseResult },
    ];
    written += writeSync(out, lines.map(line => `${JSON.stringify(line)}\n`).join(''));
  }
  closeSync(out);
}

function say(what: string, figures: string): void {
  console.log(`  ${what.padEnd(44)} ${figures}`);
}

await reading(100);
await matching(10_000, 100_000);
rmSync(folder, { recursive: true });
