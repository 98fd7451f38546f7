import type { Report } from '../report.ts';

/** What forms are made from: the report alone, and what a package states beside it where they stand in one. */
export interface FormSource {
  readonly report: Report;
  /** `holograph/<version>` that makes the forms. */
  readonly software: string;
  readonly sealed?: {
    readonly exportId: string;
    /** Digests of the files' bytes, hex. */
    readonly files: readonly { readonly path: string; readonly fileDigest: string }[];
  };
}
