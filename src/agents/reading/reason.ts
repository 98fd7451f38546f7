/**
 * Why something could not be read, in a word or two. Never the system's own sentence: that quotes paths of this
 * machine and pieces of the text, and what is said here goes into the record and with it to strangers.
 */
export function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error) return String(error.code);
  if (error instanceof SyntaxError) return 'no JSON';
  return error instanceof Error ? error.name : typeof error;
}
