import { readdirSync } from 'node:fs';

/** Names in a folder of a tool's; none where the tool has never run. What else is wrong shows when its files are read. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error) return [];
    throw error;
  }
}
