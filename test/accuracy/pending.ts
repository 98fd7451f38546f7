/** Scenarios (`group: name`) that the product does not pass yet, skipped by name in every run. Empty when it is done. */
export const pending: readonly string[] = [];
