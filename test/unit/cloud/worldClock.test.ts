import assert from 'node:assert/strict';
import { WorldClock } from '../../cloud/worldClock.ts';

describe("The world's clock", () => {
  it('stands still when frozen, and wakes sleepers when it is moved past their moment', async () => {
    const clock = new WorldClock();
    clock.freeze();
    const start = clock.now();
    const woken: number[] = [];
    const sleepers = [5000, 10_000].map((ms) => clock.sleep(ms).then(() => woken.push(ms)));
    clock.advance(5000);
    await sleepers[0];
    assert.deepEqual([clock.now() - start, woken], [5000, [5000]]);
    clock.advance(5000);
    await sleepers[1];
    assert.deepEqual(woken, [5000, 10_000]);
  });

  it('flows with real time from where it was set', async () => {
    const clock = new WorldClock();
    clock.set(Date.parse('2030-01-01T00:00:00Z'));
    await clock.sleep(15);
    const passed = clock.now() - Date.parse('2030-01-01T00:00:00Z');
    assert.ok(passed >= 14 && passed < 5000, `${passed} ms`);
  });

  it('lets a flowing sleeper go early when it is moved on', async () => {
    const clock = new WorldClock();
    const asleep = clock.sleep(3_600_000);
    clock.advance(3_600_000);
    await asleep;
  });
});
