/** What went wrong in words for the person at the terminal, and what to do about it. */
export class Failure extends Error {
  readonly advice: string;

  constructor(message: string, advice: string) {
    super(message);
    this.name = 'Failure';
    this.advice = advice;
  }
}

const quiet = 1_000;

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/** Runs `work` and says so once it takes longer than a second, with the time when it is done. */
export async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const begin = performance.now();
  let said = false;
  const timer = setTimeout(() => {
    said = true;
    say(`  ${what} …`);
  }, quiet);
  try {
    const result = await work();
    if (said) say(`  ${what}: done in ${seconds(begin)}`);
    return result;
  } finally {
    clearTimeout(timer);
  }
}

/** An error as a person needs it: a `Failure` in two lines, anything else with its stack. */
export function describe(error: unknown): string {
  if (error instanceof Failure) return `${error.message}\n→ ${error.advice}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Runs a script's body to its exit code, with open processes and temporary folders cleaned up by then. */
export async function main(body: () => Promise<number>, cleanUp: () => Promise<void>): Promise<never> {
  let code = 1;
  try {
    code = await body();
  } catch (error) {
    process.stderr.write(`\n✗ ${describe(error)}\n`);
  }
  await cleanUp();
  process.exit(code);
}
