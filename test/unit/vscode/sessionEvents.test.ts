import assert from 'node:assert/strict';
import { SessionEvents } from '../../../src/vscode/signIn/sessionEvents.ts';
import { ManualClock, settled } from './manualClock.ts';

function setUp(): { readonly clock: ManualClock; readonly events: SessionEvents; readonly world: { accounts: string; changes: number } } {
  const clock = new ManualClock();
  const world = { accounts: 'dana', changes: 0 };
  const events = new SessionEvents({ clock, snapshot: async () => world.accounts, changed: () => { world.changes++; } });
  events.remember(world.accounts);
  return { clock, events, world };
}

describe('events of sessions', () => {
  it('of others are told once, however many come within 2 s of each other', async () => {
    const { clock, events, world } = setUp();
    for (let count = 0; count < 5; count++) {
      void events.received();
      await clock.advance(1500);
    }
    assert.equal(world.changes, 0);
    await clock.advance(600);
    assert.equal(world.changes, 1);
  });

  it('that an own token request causes restart nothing', async () => {
    const { clock, events, world } = setUp();
    await events.own(async () => {
      void events.received();
      await settled();
    });
    await clock.advance(10_000);
    assert.equal(world.changes, 0);
  });

  it('within 5 s after an own request are echoes, later ones are not', async () => {
    const { clock, events, world } = setUp();
    await events.own(async () => undefined);
    await clock.advance(4900);
    void events.received();
    await clock.advance(3000);
    assert.equal(world.changes, 0);
    void events.received();
    await clock.advance(3000);
    assert.equal(world.changes, 1);
  });

  it('that look like an echo are told all the same when the accounts are others', async () => {
    const { clock, events, world } = setUp();
    await events.own(async () => undefined);
    world.accounts = 'dana\nsam';
    void events.received();
    await clock.advance(3000);
    assert.equal(world.changes, 1);
  });

  it('of other accounts are told to all, also when one of them asked for the accounts meanwhile', async () => {
    const { clock, events, world } = setUp();
    await events.own(async () => undefined);
    world.accounts = 'sam';
    void events.received();
    await clock.advance(500);
    events.remember(world.accounts);
    await clock.advance(3000);
    assert.equal(world.changes, 1);
  });

  it('of an own sign-in that was told already are not told again', async () => {
    const { clock, events, world } = setUp();
    await events.own(async () => {
      void events.received();
      world.accounts = 'dana\nsam';
      await settled();
    });
    events.told();
    events.remember(world.accounts);
    await clock.advance(3000);
    assert.equal(world.changes, 0);
  });
});
