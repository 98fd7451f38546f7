import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Matcher } from '../../src/agents/matching/match.ts';
import { claudeCode } from '../../src/agents/tools/claudeCode.ts';

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

/**
 * The same without whole texts: replacements in files of 4,000 characters, of which a tenth are found as they are, a
 * tenth of these only after a formatter; the other changes share words with them.
 */
async function comparing(edits: number, changes: number): Promise<void> {
  const files = 200;
  const matcher = new Matcher('/work');
  const path = (n: number) => `/work/${n % files}.md`;
  const filler = Array.from({ length: 80 }, (_, i) => `line ${i} of a file that has some words in it\n`).join('');
  const line = (n: number) => `const value${n} = compute(first${n}, second${n % 7}, "some words of it");\n`;
  const shown = (n: number) => (n % 100 === 0 ? line(n).replaceAll(', ', ',  ').replace(' =', '  =') : line(n));
  const step = changes / edits;
  const watch = new Pauses();
  const start = performance.now();
  const floor = memory();
  let [found, peak, slowest] = [0, 0, 0];
  for (let n = 0; n < changes; n++) {
    const [before, after] = [`${filler}end ${n % 50}\n`, `${filler}${shown(n)}end ${n % 50}\n`];
    const state = (text: string) => `${text}${n}`.padStart(64, '0');
    const fresh = [{ length: shown(n).length, serial: n * 1000, at: filler.length }];
    const texts = { beforeText: async () => before, afterText: async () => after };
    matcher.addChange({ path: path(n), before: state('b'), after: state('a'), act: n, time: n * 100, fresh, ...texts });
    if (n % step === 0) {
      const about = { id: `agent:talk:${n}`, agent: 'agent', conversation: 'talk', time: n * 100, file: path(n) };
      const replaced = { old: `end ${n % 50}\n`, new: `${line(n)}end ${n % 50}\n`, all: false };
      matcher.addEdit({ ...about, replaced });
    }
    const began = performance.now();
    if (n % 10 === 0) found += (await matcher.matches()).length;
    slowest = Math.max(slowest, performance.now() - began);
    if (n % 1000 === 0) peak = Math.max(peak, memory());
  }
  found += (await matcher.matches()).length;
  const took = performance.now() - start;
  say(`compare ${edits} edits with ${changes} changes`, `${took.toFixed(0)} ms, ${found} explained`);
  say('  the slowest ten', `${slowest.toFixed(1)} ms, longest pause ${watch.end().toFixed(0)} ms`);
  say('  memory beside what was there', `${((peak - floor) / 1e6).toFixed(0)} MB at most, uncollected`);
}

/** A busy agent in one file, while another program changes it as often with words of the same kind: nothing fits. */
async function busy(count: number): Promise<void> {
  const filler = Array.from({ length: 80 }, (_, i) => `line ${i} of a file that has some words in it\n`).join('');
  const matcher = new Matcher('/work');
  const start = performance.now();
  let slowest = 0;
  for (let n = 0; n < count; n++) {
    const put = `const value${n % 9} = compute(first${n % 5}, other${n}, "some words of it");\n`;
    const other = `const value${n % 7} = computed(first${n % 3}, another${n}, "some words for it");\n`;
    const [before, after] = [`${filler}end ${n}\n`, `${filler}${other}end ${n}\n`];
    const texts = { beforeText: async () => before, afterText: async () => after };
    const about = { time: n * 900, before: `${n}`.padStart(64, '0'), after: `${n}`.padStart(64, '1') };
    const fresh = [{ length: other.length, serial: n * 1000, at: filler.length }];
    matcher.addChange({ path: '/work/a.ts', act: n, fresh, ...about, ...texts });
    const replaced = { old: `end ${n}\n`, new: `${put}end ${n}\n`, all: false };
    const edit = { id: `agent:talk:${n}`, agent: 'agent', conversation: 'talk', time: n * 900, file: '/work/a.ts' };
    matcher.addEdit({ ...edit, replaced });
    const began = performance.now();
    await matcher.matches();
    slowest = Math.max(slowest, performance.now() - began);
  }
  const took = performance.now() - start;
  say(
    `${count} edits and ${count} other changes of one file`,
    `${took.toFixed(0)} ms, slowest ${slowest.toFixed(0)} ms`,
  );
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

if (process.argv[2] !== 'matching') await reading(100);
await matching(10_000, 100_000);
await comparing(10_000, 100_000);
await busy(300);
rmSync(folder, { recursive: true });
