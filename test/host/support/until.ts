import assert from 'node:assert/strict';

/**
 * Resolves when the condition holds; fails after twenty seconds (or so many), saying what it waited for: a function says it
 * as things stand then.
 */
export async function until(
  what: string | (() => string),
  condition: () => boolean | Promise<boolean>,
  seconds = 20,
): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await condition())) {
    if (Date.now() >= end)
      assert.fail(`waited ${seconds} seconds in vain for ${typeof what === 'string' ? what : what()}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
