/** What `holograph spans FILE --json` prints, as far as the rig reads it. */
export interface SpansFile {
  readonly current: boolean;
  readonly length: number;
  readonly spans: readonly {
    readonly from: number;
    readonly to: number;
    readonly kind: string;
    readonly prompt?: string;
  }[];
  readonly tally: {
    readonly kinds: Readonly<Record<string, number>>;
    readonly hands: Readonly<Record<string, number>>;
  };
}
