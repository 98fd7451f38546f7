import type { ExhibitBody } from './exhibitEvent.ts';
import type { ExportBody } from './exportEvent.ts';
import type { LabelBody } from './labelEvent.ts';
import type { ReviewBody } from './reviewEvent.ts';
import type { RightsBody } from './rightsEvent.ts';

/** Events by which people put something beside their texts, or say something of them. No state follows from them. */
export type BesideBody = ExhibitBody | ReviewBody | RightsBody | LabelBody | ExportBody;
