import * as vscode from 'vscode';
import type { Line, Problem, RecordingState } from '../../../src/ui/line.ts';

/** A line with nothing behind it, which counts who listens. */
export class CountingLine implements Line {
  state: RecordingState = { kind: 'notRecorded', why: 'consent' };
  listeners = 0;
  readonly dataFolder = { path: '/', lasts: true };
  readonly onDidChangeSpans = this.#counted<vscode.Uri>();
  readonly onDidChangeState = this.#counted<void>();
  readonly onDidMeetProblem = this.#counted<Problem>();
  readonly onDidChangePrompts = this.#counted<void>();

  readonly stateOf = () => this.state;
  readonly spansIn = () => undefined;
  readonly figuresOf = async () => undefined;
  readonly passageAt = async () => undefined;
  readonly promptOf = async () => undefined;
  readonly start = () => Promise.resolve();
  readonly takeUp = () => Promise.resolve();
  readonly sizeOf = async () => undefined;
  readonly pause = () => Promise.resolve();
  readonly resume = () => Promise.resolve();
  readonly own = {
    declare: () => Promise.resolve(),
    ask: () => ({ id: '', answered: () => undefined }),
    insert: () => Promise.resolve(false),
    write: () => Promise.resolve(false),
  };
  readonly trace = () => ({ count: 0, dispose: () => undefined });
  readonly flush = () => Promise.resolve();
  readonly keys = {
    fingerprint: async () => '',
    rotate: async () => '',
    copy: async () => '',
    restore: async () => '',
  };
  readonly runCli = async () => ({ code: 2, stdout: '', stderr: '' });

  #counted<T>(): vscode.Event<T> {
    return () => {
      this.listeners++;
      let held = true;
      return new vscode.Disposable(() => {
        if (held) this.listeners--;
        held = false;
      });
    };
  }
}
