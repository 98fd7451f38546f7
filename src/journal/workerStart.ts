/** What a worker is started with. */
export interface WorkerStart {
  readonly home: string;
  readonly folder: string;
  readonly software: string;
  readonly editor: string;
  readonly platform: string;
  readonly channels: readonly string[];
  readonly unreachable: readonly string[];
  /** Version of the rules that find origins. */
  readonly rules?: number;
  /** The person's yes, given now, for a folder that has none yet. */
  readonly consent?: 'person' | 'command';
  /** The work that a new journal is of; a new one, if absent. */
  readonly work?: string;
  /** Goes on with a session whose worker ended. */
  readonly resumes?: { readonly journal: string; readonly session: number };
  /** A journal that was found damaged while it was written: it is set aside, though it may still open. */
  readonly damaged?: string;
  /** A session of this process whose worker is gone for good. */
  readonly broken?: number;
}
