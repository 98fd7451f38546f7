/** What was taken out of one event by one redaction. */
export interface RedactedEvent {
  readonly sequence: number;
  /** Words (parts) of its texts. */
  readonly parts: number;
  /** Digests of whole texts, by which the words could be guessed. */
  readonly digests: number;
}

export type Outcome = 'accepted' | 'rejected' | 'undone';
export type SkipReason = 'large' | 'binary' | 'encoding' | 'excluded' | 'secret' | 'unreadable' | 'scheme';
export type GapReason =
  | 'crash'
  | 'notRunning'
  | 'paused'
  | 'shadow'
  | 'unreadable'
  | 'channel'
  | 'disk'
  | 'clock'
  | 'agentRecord'
  /** The machine slept, or the recorder stood still. */
  | 'sleep'
  /** The journal was taken from a backup: what was recorded after that is not in it. */
  | 'restored';
