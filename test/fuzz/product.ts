import { Recorder } from '../../src/capture/recorder.ts';
import type { Tracker } from '../../src/capture/tracker.ts';
import { Trackers } from '../../src/capture/trackers.ts';

export { Window } from '../../src/window.ts';

/** A text that is recorded in this window. */
export interface Live {
  readonly tracker: Tracker;
  readonly recorder: Recorder;
}

/** What the window's trackers are, by the address of their text: only looked at. */
export const live = new Map<string, Live>();

const add = Trackers.prototype.add;
Trackers.prototype.add = function (uri, tracker, recorder) {
  live.set(uri.toString(), { tracker, recorder });
  add.call(this, uri, tracker, recorder);
};

/** What went wrong inside, which the product would only log. */
export const failures: unknown[] = [];

const failed = Recorder.prototype.failed;
Recorder.prototype.failed = function (error, tracker) {
  failures.push(error);
  failed.call(this, error, tracker);
};
