import assert from 'node:assert/strict';

/** Resolves when the condition holds; fails after twenty seconds (or so many), saying what it waited for. */
export async function until(what: string, condition: () => boolean | Promise<boolean>, seconds = 20): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `waited ${seconds} seconds in vain for ${what}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
