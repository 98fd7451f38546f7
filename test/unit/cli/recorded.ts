import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../src/cli/run.ts';
import { encodeFile, fileDigest } from '../../../src/journal/files.ts';
import { plainTextDigest } from '../../../src/journal/parts.ts';
import { JournalWriter } from '../../../src/journal/writer.ts';
import type { Origin } from '../../../src/provenance/origin.ts';

const utf8 = { encoding: 'utf-8', bom: false, eol: '\n' } as const;
const typed: Origin = { kind: 'typed', basis: 'asserted', rule: 'keyboard' };
const initial: Origin = { kind: 'initial', basis: 'asserted', rule: 'baseline' };
const disk: Origin = { kind: 'external.disk', basis: 'inferred', rule: 'disk.watcher' };
const prompt = 'claude-code:talk:m1';

/** A recorded folder with a journal that the real writer made, and the command line to ask about it. */
export class Recorded {
  readonly home: string;
  readonly folder: string;
  readonly #root: string;

  private constructor() {
    this.#root = realpathSync(mkdtempSync(join(tmpdir(), 'holograph-cli-')));
    this.home = join(this.#root, 'home');
    this.folder = join(this.#root, 'Novel');
    mkdirSync(this.folder);
  }

  /** Nothing is recorded yet. */
  static nothing(): Recorded {
    return new Recorded();
  }

  /** `ch1.md`: a line from before, a typed line, a word by an agent; `ch2.md`: typed, not saved. */
  static async novel(): Promise<Recorded> {
    const recorded = new Recorded();
    await recorded.#write();
    return recorded;
  }

  /** Runs the command line in the folder. */
  async run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
    return this.#run(argv, false);
  }

  /** As a person runs it, who sits before a terminal. */
  async runAtTerminal(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
    return this.#run(argv, true);
  }

  async #run(argv: readonly string[], isTTY: boolean): Promise<{ code: number; out: string; err: string }> {
    const [out, err]: [string[], string[]] = [[], []];
    const env = { HOLOGRAPH_HOME: this.home, HOME: this.#root, LANG: 'C' };
    const stdout = { write: (text: string) => out.push(text) };
    const stderr = { write: (text: string) => err.push(text), isTTY };
    const code = await run(argv, { stdout, stderr, env, cwd: this.folder });
    return { code, out: out.join(''), err: err.join('') };
  }

  /** The JSON document of a command that must succeed. */
  async json<T>(...argv: string[]): Promise<T> {
    const { code, out, err } = await this.run(...argv, '--json');
    if (code !== 0 || err !== '') throw new Error(`${argv.join(' ')}: ${code} ${err}`);
    return JSON.parse(out) as T;
  }

  path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }

  async #write(): Promise<void> {
    const file = this.path('ch1.md');
    writeFileSync(file, 'Before.\n');
    writeFileSync(
      this.path('holograph.json'),
      JSON.stringify({ title: 'The Novel', authors: [{ name: 'A. Author' }] }),
    );
    const writer = await this.#writer();
    await writer.baseline(['ch1.md'], initial, 'baseline');
    await this.#type(writer, 1, 'ch1.md', 'Before.\n', 'A typed line.\n');
    this.#save(writer, 1, 'ch1.md', 'Before.\nA typed line.\n');
    writer.append({ kind: 'closed', document: 1, tracker: 1 });
    await writer.flush();
    await this.#agent(writer, file);
    writeFileSync(this.path('ch2.md'), '');
    await this.#type(writer, 2, 'ch2.md', '', 'Not saved.');
    await writer.flush();
    await writer.close();
  }

  #writer(): Promise<JournalWriter> {
    return JournalWriter.open({
      worker: new URL('../../../src/journal/worker.ts', import.meta.url),
      home: this.home,
      folder: this.folder,
      consent: 'person',
      software: 'holograph/0.0.0',
      editor: 'test',
      platform: 'linux',
      channels: ['claude-code'],
      unreachable: ['cursor'],
    });
  }

  async #type(writer: JournalWriter, tracker: number, path: string, text: string, added: string): Promise<void> {
    const observation = { by: 'open' } as const;
    const opened = await writer.openDocument({ tracker, path, text, format: utf8, origin: initial, observation });
    const { document } = opened;
    writer.append(
      {
        kind: 'changed',
        document,
        tracker,
        version: opened.version + 1,
        changes: [{ from: text.length, to: text.length }],
        first: writer.serials(added.length),
        placement: 'insert',
        findings: [{ length: added.length, ...typed }],
        observation: { by: 'editor', selection: 'keyboard' },
      },
      [added],
    );
  }

  #save(writer: JournalWriter, tracker: number, path: string, text: string): void {
    const bytes = encodeFile(text, utf8);
    writeFileSync(this.path(path), bytes);
    const digests = { textDigest: plainTextDigest(text), fileDigest: fileDigest(bytes) };
    writer.append({ kind: 'saved', document: 1, tracker, format: utf8, ...digests });
  }

  /** An agent writes a sentence behind the editor; its record arrives later and resolves what was found. */
  async #agent(writer: JournalWriter, file: string): Promise<void> {
    appendFileSync(file, 'By an agent.\n');
    const seen = await writer.outside('ch1.md', { by: 'watcher' }, disk);
    const about = { agent: 'claude-code', conversation: 'talk', model: 'anthropic/claude-opus-5' };
    writer.append({ kind: 'prompt', id: prompt, ...about, asked: Date.UTC(2026, 0, 2), by: 'record' }, ['End it.']);
    const origin = { kind: 'ai.agent', basis: 'proven', rule: 'agent.texts', prompt } as const;
    writer.append({ kind: 'resolution', ranges: seen?.changed?.fresh ?? [], origin, edits: ['claude-code:talk:e1'] });
    await writer.flush();
  }

  /** The agent has answered its prompt in words too. */
  async answered(text: string): Promise<void> {
    const writer = await this.#writer();
    const about = { agent: 'claude-code', conversation: 'talk', answered: Date.UTC(2026, 0, 2, 1), prompt };
    writer.append({ kind: 'answer', id: `${prompt}:answer`, ...about }, [text]);
    await writer.close();
  }

  /** Another program writes a file anew, and is seen. */
  async written(name: string, text: string): Promise<void> {
    writeFileSync(this.path(name), text);
    const writer = await this.#writer();
    await writer.outside(name, { by: 'watcher' }, disk);
    await writer.flush();
    await writer.close();
  }

  read(name: string): Uint8Array {
    return readFileSync(this.path(name));
  }
}
