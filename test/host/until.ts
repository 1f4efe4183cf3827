import assert from 'node:assert/strict';

const patienceMs = 15_000;

/**
 * Looks again with each turn of the event loop, until there is something; gives that.
 * @param instead what there is when it was waited for in vain
 */
export async function until<T>(look: () => T | Promise<T>, instead: () => string = () => String(look)): Promise<Exclude<T, false | undefined>> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) {
      return found as Exclude<T, false | undefined>;
    }
    assert.ok(Date.now() < end, `Waited in vain: ${instead()}`);
    await new Promise((resolve) => { setImmediate(resolve); });
  }
}
