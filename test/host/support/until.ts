import assert from 'node:assert/strict';

/** Resolves when the condition holds; fails after ten seconds, saying what it waited for. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `waited ten seconds in vain for ${what}`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
