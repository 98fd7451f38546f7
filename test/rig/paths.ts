import { join } from 'node:path';

/** Absolute folders of the checkout; none of them ends in a separator. */
export const root = join(import.meta.dirname, '..', '..');
/** What takes long to prepare and never changes for a version; git ignores it. */
export const cache = join(root, '.cache');
/** What a run leaves for people: reports, packages, pictures. */
export const out = join(root, 'out');
export const pictures = join(out, 'pictures');
export const companion = join(import.meta.dirname, 'companion');
