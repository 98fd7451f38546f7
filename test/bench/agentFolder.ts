import {
  appendFileSync,
  closeSync,
  createReadStream,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { AgentRecords } from '../../src/agents/agent.ts';
import { AgentWatch } from '../../src/agents/following/watch.ts';
import { claudeCode } from '../../src/agents/tools/claudeCode.ts';

/**
 * A folder of an agent's logs, as the thread of the editor follows it: read whole, read again with nothing new, with one
 * line more in one log, and at the next start. Megabytes by argument, or `LOG_MEGABYTES`; a log has ten, a line in ten is
 * an edit of a file of 20,000 characters, the others are talk and the outputs of tools. Beside it the bare floor: each
 * line read and parsed, and nothing made of it.
 */
const megabytes = Number(process.argv[2] ?? process.env.LOG_MEGABYTES ?? 100);
const root = mkdtempSync(join(tmpdir(), 'holograph-logs-'));
const work = join(root, 'work');
const machine = { env: { CLAUDE_CONFIG_DIR: join(root, 'claude') }, platform: 'linux' } as const;
const logs = join(claudeCode.places(work, machine)[0]!, 'x');
const size = 10;

function follow() {
  let counts = { prompts: 0, edits: 0, answers: 0 };
  const onRecords = ({ prompts, edits, answers }: AgentRecords) => {
    counts.prompts += prompts.length;
    counts.edits += edits.length;
    counts.answers += answers.length;
  };
  const watch = new AgentWatch({ ...options, every: 3_600_000, onRecords });
  return {
    async read(what: string, whole = false): Promise<void> {
      counts = { prompts: 0, edits: 0, answers: 0 };
      const before = memory();
      const pauses = new Pauses();
      const start = performance.now();
      await watch.read();
      const took = performance.now() - start;
      const { longest, peak } = pauses.end();
      const speed = whole ? `, ${(megabytes / (took / 1000)).toFixed(0)} MB/s` : '';
      say(what, `${took.toFixed(took < 100 ? 1 : 0)} ms${speed}; longest pause ${longest.toFixed(0)} ms`);
      const { prompts, edits, answers } = counts;
      say('  given', `${prompts} prompts, ${answers} answers, ${edits} edits`);
      const held = `${mb(memory() - before)} MB held after`;
      say(
        '  memory',
        `${mb(peak - before)} MB more at most, uncollected; ${held}; process ${mb(process.memoryUsage.rss())} MB`,
      );
    },
    end: () => watch.dispose(),
  };
}

async function floor(): Promise<void> {
  const start = performance.now();
  let parsed = 0;
  for (const file of files) {
    for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
      if (JSON.parse(text)) parsed++;
    }
  }
  const took = performance.now() - start;
  say(
    'floor: each line read and parsed',
    `${took.toFixed(0)} ms, ${(megabytes / (took / 1000)).toFixed(0)} MB/s, ${parsed} lines`,
  );
}

/** The longest time for which the loop did not turn (ms), and the most memory that was in use (bytes). */
class Pauses {
  #last = performance.now();
  #longest = 0;
  #peak = 0;
  readonly #timer = setInterval(() => this.#note(), 2);

  end(): { longest: number; peak: number } {
    this.#note();
    clearInterval(this.#timer);
    return { longest: this.#longest, peak: this.#peak };
  }

  #note(): void {
    const now = performance.now();
    this.#longest = Math.max(this.#longest, now - this.#last);
    this.#last = now;
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    this.#peak = Math.max(this.#peak, heapUsed + arrayBuffers);
  }
}

function memory(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function write(file: string, of: number): number {
  const text = 'A line of the text that says something.\n'.repeat(500);
  const output = 'src/some/file.ts:12: what a search found in it\n'.repeat(100);
  const out = openSync(file, 'w');
  let written = 0;
  let count = 0;
  for (let n = 0; written < size * 1e6; n++) {
    const id = `${of}.${n}`;
    const [old_string, new_string] = [`(${n})`, `(${n + 1})`];
    const input = { file_path: join(work, `chapter${n % 40}.md`), old_string, new_string };
    const toolUseResult = { oldString: old_string, newString: new_string, originalFile: text + old_string };
    const call = (name: string) => [{ type: 'tool_use', id: `${name}${id}`, name, input }];
    const result = (name: string) => [{ type: 'tool_result', tool_use_id: `${name}${id}`, content: output }];
    const model = 'claude-x';
    const all = [
      { type: 'user', message: { role: 'user', content: `Ask ${n} something of this chapter` }, uuid: `p${id}` },
      {
        type: 'assistant',
        message: { model, content: [{ type: 'text', text: `I look at it. ${n}` }] },
        uuid: `t${id}`,
      },
      ...[1, 2, 3].flatMap(k => [
        { type: 'assistant', message: { model, content: call(`Grep${k}`) }, uuid: `g${k}${id}` },
        { type: 'user', message: { content: result(`Grep${k}`) }, uuid: `o${k}${id}` },
      ]),
      { type: 'assistant', message: { model, content: call('Edit') }, uuid: `e${id}` },
      { type: 'user', message: { content: result('Edit') }, toolUseResult, uuid: `r${id}` },
    ];
    count += all.length;
    written += writeSync(out, all.map(one => `${line({ sessionId: `s${of}`, ...one })}\n`).join(''));
  }
  closeSync(out);
  // As most logs are: of last month.
  const old = Date.now() / 1000 - 30 * 24 * 3600;
  utimesSync(file, old, old);
  return count;
}

function line(fields: object): string {
  return JSON.stringify({ cwd: work, sessionId: 's0', timestamp: '2026-01-01T00:00:01Z', ...fields });
}

function mb(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

function say(what: string, figures: string): void {
  console.log(`  ${what.padEnd(44)} ${figures}`);
}

const files = Array.from({ length: Math.ceil(megabytes / size) }, (_, n) => join(dirname(logs), `talk${n}.jsonl`));
mkdirSync(dirname(logs), { recursive: true });
mkdirSync(work);
let lines = 0;
for (const [n, file] of files.entries()) lines += write(file, n);
say(`${megabytes} MB of logs`, `${files.length} files, ${lines} lines`);

await floor();
const options = { agents: [claudeCode], folders: [work], machine, since: 0, remember: join(root, 'agents.json') };
{
  const first = follow();
  await first.read('cold: all is read', true);
  await first.read('nothing new');
  appendFileSync(
    files[0]!,
    `${line({ type: 'user', message: { role: 'user', content: 'One more' }, uuid: 'more' })}\n`,
  );
  await first.read('one line more');
  first.end();
}
{
  const next = follow();
  await next.read('the next start: logs of the last days alone');
  next.end();
}
rmSync(root, { recursive: true });
