import { openJournal } from '../../src/journal/reader.ts';
import { Replay } from '../../src/journal/replay.ts';
import type { Act, Do } from './act.ts';
import { allowance } from './allowance.ts';
import { births, born, type Cell, type Cells, entangle, loosen } from './cell.ts';
import { checkFiles, checkReplay, checkWindow, Mismatch, Serials } from './check.ts';
import type { EditorText } from './editorText.ts';
import type { EditorWindow } from './editorWindow.ts';
import { unite } from './place.ts';
import { acts, type Phase, type Plan } from './plan.ts';
import { World } from './world.ts';

export interface Played {
  readonly events: number;
  readonly saves: number;
  readonly characters: number;
}

export interface PlayOptions {
  /** Compares after every act, to find the first that goes wrong. */
  readonly closely?: boolean;
  /** The product's own verification of the journal at the end. */
  readonly verify?: (file: string) => void;
}

/** Plays the plan through the product. Throws Mismatch, with the act it was found after. */
export async function play(plan: Plan, options: PlayOptions = {}): Promise<Played> {
  const world = new World();
  const stage = new Stage(world, options);
  try {
    return await stage.play(plan);
  } finally {
    for (const window of world.windows) await window.product.kill();
    world.clear();
  }
}

class Stage {
  readonly #world: World;
  readonly #options: PlayOptions;
  readonly #serials = new Serials();
  #left: { readonly key: string; readonly path: string | undefined; readonly cells?: Cells }[] = [];
  #at = 'at the start';

  constructor(world: World, options: PlayOptions) {
    this.#world = world;
    this.#options = options;
  }

  async play(plan: Plan): Promise<Played> {
    const world = this.#world;
    for (let story = 0; story < plan.stories; story++) this.#files(story, plan.seed);
    try {
      await world.open();
      for (const [k, phase] of plan.phases.entries()) {
        for (const [i, act] of phase.acts.entries()) {
          this.#at = `after act ${k}:${i} (${said(act)})`;
          await this.#act(act);
          if (this.#options.closely) await this.#check();
        }
        await this.#check(true);
        this.#at = `after phase ${k} ends (${phase.turn} ${phase.n})`;
        await this.#turn(phase);
        if (this.#options.closely || k === plan.phases.length - 1) await this.#check(true);
      }
      this.#at = 'at the end';
      return await this.#end();
    } catch (error) {
      if (process.env.FUZZ_DUMP) {
        await world.flush().catch(() => undefined);
        const reader = openJournal(world.file);
        for (const event of reader.events()) console.log(JSON.stringify(event));
        reader.close();
      }
      const what = error instanceof Mismatch ? error.message : error instanceof Error ? error.stack : String(error);
      throw new Mismatch(`${this.#at}: ${what}`, { cause: error });
    }
  }

  #files(story: number, seed: number): void {
    const { disk, pool } = this.#world;
    for (const [name, n] of [
      ['a0', seed],
      ['b0', seed + 3],
    ] as const) {
      const words = (n + story) % 7 === 0 ? '' : pool.words(((n + story) % 20) + 1, n + story);
      disk.write(`${story}/${name}.md`, {
        cells: born(words, 'initial'),
        eol: (n + story) % 3 === 0 ? '\r\n' : '\n',
        mixed: (n + story) % 5 === 0,
        bom: (n + story) % 11 === 0,
      });
    }
  }

  async #act(act: Act): Promise<void> {
    const world = this.#world;
    const window = world.windows[act.window % world.windows.length]!;
    const untitled = [...window.texts.values()].flatMap(({ key, path }) => (path === undefined ? [key] : []));
    const keys = [...world.disk.files.keys(), ...untitled].filter(key => key.startsWith(`${act.story}/`));
    const key = keys[act.file % keys.length];
    if (key === undefined) return;
    let text = window.texts.get(key);
    if (!text) {
      // What one window has just saved is committed before another one opens it.
      if (world.windows.length > 1) await world.flush();
      text = window.open(key);
    }
    const run: Do = acts[act.name as keyof typeof acts];
    await run({ world, window, text, a: act.a, b: act.b, c: act.c });
  }

  async #check(replay = false): Promise<void> {
    const world = this.#world;
    await world.flush();
    for (const window of world.windows) checkWindow(world, window, this.#serials);
    if (replay) checkReplay(world, this.#replayed().replay, this.#serials);
  }

  #replayed(): { replay: Replay; saves: number } {
    const reader = openJournal(this.#world.file);
    try {
      const replay = new Replay({ checks: true });
      let saves = 0;
      for (const event of reader.events()) {
        replay.apply(event);
        if (event.kind === 'saved') saves++;
        if (event.kind === 'gap' && event.reason === 'shadow') throw new Mismatch(`gap: ${JSON.stringify(event)}`);
      }
      return { replay, saves };
    } finally {
      reader.close();
    }
  }

  async #turn({ turn, n }: Phase): Promise<void> {
    const world = this.#world;
    const [first] = world.windows as [EditorWindow];
    switch (turn) {
      case 'none':
        return;
      case 'second':
        if (world.windows.length > 1) await this.#leave(world.windows[1]!, n, 'close');
        else if (!world.paused) await world.open();
        return;
      case 'pause':
        if (world.windows.length > 1) return;
        await (world.paused ? this.#resume(first) : this.#pause(first));
        return;
      case 'close':
      case 'kill':
      case 'killNow':
        if (world.paused) await this.#resume(first);
        for (const window of [...world.windows]) await this.#leave(window, n, turn);
        if (this.#since > 0) for (const { cells } of world.disk.files.values()) allowance.unwatched(cells);
        await this.#comeBack(await world.open());
    }
  }

  /** Ends a window; what of its texts comes back is chosen by `n`. */
  async #leave(window: EditorWindow, n: number, how: 'close' | 'kill' | 'killNow'): Promise<void> {
    const world = this.#world;
    // A window that ends in good order hands over by itself what it has seen.
    if (how === 'kill' || (how === 'close' && world.windows.length > 1)) await window.product.flush();
    for (const [i, text] of [...window.texts.values()].entries()) {
      // The journal keeps what one tracker of a text left unsaved, not what two did.
      if (how === 'killNow' || world.windows.length > 1) this.#unsure(text);
      const { key, path, cells } = text;
      if (path === undefined) world.untitled.push(cells);
      if ((n + i) % 3 === 0) continue;
      const kept = text.dirty && (n + i) % 4 !== 3;
      if (kept && (path === undefined || this.#left.every(left => left.path !== path)))
        this.#left.push({ key, path, cells });
      else if (!text.dirty && path !== undefined) this.#left.push({ key, path });
    }
    await (how === 'close' ? world.close(window) : world.kill(window));
  }

  /** What was not committed is lost, and what comes back is aligned with what was. */
  #unsure(text: EditorText): void {
    const committed = this.#world.committed.get(text);
    if (committed === text.cells && !(text.dirty && this.#world.windows.length > 1)) return;
    const file = this.#world.disk.files.get(text.path!)?.cells ?? [];
    const others = this.#world.windows.flatMap(window => window.texts.get(text.path!)?.cells ?? []);
    unite([...(committed ?? []), ...file, ...others, ...text.cells]);
    entangle([...file, ...text.cells]);
    for (const cells of [text.cells, file]) loosen(cells, 'unknown', 'external.disk');
  }

  async #comeBack(window: EditorWindow): Promise<void> {
    const left = this.#left.splice(0);
    for (const { key, path, cells } of left) {
      if (path === undefined) {
        allowance.broughtBack(cells!, this.#world.untitled);
        this.#world.reopened.add(window.untitled(key.slice(0, key.indexOf('/')), cells));
        continue;
      }
      if (!this.#world.disk.files.has(path) || window.texts.has(path)) continue;
      this.#world.reopened.add(window.open(path, cells));
    }
    await window.product.flush();
  }

  #since = 0;

  async #pause(window: EditorWindow): Promise<void> {
    await window.product.flush();
    await window.product.pause();
    this.#world.paused = true;
    this.#since = births();
  }

  /** What came to be meanwhile nobody saw, and what was there is found again by what it says. */
  async #resume(window: EditorWindow): Promise<void> {
    const world = this.#world;
    const cells: Cell[] = [
      ...(world.clipboard?.cells ?? []),
      ...[...world.past.values()].flat().flatMap(({ cells }) => cells),
    ];
    for (const { cells: held } of world.disk.files.values()) cells.push(...held);
    for (const text of window.texts.values()) {
      world.reopened.add(text);
      cells.push(...text.cells, ...text.texts().flat());
    }
    for (const cell of new Set(cells)) {
      if (cell.born < this.#since) loosen([cell], 'unknown', 'external.disk');
      else Object.assign(cell, { kinds: ['unknown', 'external.disk'], firm: false });
    }
    unite(cells);
    entangle(cells);
    world.paused = false;
    await window.product.resume();
    await window.product.flush();
  }

  async #end(): Promise<Played> {
    const world = this.#world;
    if (world.paused) await this.#resume(world.windows[0]!);
    await this.#check();
    for (const window of [...world.windows]) await world.close(window);
    // A session more: what stands in the files now is what the journal says.
    const last = await world.open();
    await last.product.flush();
    await world.close(last);
    const { replay, saves } = this.#replayed();
    checkFiles(world, replay, this.#serials);
    this.#options.verify?.(world.file);
    const characters = [...world.disk.files.values()].reduce((n, { cells }) => n + cells.length, 0);
    return { events: replay.size, saves, characters };
  }
}

export function said({ name, story, window, file, a, b, c }: Act): string {
  return `${name} story ${story} window ${window} file ${file} ${a} ${b} ${c}`;
}
