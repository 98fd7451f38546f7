/** What may be asked of one window's page; all values are plain JSON. */
export interface PageCalls {
  /** Types by key events, one character at a time; characters of any layout. `delay` in ms between keys. */
  'keyboard.type'(text: string, options?: { readonly delay?: number }): Promise<void>;
  /** A key or a chord as Playwright names them: `Enter`, `Control+Shift+K`. */
  'keyboard.press'(key: string, times?: number): Promise<void>;
  /** Text without key events, as an input method or dictation gives it. */
  'keyboard.insert'(text: string): Promise<void>;
  /** An input method's composition: what it shows one after the other, then the text that it puts in its place. */
  'keyboard.compose'(shown: readonly string[], text: string): Promise<void>;
  'mouse.click'(selector: string, options?: ClickOptions): Promise<void>;
  /** Drags from one place to another, both in pixels of the page. */
  'mouse.drag'(from: Point, to: Point): Promise<void>;
  /** Puts text on the system clipboard as another program would: VS Code does not see it happen. */
  'clipboard.writeExternal'(text: string, html?: string): Promise<void>;
  'clipboard.read'(): Promise<string>;
  /** Runs a command by its palette title through the real palette. */
  'palette.run'(title: string): Promise<void>;
  'page.waitFor'(selector: string, options?: WaitOptions): Promise<void>;
  'page.text'(selector: string): Promise<readonly string[]>;
  'page.count'(selector: string): Promise<number>;
  /** What stands in an input. */
  'page.value'(selector: string): Promise<string>;
  /** Resolves when the window has done what it does when it is idle. */
  'page.idle'(): Promise<void>;
  'page.box'(selector: string): Promise<Box | undefined>;
  /** A picture of the window, or of one element, as `out/pictures/<name>.png`. */
  'page.screenshot'(name: string, selector?: string): Promise<void>;
  /** One test's result, as it ends. */
  report(result: TestResult): Promise<void>;
}

/** What a suite in the extension host may ask of the driver outside. */
export interface DriverCalls extends PageCalls {
  /**
   * Opens another window on the same server and puts it in use; gives its number. `folder`: absolute path, the work
   * folder if absent. `apart`: in a browser profile of its own, so that it knows nothing of what others left unsaved.
   */
  'windows.open'(options?: WindowOptions): Promise<number>;
  /** All other calls go to this window from now on; 0 is the suite's own. */
  'windows.use'(number: number): Promise<void>;
  /** Reloads the window in use, as a person would after a crash. */
  'windows.reload'(): Promise<void>;
  /** Closes the window in use; the suite's own is in use then. */
  'windows.close'(): Promise<void>;
}

export interface WindowOptions {
  readonly folder?: string;
  readonly apart?: boolean;
}

export interface DriverCall {
  readonly name: keyof DriverCalls;
  readonly args: readonly unknown[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface ClickOptions {
  readonly button?: 'left' | 'right' | 'middle';
  readonly count?: number;
  readonly position?: Point;
}

export interface WaitOptions {
  readonly state?: 'visible' | 'hidden' | 'attached' | 'detached';
  /** Milliseconds; 15,000 if not given. */
  readonly timeout?: number;
}

export interface TestResult {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  /** Milliseconds. */
  readonly duration: number;
  readonly error?: string;
}
