/** What an exhibit is, as the person says. */
export type ExhibitKind = 'draft' | 'plan' | 'letter' | 'version' | 'agreement' | 'terms' | 'other';

/** Events by which people put something beside their texts. They change none. */
export type ExhibitBody =
  /**
   * A file that the person attaches to the record; texts: [what it shows, its name]. `fileDigest` and `size` are those of
   * its bytes, which lie in the table `exhibit`. It is `EX-NN`, the rank of this event among its kind in the journal, from 1.
   */
  | {
      readonly kind: 'exhibit';
      readonly what: ExhibitKind;
      readonly fileDigest: string;
      readonly size: number;
      /** Its own date, as the person states it: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
      readonly dated?: string;
      /** Full id of the git commit that it was taken from, under its name. */
      readonly commit?: string;
      readonly by: 'person' | 'command';
    }
  /** It is no exhibit any more; its number is not given again. `purged`: its bytes were deleted too. */
  | {
      readonly kind: 'exhibitRemoved';
      /** Sequence of its event. */
      readonly exhibit: number;
      readonly purged?: true;
      readonly by: 'person' | 'command';
    }
  /** The person marks how far the work has come; texts: [what they say of it]. */
  | {
      readonly kind: 'milestone';
      /** Full id of the git commit that stood there then. */
      readonly commit?: string;
      readonly by: 'person' | 'command';
    };
