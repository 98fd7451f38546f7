import { EventEmitter as NodeEmitter } from 'node:events';
import { join } from 'node:path';
import * as threads from 'node:worker_threads';
import { agentNames } from '../../src/agents/names.ts';
import { newKey, signerOf } from '../../src/journal/keys.ts';
import { bundled, loadProduct, type Product } from './bundle.ts';
import { Clock } from './double/clock.ts';
import { Uri } from './double/places.ts';
import { VscodeDouble } from './double/vscode.ts';

const signer = signerOf('fuzz', newKey().privateKey);

/** No program can be started from a window: there is no git, and a story is over before one would answer. */
const noPrograms = {
  spawn(command: string) {
    const child = Object.assign(new NodeEmitter(), {
      stdout: new NodeEmitter(),
      stderr: new NodeEmitter(),
      kill: () => true,
    });
    const error = Object.assign(new Error(`spawn ${command} ENOENT`), { code: 'ENOENT' });
    process.nextTick(() => {
      child.emit('error', error);
      child.emit('close', -2);
    });
    return child;
  },
};

/** The product at work in one window: all of it but its surface, on a double of the editor and a time of its own. */
export class ProductWindow {
  readonly editor: VscodeDouble;
  readonly clock = new Clock();
  /** What went wrong, as the product itself or the editor would only log it. */
  readonly failures: string[] = [];
  readonly problems: string[] = [];
  readonly product: Product;
  readonly #window: InstanceType<Product['Window']>;
  readonly #workers = new Set<threads.Worker>();
  #lost = false;

  constructor(home: string, folder: string) {
    const failed = (error: unknown) => void this.failures.push(reason(error));
    this.editor = new VscodeDouble(folder, failed);
    const workers = this.#workers;
    class Worker extends threads.Worker {
      constructor(script: string | URL, options: threads.WorkerOptions) {
        super(script, options);
        workers.add(this);
        this.on('exit', () => workers.delete(this));
      }
    }
    const env = { HOLOGRAPH_HOME: home, HOME: home, CLAUDE_CONFIG_DIR: join(home, 'none') };
    const modules = {
      vscode: this.editor.module,
      worker_threads: { ...threads, Worker },
      child_process: noPrograms,
    };
    this.product = loadProduct({ modules, env, clock: this.clock });
    const quiet = () => undefined;
    const error = (text: string, why?: unknown) => failed(`${text} ${why === undefined ? '' : reason(why)}`);
    const log = { info: quiet, debug: quiet, trace: quiet, warn: quiet, error };
    const options = {
      log,
      // No tool is followed: each story would start a thread for it.
      settings: {
        exclude: () => [],
        agentsOff: () => agentNames,
        keepsSecrets: () => false,
        onDidChange: () => ({ dispose: quiet }),
      },
      editorData: [],
      dist: Uri.file(bundled),
      software: 'fuzz',
      key: { signer: async () => signer, onDidChange: () => ({ dispose: quiet }) },
    };
    this.#window = new this.product.Window(options as never);
    this.#window.onDidMeetProblem(problem => this.problems.push(JSON.stringify(problem)));
  }

  get window(): InstanceType<Product['Window']> {
    return this.#window;
  }

  takeUp(): Promise<void> {
    return this.#window.takeUp();
  }

  /** All that was seen is understood and committed. */
  async flush(): Promise<void> {
    await this.#window.flush();
    for (const failure of this.product.failures.splice(0)) this.failures.push(reason(failure));
  }

  /** The spans of a text are known here: nothing of it waits. */
  async settled(uri: string): Promise<void> {
    const tracker = this.product.live.get(uri)?.tracker;
    tracker?.settle();
    if (!tracker?.provenance) await this.flush();
  }

  pause(): Promise<void> {
    return this.#window.pause(this.editor.folder);
  }

  resume(): Promise<void> {
    return this.#window.resume(this.editor.folder);
  }

  async close(): Promise<void> {
    await this.#window.close();
    this.#window.dispose();
    this.clock.stop();
  }

  /** The worker thread dies; the window lives on. Once: one that dies again and again is given up. */
  async loseWorker(): Promise<void> {
    if (this.#lost) return;
    this.#lost = true;
    for (const worker of [...this.#workers]) await worker.terminate();
  }

  /** The whole process is gone, in the middle of whatever it did. */
  async kill(): Promise<void> {
    this.clock.stop();
    for (const worker of [...this.#workers]) {
      worker.removeAllListeners();
      await worker.terminate();
    }
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
