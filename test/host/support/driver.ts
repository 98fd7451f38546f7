import type {
  Box,
  ClickOptions,
  DriverCalls,
  Point,
  TestResult,
  WaitOptions,
  WindowOptions,
} from '../../rig/driverCalls.ts';

const url = process.env.HOLOGRAPH_DRIVER;

/** Whether real keys, mouse, clipboard and pictures are there: not in desktop VS Code. */
export const driven = url !== undefined;

/** The proposed-API gate this window runs with: see test/rig/gate.ts. */
export const gate: 'stock' | 'open' = process.env.HOLOGRAPH_GATE === 'stock' ? 'stock' : 'open';

/** The real keyboard: what is typed goes to whatever has the focus in the window. */
export const keyboard = {
  type: (text: string, options?: { readonly delay?: number }) => call('keyboard.type', text, options),
  press: (key: string, times?: number) => call('keyboard.press', key, times),
  insert: (text: string) => call('keyboard.insert', text),
  compose: (shown: readonly string[], text: string) => call('keyboard.compose', shown, text),
};

export const mouse = {
  click: (selector: string, options?: ClickOptions) => call('mouse.click', selector, options),
  drag: (from: Point, to: Point) => call('mouse.drag', from, to),
};

export const clipboard = {
  writeExternal: (text: string, html?: string) => call('clipboard.writeExternal', text, html),
  read: () => call('clipboard.read'),
};

export const palette = {
  run: (title: string) => call('palette.run', title),
};

/** The windows of this suite; see `DriverCalls`. */
export const windows = {
  open: (options?: WindowOptions) => call('windows.open', options),
  use: (number: number) => call('windows.use', number),
  reload: () => call('windows.reload'),
  close: () => call('windows.close'),
};

/** What stands in the window, by CSS selector. */
export const page = {
  waitFor: (selector: string, options?: WaitOptions) => call('page.waitFor', selector, options),
  text: (selector: string) => call('page.text', selector),
  count: (selector: string) => call('page.count', selector),
  value: (selector: string) => call('page.value', selector),
  idle: () => call('page.idle'),
  box: (selector: string): Promise<Box | undefined> => call('page.box', selector),
  screenshot: (name: string, selector?: string) => call('page.screenshot', name, selector),
};

export function report(result: TestResult): Promise<void> {
  return call('report', result);
}

async function call<Name extends keyof DriverCalls>(
  name: Name,
  ...args: Parameters<DriverCalls[Name]>
): Promise<Awaited<ReturnType<DriverCalls[Name]>>> {
  if (url === undefined) throw new Error(`${name}: this window has no driver`);
  // JSON has no undefined, and null is no missing argument.
  const given = args.slice(0, args.findLastIndex(arg => arg !== undefined) + 1);
  const response = await fetch(url, { method: 'POST', body: JSON.stringify({ name, args: given }) });
  const answer = (await response.json()) as { value: Awaited<ReturnType<DriverCalls[Name]>>; error?: string };
  if (!response.ok) throw new Error(answer.error ?? `${name}: status ${response.status}`);
  return answer.value;
}
